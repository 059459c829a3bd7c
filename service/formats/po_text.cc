#include "service/formats/po_text.h"

#include <algorithm>

#include "service/base/utf8.h"

namespace tercet {
namespace {

std::string_view Trim(std::string_view text) {
  constexpr std::string_view kSpaces = " \t\r\n";
  const size_t begin = text.find_first_not_of(kSpaces);
  if (begin == std::string_view::npos) return "";
  return text.substr(begin, text.find_last_not_of(kSpaces) - begin + 1);
}

int DigitOf(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return 16;
}

// The character of `\101` or `\x41`; moves `at` behind it. The number is a code
// point, as there is no other encoding any more.
char32_t ReadNumber(std::string_view text, size_t& at, int base,
                    size_t max_digits) {
  char32_t number = 0;
  for (size_t i = 0; i < max_digits && at < text.size(); ++i, ++at) {
    const int digit = DigitOf(text[at]);
    if (digit >= base) break;
    number =
        number * static_cast<char32_t>(base) + static_cast<char32_t>(digit);
  }
  return number;
}

// Appends what the escape at `at`, behind its backslash, stands for.
void AppendEscaped(std::string& out, std::string_view text, size_t& at) {
  constexpr std::string_view kLetters = "ntrabfv";
  constexpr std::string_view kCharacters = "\n\t\r\a\b\f\v";
  const char c = text[at];
  if (const size_t letter = kLetters.find(c);
      letter != std::string_view::npos) {
    out += kCharacters[letter];
    ++at;
  } else if (c == 'x' && at + 1 < text.size() && DigitOf(text[at + 1]) < 16) {
    ++at;
    AppendUtf8(out, ReadNumber(text, at, 16, 2));
  } else if (c >= '0' && c < '8') {
    AppendUtf8(out, ReadNumber(text, at, 8, 3) & 0xFFU);
  } else {
    // `\"`, `\\`, and what means nothing.
    if (c != '"' && c != '\\') out += '\\';
    out += c;
    ++at;
  }
}

void AppendQuoted(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    switch (c) {
      case '\n':
        out += "\\n";
        break;
      case '\t':
        out += "\\t";
        break;
      case '\r':
        out += "\\r";
        break;
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      default:
        out += c;
        break;
    }
  }
  out += '"';
}

// Behind the quote that opens the next string, as in `"a" "b"`, where one ends
// at `at`; `at` where none does.
size_t NextString(std::string_view text, size_t at) {
  if (text[at] != '"') return at;
  const size_t quote = text.find_first_not_of(" \t", at + 1);
  const bool is_next = quote != std::string_view::npos && text[quote] == '"';
  return is_next ? quote + 1 : at;
}

}  // namespace

std::optional<std::string> ReadPoString(std::string_view quoted) {
  std::string_view text = Trim(quoted);
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') {
    return std::nullopt;
  }
  text = text.substr(1, text.size() - 2);
  std::string out;
  for (size_t at = 0; at < text.size();) {
    if (text[at] == '\\' && at + 1 < text.size()) {
      AppendEscaped(out, text, ++at);
    } else if (const size_t next = NextString(text, at); next > at) {
      at = next;
    } else {
      out += text[at++];
    }
  }
  return out;
}

std::string PoStatement(std::string_view keyword, std::string_view text,
                        std::string_view end) {
  std::string out(keyword);
  out += ' ';
  const size_t first_break = text.find('\n');
  if (first_break == std::string_view::npos || first_break + 1 == text.size()) {
    AppendQuoted(out, text);
    out += end;
    return out;
  }
  out += "\"\"";
  out += end;
  while (!text.empty()) {
    const size_t line = std::min(text.find('\n'), text.size() - 1) + 1;
    AppendQuoted(out, text.substr(0, line));
    out += end;
    text.remove_prefix(line);
  }
  return out;
}

}  // namespace tercet
