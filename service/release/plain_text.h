// Small questions about the text of pages. REQUIRES everywhere: valid UTF-8.
#ifndef TERCET_SERVICE_RELEASE_PLAIN_TEXT_H_
#define TERCET_SERVICE_RELEASE_PLAIN_TEXT_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tercet {

// Han, kana and the punctuation of Chinese: characters that no spaces part.
bool IsWide(char32_t c);

// Space of any sort, as pages have it: also no-break and ideographic ones.
bool IsBlank(char32_t c);

// One line: every run of white space is one space, or nothing where a line
// broke between two wide characters; none at either end. Characters that are
// not seen (zero-width spaces, soft hyphens) are dropped.
std::string OneLine(std::string_view text);

// Without white space around it.
std::string_view Trim(std::string_view text);

// ASCII and Latin letters in lower case (`Á` -> `á`), the rest as it is.
std::string ToLower(std::string_view text);

// Whether it ends as a sentence does, closing quotes and brackets aside.
bool EndsSentence(std::string_view text);

// The lines, without CR.
std::vector<std::string_view> SplitLines(std::string_view text);

}  // namespace tercet

#endif  // TERCET_SERVICE_RELEASE_PLAIN_TEXT_H_
