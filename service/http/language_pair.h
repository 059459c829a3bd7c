// `en|zh-CN`, as several protocols write a pair of languages.
#ifndef TERCET_SERVICE_HTTP_LANGUAGE_PAIR_H_
#define TERCET_SERVICE_HTTP_LANGUAGE_PAIR_H_

#include <string>
#include <string_view>

#include "service/base/status.h"

namespace tercet::http {

struct LanguagePair {
  std::string source;
  std::string target;
};

// Fails with kInvalidArgument, reason FIELDS_INVALID, field `langpair`.
StatusOr<LanguagePair> ParseLanguagePair(std::string_view text);

// A code's language without region or script, in lower case: `en` of `en-GB`
// and of `EN_us`. Empty for an empty one.
std::string BaseLanguage(std::string_view code);

}  // namespace tercet::http

#endif  // TERCET_SERVICE_HTTP_LANGUAGE_PAIR_H_
