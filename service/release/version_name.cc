#include "service/release/version_name.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <vector>

namespace tercet {
namespace {

struct Code {
  std::string_view word;
  std::string_view tag;
};

constexpr std::array<Code, 44> kCodes = {{
    {"en", "en"},           {"eng", "en"},        {"english", "en"},
    {"en-us", "en-US"},     {"en-gb", "en-GB"},   {"en-au", "en-AU"},
    {"en-ca", "en-CA"},     {"enu", "en-US"},     {"ingles", "en"},
    {"zh", "zh"},           {"zho", "zh"},        {"chi", "zh"},
    {"cn", "zh-CN"},        {"zh-cn", "zh-CN"},   {"zh-sg", "zh-SG"},
    {"zh-tw", "zh-TW"},     {"zh-hk", "zh-HK"},   {"zh-hans", "zh-Hans"},
    {"zh-hant", "zh-Hant"}, {"zhs", "zh-Hans"},   {"zht", "zh-Hant"},
    {"chs", "zh-Hans"},     {"cht", "zh-Hant"},   {"chinese", "zh"},
    {"chino", "zh"},        {"zhongwen", "zh"},   {"gb", "zh-Hans"},
    {"big5", "zh-Hant"},    {"tw", "zh-TW"},      {"hk", "zh-HK"},
    {"es", "es"},           {"spa", "es"},        {"esp", "es"},
    {"spanish", "es"},      {"espanol", "es"},    {"es-es", "es-ES"},
    {"es-mx", "es-MX"},     {"es-419", "es-419"}, {"es-ar", "es-AR"},
    {"es-co", "es-CO"},     {"es-pe", "es-PE"},   {"es-us", "es-US"},
    {"es-cl", "es-CL"},     {"español", "es"},
}};

// The tag that a word stands for; empty for other words.
std::string_view TagOf(std::string_view word) {
  std::string lower;
  for (const char c : word) {
    lower.push_back(c == '_' ? '-'
                             : static_cast<char>(std::tolower(
                                   static_cast<unsigned char>(c))));
  }
  for (const Code& code : kCodes) {
    if (code.word == lower) return code.tag;
  }
  return {};
}

bool IsJoint(char c) { return c == '.' || c == '-' || c == '_'; }

std::vector<std::string> PartsOf(std::string_view path) {
  std::vector<std::string> parts;
  while (!path.empty()) {
    const size_t end = path.find('/');
    const std::string_view part = path.substr(0, end);
    if (!part.empty() && part != ".") parts.emplace_back(part);
    path.remove_prefix(end == std::string_view::npos ? path.size() : end + 1);
  }
  return parts;
}

// Without the ending: `trade.zh.html` -> `trade.zh`. `trade.zh` has none.
std::string WithoutEnding(const std::string& name) {
  const size_t dot = name.rfind('.');
  if (dot == std::string::npos || dot == 0) return name;
  const std::string_view ending = std::string_view(name).substr(dot + 1);
  const bool like_one = ending.size() <= 8 && TagOf(ending).empty();
  return like_one ? name.substr(0, dot) : name;
}

// Takes a language off the end of `stem`, the longest first: `x-zh-CN`.
std::string_view TakeLast(std::string& stem) {
  for (size_t at = 1; at < stem.size(); ++at) {
    if (!IsJoint(stem[at])) continue;
    const std::string_view tag = TagOf(std::string_view(stem).substr(at + 1));
    if (tag.empty()) continue;
    stem.resize(at);
    return tag;
  }
  return {};
}

std::string_view TakeFirst(std::string& stem) {
  for (size_t at = stem.size(); at-- > 1;) {
    if (!IsJoint(stem[at]) || at + 1 == stem.size()) continue;
    const std::string_view tag = TagOf(std::string_view(stem).substr(0, at));
    if (tag.empty()) continue;
    stem.erase(0, at + 1);
    return tag;
  }
  return {};
}

std::string_view TakeFolder(std::vector<std::string>& parts) {
  for (size_t i = parts.size() - 1; i-- > 0;) {
    const std::string_view tag = TagOf(parts[i]);
    if (tag.empty()) continue;
    parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(i));
    return tag;
  }
  return {};
}

std::string Join(const std::vector<std::string>& parts) {
  std::string path;
  for (const std::string& part : parts) {
    if (!path.empty()) path.push_back('/');
    path += part;
  }
  return path;
}

}  // namespace

VersionName ReadVersionName(std::string_view path) {
  std::vector<std::string> parts = PartsOf(path);
  if (parts.empty()) return {};
  std::string stem = WithoutEnding(parts.back());
  std::string_view tag = TakeLast(stem);
  if (tag.empty() && !TagOf(stem).empty()) {
    tag = TagOf(stem);
    stem.clear();
  }
  if (tag.empty()) tag = TakeFolder(parts);
  if (tag.empty()) tag = TakeFirst(stem);
  parts.back() = stem;
  if (stem.empty()) parts.pop_back();
  return {.document = Join(parts), .language = std::string(tag)};
}

}  // namespace tercet
