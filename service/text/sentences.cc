#include "service/text/sentences.h"

#include <algorithm>
#include <string>

#include "service/base/utf8.h"
#include "service/text/abbreviations.h"
#include "service/text/icu.h"

namespace tercet {
namespace {

using unicode::CharClass;

bool IsAnyOf(char32_t c, std::u32string_view set) {
  return set.find(c) != std::u32string_view::npos;
}

bool IsSpace(char32_t c) { return unicode::Classify(c) == CharClass::kSpace; }
bool IsDigit(char32_t c) { return unicode::Classify(c) == CharClass::kDigit; }
bool IsIdeograph(char32_t c) {
  return unicode::Classify(c) == CharClass::kIdeograph;
}
bool IsLetter(char32_t c) { return unicode::Classify(c) == CharClass::kLetter; }
bool IsUpper(char32_t c) {
  return IsLetter(c) && unicode::FoldCharacter(c) != c;
}
// Scripts without case begin right after Latin, Greek and Cyrillic.
bool IsLower(char32_t c) {
  return c < 0x530 && IsLetter(c) && unicode::FoldCharacter(c) == c;
}

bool IsStop(char32_t c) { return c == '.' || c == 0xFF0E; }
bool IsEllipsis(char32_t c) { return c == U'…' || c == U'⋯'; }
bool IsCry(char32_t c) { return IsAnyOf(c, U"?!‽⁇⁈⁉"); }
bool IsWideCry(char32_t c) { return IsAnyOf(c, U"？！"); }
bool IsWideStop(char32_t c) { return IsAnyOf(c, U"。｡"); }
bool IsTerminal(char32_t c) {
  return IsStop(c) || IsEllipsis(c) || IsCry(c) || IsWideCry(c) ||
         IsWideStop(c);
}
bool IsClosingQuote(char32_t c) { return IsAnyOf(c, U"”’»›」』〞"); }
bool IsClosingBracket(char32_t c) { return IsAnyOf(c, U")]}）】］｝〕〗"); }
bool IsClosingTitle(char32_t c) { return IsAnyOf(c, U"》〉"); }
bool IsStraightQuote(char32_t c) { return c == '"' || c == '\''; }
// What may stand before the first letter of a sentence.
bool IsOpening(char32_t c) {
  return IsStraightQuote(c) ||
         IsAnyOf(c, U"“‘«‹「『〝([{（【［｛〔〖《〈¿¡—–-•·*");
}

// What ended at a terminal mark, and what came with it.
struct Ending {
  size_t begin = 0;  // Index of the first terminal mark.
  size_t end = 0;    // Behind the last mark and the closing marks after it.
  bool has_wide = false;
  bool has_cry = false;
  bool is_ellipsis = false;
  bool closes_quote = false;
  bool closes_bracket = false;
  bool closes_title = false;
};

// The text as code points, with their places in bytes.
class Splitter {
 public:
  Splitter(std::string_view text, std::string_view language)
      : text_(text), language_(language) {
    size_t position = 0;
    while (position < text.size()) {
      offsets_.push_back(position);
      points_.push_back(DecodeUtf8(text, &position));
    }
    offsets_.push_back(text.size());
  }

  std::vector<SentenceSpan> Split() {
    size_t i = 0;
    while (i < points_.size()) {
      if (IsBlankLine(i)) {
        EndSentence(i);
        ++i;
        continue;
      }
      NoteQuote(i);
      if (!IsTerminal(points_[i])) {
        ++i;
        continue;
      }
      const Ending ending = ReadEnding(i);
      i = ending.end;
      if (Ends(ending)) EndSentence(i);
    }
    EndSentence(points_.size());
    return std::move(sentences_);
  }

 private:
  // U+0000 outside of the text: it is no letter, digit or mark.
  char32_t At(size_t i) const { return i < points_.size() ? points_[i] : 0; }
  char32_t Before(size_t i) const { return i > start_ ? points_[i - 1] : 0; }

  // A line break that is followed by an empty line.
  bool IsBlankLine(size_t i) const {
    if (points_[i] != '\n') return points_[i] == 0x2029;
    size_t next = i + 1;
    while (IsAnyOf(At(next), U" \t\r")) ++next;
    return At(next) == '\n';
  }

