#include "service/release/plain_text.h"

#include <string>

#include "service/base/utf8.h"

namespace tercet {
namespace {

bool IsUnseen(char32_t c) {
  return c == 0x00AD || c == 0x200B || c == 0x200C || c == 0x200D ||
         c == 0x2060 || c == 0xFEFF;
}

}  // namespace

bool IsWide(char32_t c) {
  return (c >= 0x2E80 && c <= 0x2FDF) || (c >= 0x3001 && c <= 0x9FFF) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFF01 && c <= 0xFF60) ||
         (c >= 0x20000 && c <= 0x3FFFF) || c == 0x201C || c == 0x201D ||
         c == 0x2018 || c == 0x2019 || c == 0x2014 || c == 0x2026;
}

bool IsBlank(char32_t c) {
  return c == ' ' || (c >= 0x09 && c <= 0x0D) || c == 0x85 || c == 0xA0 ||
         c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
         c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

std::string OneLine(std::string_view text) {
  std::string line;
  line.reserve(text.size());
  char32_t last = 0;
  bool space = false;
  bool broken = false;
  for (size_t at = 0; at < text.size();) {
    const char32_t c = DecodeUtf8(text, &at);
    if (IsUnseen(c)) continue;
    if (IsBlank(c)) {
      space = true;
      broken = broken || c == '\n';
      continue;
    }
    const bool joined = broken && IsWide(last) && IsWide(c);
    if (space && last != 0 && !joined) line.push_back(' ');
    AppendUtf8(line, c);
    last = c;
    space = false;
    broken = false;
  }
  return line;
}

std::string_view Trim(std::string_view text) {
  size_t begin = text.size();
  size_t end = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t start = at;
    if (IsBlank(DecodeUtf8(text, &at))) continue;
    begin = std::min(begin, start);
    end = at;
  }
  return begin < end ? text.substr(begin, end - begin) : std::string_view();
}

std::string ToLower(std::string_view text) {
  std::string lower;
  lower.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    char32_t c = DecodeUtf8(text, &at);
    if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7)) {
      c += 0x20;
    }
    AppendUtf8(lower, c);
  }
  return lower;
}

bool EndsSentence(std::string_view text) {
  static constexpr std::u32string_view kClosers = U"\"')]}”’»」』）】》";
  static constexpr std::u32string_view kEnds = U".!?…。！？；;:：";
  char32_t last = 0;
  for (size_t at = 0; at < text.size();) {
    const char32_t c = DecodeUtf8(text, &at);
    if (IsBlank(c) || kClosers.find(c) != std::u32string_view::npos) continue;
    last = c;
  }
  return last != 0 && kEnds.find(last) != std::u32string_view::npos;
}

std::vector<std::string_view> SplitLines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

}  // namespace tercet
