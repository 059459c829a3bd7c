#include "client/job/text_count.h"

#include <string>

#include "service/base/utf8.h"
#include "service/text/icu.h"

namespace tercet {
namespace {

using unicode::CharClass;

// What a character is to the word that it may be in.
enum class Part : uint8_t {
  kWord,       // Makes what it is in a word.
  kWordAlone,  // A word by itself.
  kJoiner,     // Does not end a word and makes none: marks, quotes, hyphens.
  kSeparator,  // Ends a word.
};

// Dashes that are longer than a hyphen or the dash of a range stand between
// words, as in `peace—or war`; so do the marks of Chinese, whose writers put no
// space behind them.
bool IsSeparatingMark(char32_t c) {
  return c == 0x2014 || c == 0x2015 || c == 0x2E3A || c == 0x2E3B ||
         (c >= 0x3000 && c <= 0x303F) || (c >= 0xFF00 && c <= 0xFF65);
}

Part PartOf(char32_t c) {
  switch (unicode::Classify(c)) {
    case CharClass::kLetter:
    case CharClass::kDigit:
      return Part::kWord;
    case CharClass::kIdeograph:
      return Part::kWordAlone;
    case CharClass::kSpace:
      return Part::kSeparator;
    default:
      return IsSeparatingMark(c) ? Part::kSeparator : Part::kJoiner;
  }
}

}  // namespace

TextCount& TextCount::operator+=(const TextCount& other) {
  segments += other.segments;
  words += other.words;
  characters += other.characters;
  spaces += other.spaces;
  tags += other.tags;
  return *this;
}

TextCount CountSegment(const Segment& segment) {
  TextCount count = {.segments = 1,
                     .tags = static_cast<int64_t>(segment.codes.size())};
  const std::string text = unicode::ToNfc(segment.text);
  bool in_word = false;
  for (size_t at = 0; at < text.size();) {
    const char32_t c = DecodeUtf8(text, &at);
    const bool is_space = unicode::Classify(c) == CharClass::kSpace;
    ++(is_space ? count.spaces : count.characters);
    switch (PartOf(c)) {
      case Part::kWord:
        if (!in_word) ++count.words;
        in_word = true;
        break;
      case Part::kWordAlone:
        ++count.words;
        in_word = false;
        break;
      case Part::kSeparator:
        in_word = false;
        break;
      case Part::kJoiner:
        break;
    }
  }
  return count;
}

}  // namespace tercet