  void NoteQuote(size_t i) {
    if (points_[i] == '"') straight_quote_open_ = !straight_quote_open_;
  }

  // A straight quotation mark closes where one is open or no word follows.
  bool ClosesHere(size_t i) const {
    const char32_t c = points_[i];
    if (c == '"' && straight_quote_open_) return true;
    const char32_t next = At(i + 1);
    return next == 0 || IsSpace(next) || IsAnyOf(next, U",;:)]—");
  }

  Ending ReadEnding(size_t i) {
    Ending ending{.begin = i};
    size_t stops = 0;
    for (;; ++i) {
      const char32_t c = At(i);
      if (IsTerminal(c)) {
        // ”。: what was closed is a part of the sentence that ends here.
        if (ending.closes_quote || ending.closes_bracket ||
            ending.closes_title) {
          ending = {.begin = i};
          stops = 0;
        }
        stops += IsStop(c) ? 1 : 0;
        ending.is_ellipsis |= IsEllipsis(c) || stops >= 3;
        ending.has_wide |= IsWideStop(c) || IsWideCry(c);
        ending.has_cry |= IsCry(c) || IsWideCry(c);
      } else if (IsClosingQuote(c) || (IsStraightQuote(c) && ClosesHere(i))) {
        ending.closes_quote = true;
        NoteQuote(i);
      } else if (IsClosingBracket(c)) {
        ending.closes_bracket = true;
      } else if (IsClosingTitle(c)) {
        ending.closes_title = true;
      } else {
        break;
      }
    }
    ending.end = i;
    return ending;
  }

  bool Ends(const Ending& ending) const {
    const char32_t next = At(ending.end);
    if (next == 0) return true;
    if (ending.closes_title || IsInsideTitle(ending)) return false;
    if (ending.has_wide) return EndsAtWideMark(ending);
    if (IsSpace(next)) return EndsBeforeSpace(ending);
    // Nothing parts the mark from the next sentence: only in Chinese, and
    // only where the mark does not stand inside a Latin word or a number.
    if (ending.is_ellipsis) return false;
    return IsIdeograph(Before(ending.begin)) &&
           (IsIdeograph(next) || IsAnyOf(next, U"“「『《"));
  }

  // 《你好！李焕英》 is one title.
  bool IsInsideTitle(const Ending& ending) const {
    constexpr size_t kMaxTitleLength = 40;
    for (size_t i = ending.begin;
         i > start_ && ending.begin - i < kMaxTitleLength; --i) {
      if (points_[i - 1] == U'》') return false;
      if (points_[i - 1] != U'《') continue;
      for (size_t j = ending.end; j < ending.end + kMaxTitleLength; ++j) {
        if (At(j) == U'》') return true;
        if (At(j) == U'《' || At(j) == '\n') return false;
      }
    }
    return false;
  }

  bool EndsAtWideMark(const Ending& ending) const {
    const char32_t next = At(ending.end);
    if (IsAnyOf(next, U"，、；：,;:—")) return false;
    // （真的！） in a sentence ends nothing, （我走了。） does.
    if (ending.closes_bracket && ending.has_cry) return IsSpace(next);
    if (ending.closes_quote && SpeechFollowsInChinese(ending.end)) return false;
    // “好！”的喊声, 你说“好。”吗？
    if (ending.closes_quote && IsAnyOf(next, U"的吗嗎呢吧嘛")) return false;
    return true;
  }

  // ”他说。 and the like go with what was said.
  bool SpeechFollowsInChinese(size_t i) const {
    constexpr size_t kMaxSpeakerLength = 12;
    const size_t limit = std::min(points_.size(), i + kMaxSpeakerLength);
    std::u32string clause;
    for (; i < limit && IsIdeograph(points_[i]); ++i) {
      clause.push_back(points_[i]);
    }
    return !clause.empty() && IsAnyOf(clause.back(), U"说道问喊叫答說問") &&
           !std::ranges::any_of(
               clause, [](char32_t c) { return IsAnyOf(c, U"没沒不"); });
  }

