#include "service/http/language_pair.h"

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

}  // namespace tercet::http
