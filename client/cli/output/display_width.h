// How many columns of a terminal a text takes: East Asian wide characters take
// two, combining marks none.
#ifndef TERCET_CLIENT_CLI_OUTPUT_DISPLAY_WIDTH_H_
#define TERCET_CLIENT_CLI_OUTPUT_DISPLAY_WIDTH_H_

#include <string>
#include <string_view>

namespace tercet::cli {

// 0, 1 or 2.
int DisplayWidth(char32_t code_point);

// The sum over `text`. REQUIRES: text is valid UTF-8.
int DisplayWidth(std::string_view text);

// `text` fit for a terminal: a control character becomes its picture (newline
// is `␊`), so that stored text cannot move the cursor or change colours, and
// what is not UTF-8 becomes U+FFFD. One character stays one character.
std::string Printable(std::string_view text);

}  // namespace tercet::cli

#endif  // TERCET_CLIENT_CLI_OUTPUT_DISPLAY_WIDTH_H_