  // The first character of what follows the white space at `i`, and what comes
  // before it there.
  struct Next {
    size_t index = 0;
    bool has_opening = false;
  };
  Next SkipToNext(size_t i) const {
    while (i < points_.size() && IsSpace(points_[i])) ++i;
    Next next{.index = i};
    while (next.index < points_.size() && IsOpening(points_[next.index])) {
      ++next.index;
      next.has_opening = true;
    }
    while (next.index < points_.size() && IsSpace(points_[next.index])) {
      ++next.index;
    }
    return next;
  }

  bool EndsBeforeSpace(const Ending& ending) const {
    const Next next = SkipToNext(ending.end);
    const char32_t first = At(next.index);
    if (first == 0) return true;
    if (IsLower(first)) return At(next.index + 1) == ')';  // b) Save it.
    if (!IsLetter(first) && !IsDigit(first) && !IsIdeograph(first) &&
        !next.has_opening) {
      // ". ," and ". )" go on; symbols and emoji may begin a sentence.
      return unicode::Classify(first) == CharClass::kSymbol ||
             !IsAnyOf(first, U",;:)]}»”’%/&=+");
    }
    if (ending.closes_quote && ending.has_cry && SpeechFollows(next.index)) {
      return false;
    }
    if (ending.is_ellipsis || ending.has_cry || ending.closes_quote ||
        ending.closes_bracket) {
      return !IsBrandCry(ending);
    }
    return EndsAtStop(ending, next);
  }

  // Yahoo! Inc.
  bool IsBrandCry(const Ending& ending) const {
    return ending.has_cry && ending.end == ending.begin + 1 &&
           WordBefore(ending.begin) == "Yahoo";
  }

  // "Stop!" Mr. Li said.
  bool SpeechFollows(size_t i) const {
    constexpr int kMaxSpeakerWords = 4;
    for (int words = 0; words < kMaxSpeakerWords; ++words) {
      const std::string word = WordAt(i);
      if (word.empty()) return false;
      if (IsSpeechVerb(word)) return true;
      i += CountCodePoints(word);
      if (At(i) == '.') ++i;
      while (At(i) == ' ') ++i;
    }
    return false;
  }

  // Whether a single full stop before white space and a capital, a digit or a
  // character without case ends the sentence.
  bool EndsAtStop(const Ending& ending, const Next& next) const {
    const size_t stop = ending.begin;
    const std::string word = WordBefore(stop);
    if (word.empty()) return true;
    if (IsNumbering(word, stop)) return false;
    if (IsDoubledAbbreviation(word, next.index)) return false;
    const bool digit_follows = IsDigit(At(next.index)) || At(next.index) == '#';
    switch (FindAbbreviation(word, language_)) {
      case Abbreviation::kNeverEnds:
        return false;
      case Abbreviation::kBeforeNumber:
        return !digit_follows && !IsRomanNumeral(WordAt(next.index));
      case Abbreviation::kBeforeLabel:
        return !digit_follows && !IsRomanNumeral(WordAt(next.index)) &&
               !IsInitial(WordAt(next.index));
      case Abbreviation::kBeforeZone:
        return !digit_follows && !IsInCapitals(WordAt(next.index));
      case Abbreviation::kBeforeName:
        return !digit_follows && StarterFollows(next);
      case Abbreviation::kMayEnd:
        return true;
      case Abbreviation::kNone:
        break;
    }
    // It rose by 4.2. Analysts …, but 21.11. 2008
    if (IsDecimal(word)) return !digit_follows;
    if (IsInitial(word) || IsDotted(word) || IsDoubled(word)) {
      return !digit_follows && StarterFollows(next);
    }
    return true;
  }

  // 1. IV. a. at the start of a sentence: the item's number, not a sentence.
  bool IsNumbering(const std::string& word, size_t stop) const {
    if (stop - CountCodePoints(word) > SentenceBegin()) return false;
    if (word.size() <= 2 && std::ranges::all_of(word, IsAsciiAlnum)) {
      return word != "No" && word != "Sí" && word != "I";
    }
    const auto is_numeral = [](char c) {
      return (c >= '0' && c <= '9') || c == '.' ||
             std::string_view("IVXLC").find(c) != std::string_view::npos;
    };
    return word.size() <= 7 && std::ranges::all_of(word, is_numeral);
  }

  static bool IsAsciiAlnum(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z');
  }

  static bool IsInitial(const std::string& word) {
    size_t position = 0;
    return IsUpper(DecodeUtf8(word, &position)) && position == word.size();
  }

