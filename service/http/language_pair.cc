#include "service/http/language_pair.h"

#include <algorithm>

namespace tercet::http {

StatusOr<LanguagePair> ParseLanguagePair(std::string_view text) {
  const size_t bar = text.find('|');
  if (bar == text.npos || bar == 0 || bar + 1 == text.size()) {
    return InvalidFields(
        {{"langpair",
          "must be two languages with a bar between, as in en|es"}});
  }
  return LanguagePair{.source = std::string(text.substr(0, bar)),
                      .target = std::string(text.substr(bar + 1))};
}

std::string BaseLanguage(std::string_view code) {
  std::string base(code.substr(0, code.find_first_of("-_")));
  std::ranges::transform(base, base.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return base;
}

}  // namespace tercet::http
