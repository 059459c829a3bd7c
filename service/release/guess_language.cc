#include "service/release/guess_language.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

#include "service/base/utf8.h"
#include "service/release/plain_text.h"

namespace tercet {
namespace {

constexpr size_t kLookBytes = 16 * 1024;

// The words that are most frequent in one language and none in the other.
constexpr std::array<std::string_view, 24> kEnglish = {
    "the", "of",   "and",  "to",   "in",   "is",   "that", "for",
    "was", "with", "on",   "as",   "by",   "it",   "are",  "from",
    "at",  "be",   "this", "have", "will", "said", "has",  "an"};
constexpr std::array<std::string_view, 24> kSpanish = {
    "de",  "la",  "que", "el",   "en",  "y",   "los",  "del",
    "las", "por", "con", "para", "una", "su",  "al",   "es",
    "un",  "se",  "lo",  "como", "más", "fue", "este", "sus"};

bool IsLetter(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 0xDF && c <= 0xFF && c != 0xF7);
}

bool IsHan(char32_t c) {
  return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

struct Counts {
  size_t han = 0;
  size_t words = 0;
  size_t english = 0;
  size_t spanish = 0;

  void AddWord(std::string& word) {
    if (word.empty()) return;
    ++words;
    english += std::count(kEnglish.begin(), kEnglish.end(), word);
    spanish += std::count(kSpanish.begin(), kSpanish.end(), word);
    word.clear();
  }
};

}  // namespace

std::string_view GuessLanguage(std::string_view text) {
  const std::string lower = ToLower(TruncateUtf8(text, kLookBytes));
  Counts counts;
  std::string word;
  for (size_t at = 0; at < lower.size();) {
    const char32_t c = DecodeUtf8(lower, &at);
    counts.han += IsHan(c);
    if (IsLetter(c)) {
      AppendUtf8(word, c);
    } else {
      counts.AddWord(word);
    }
  }
  counts.AddWord(word);
  // Chinese pages may be full of foreign names; others hold no Han.
  if (counts.han >= 4 && counts.han * 2 > counts.words) return "zh";
  const auto [low, high] = std::minmax(counts.english, counts.spanish);
  if (high < 2 || high < 2 * low || high * 20 < counts.words) return "";
  return counts.english > counts.spanish ? "en" : "es";
}

}  // namespace tercet