  static bool IsDecimal(const std::string& word) {
    return word.find('.') != std::string::npos &&
           word.find_first_not_of("0123456789.") == std::string::npos;
  }

  // U.S, Ph.D, but not example.org.
  static bool IsDotted(const std::string& word) {
    constexpr size_t kLongestPart = 2;
    if (word.find('.') == std::string::npos) return false;
    size_t length = 0;
    size_t longest = 0;
    for (const char c : word) {
      length = c == '.' ? 0 : length + 1;
      longest = std::max(longest, length);
    }
    return longest <= kLongestPart;
  }

  // XXI, of at least two letters: I and C are words and initials.
  static bool IsRomanNumeral(const std::string& word) {
    return word.size() > 1 &&
           word.find_first_not_of("IVXLC") == std::string::npos;
  }

  static bool IsInCapitals(const std::string& word) {
    size_t position = 0;
    while (position < word.size()) {
      if (!IsUpper(DecodeUtf8(word, &position))) return false;
    }
    return true;
  }

  // EE, UU, FF: plurals of Spanish abbreviations.
  static bool IsDoubled(const std::string& word) {
    return word.size() == 2 && word[0] == word[1] && word[0] >= 'A' &&
           word[0] <= 'Z';
  }

  // EE. before UU., a. before C. or m., S. before A.
  bool IsDoubledAbbreviation(const std::string& word, size_t next) const {
    const std::string following = WordAt(next);
    if (At(next + CountCodePoints(following)) != '.') return false;
    if (IsDoubled(word)) return IsDoubled(following);
    return (word == "a" || word == "d") && following == "C";
  }

  bool StarterFollows(const Next& next) const {
    const std::string word = WordAt(next.index);
    if (At(next.index + CountCodePoints(word)) == '.') return false;
    return next.has_opening || IsIdeograph(At(next.index)) ||
           IsSentenceStarter(word, language_);
  }

  // The letters, digits and inner stops that end before index `end`.
  std::string WordBefore(size_t end) const {
    constexpr size_t kMaxLength = 24;
    size_t begin = end;
    while (begin > start_ && end - begin < kMaxLength) {
      const char32_t c = points_[begin - 1];
      const bool inner_stop = c == '.' && begin < end && begin - 1 > start_ &&
                              IsWordPart(begin - 2);
      if (!inner_stop && !IsWordPart(begin - 1)) break;
      --begin;
    }
    return Substring(begin, end);
  }

  std::string WordAt(size_t begin) const {
    size_t end = begin;
    while (end < points_.size() && IsWordPart(end)) ++end;
    return Substring(begin, end);
  }

  bool IsWordPart(size_t i) const {
    const CharClass c = unicode::Classify(points_[i]);
    return c == CharClass::kLetter || c == CharClass::kDigit ||
           c == CharClass::kExtend || points_[i] == U'º' || points_[i] == U'ª';
  }

  std::string Substring(size_t begin, size_t end) const {
    return std::string(
        text_.substr(offsets_[begin], offsets_[end] - offsets_[begin]));
  }

  // The index of the first visible character of the current sentence.
  size_t SentenceBegin() const {
    size_t i = start_;
    while (i < points_.size() && (IsSpace(points_[i]) || IsOpening(points_[i])))
      ++i;
    return i;
  }

  // Everything from start_ to `end` is a sentence, unless it is white space.
  void EndSentence(size_t end) {
    size_t begin = start_;
    start_ = end;
    straight_quote_open_ = false;
    while (begin < end && IsSpace(points_[begin])) ++begin;
    while (end > begin && IsSpace(points_[end - 1])) --end;
    if (begin < end) sentences_.push_back({offsets_[begin], offsets_[end]});
  }

  std::string_view text_;
  std::string_view language_;
  std::vector<char32_t> points_;
  std::vector<size_t> offsets_;  // Of each code point, and the text's end.
  size_t start_ = 0;             // Index where the current sentence begins.
  bool straight_quote_open_ = false;
  std::vector<SentenceSpan> sentences_;
};

}  // namespace

std::vector<SentenceSpan> SplitSentences(std::string_view text,
                                         std::string_view language) {
  return Splitter(text, language).Split();
}

}  // namespace tercet
