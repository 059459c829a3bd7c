// Letters without regard to locale.
#ifndef TERCET_CLIENT_CLI_ASCII_H_
#define TERCET_CLIENT_CLI_ASCII_H_

#include <algorithm>
#include <string>
#include <string_view>

namespace tercet::cli {

inline bool IsLetterAscii(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

inline std::string ToLowerAscii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

// `EXACT_IN_CONTEXT` -> `exact-in-context`.
inline std::string KebabCase(std::string_view enum_name) {
  std::string name = ToLowerAscii(enum_name);
  std::ranges::replace(name, '_', '-');
  return name;
}

}  // namespace tercet::cli

#endif  // TERCET_CLIENT_CLI_ASCII_H_
