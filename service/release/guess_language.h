// Which of English, Chinese and Spanish a text is in.
#ifndef TERCET_SERVICE_RELEASE_GUESS_LANGUAGE_H_
#define TERCET_SERVICE_RELEASE_GUESS_LANGUAGE_H_

#include <string_view>

namespace tercet {

// `en`, `zh` or `es`; empty where the text is too short or in none of them.
// Looks at the first 16 KiB. REQUIRES: text is valid UTF-8.
std::string_view GuessLanguage(std::string_view text);

}  // namespace tercet

#endif  // TERCET_SERVICE_RELEASE_GUESS_LANGUAGE_H_
