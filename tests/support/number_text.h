// Text that is mostly numbers, dates, times and addresses, in many spellings.
#ifndef TERCET_TESTS_SUPPORT_NUMBER_TEXT_H_
#define TERCET_TESTS_SUPPORT_NUMBER_TEXT_H_

#include <string>
#include <string_view>

#include "tests/support/random_text.h"

namespace tercet {

// One to four of them with words between. `language` is "en", "zh" or "es".
std::string MakeNumberText(RandomText& random, std::string_view language);

// `phrase` as somebody may look for it: in capitals, full width, Traditional
// characters, another form of its last word; at times as it is.
std::string RespellPhrase(RandomText& random, std::string phrase);

}  // namespace tercet

#endif  // TERCET_TESTS_SUPPORT_NUMBER_TEXT_H_
