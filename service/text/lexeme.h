// Words and characters that take part in numbers, dates and times, in English,
// Spanish and Chinese.
#ifndef TERCET_SERVICE_TEXT_LEXEME_H_
#define TERCET_SERVICE_TEXT_LEXEME_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "service/text/exact_number.h"
#include "service/text/tokenize.h"

namespace tercet {

// What part a token can take.
enum class Role : uint8_t {
  kNone,
  kDigits,   // A number in digits.
  kMixed,    // A word that begins with a digit or a fraction: 21st, 3pm, 2½.
  kAddress,  // A URL, an e-mail address, a path.
  // Words.
  kUnit,          // two ... nine; also one. By value.
  kTeen,          // ten ... nineteen, diez ... veintinueve. By value.
  kTens,          // twenty ... ninety. By value.
  kHundreds,      // cien, ciento, doscientos. By value.
  kHundred,       // hundred.
  kScale,         // thousand, mil, million. The value is the power of ten.
  kArticle,       // a.
  kAnd,           // and, y.
  kHalf,          // half, medio.
  kDenominator,   // third, tercio. By value.
  kDenominators,  // thirds, tercios. By value.
  kPart,          // parte, partes.
  kOf,            // of, de.
  kDel,           // del.
  kLa,            // la.
  kPercent,       // percent.
  kPer,           // per, por.
  kCent,          // cent.
  kMonth,         // By value.
  kMonthShort,    // Nov, nov. By value.
  kIn,            // in, since, last: what stands before a month.
  kAmPm,          // am, pm; the value is 0 or 12.
  kDayPart,       // mañana, tarde, noche; the value is 0 or 12.
  kHalfLetter,    // a and m, p and m of p. m.
  kOrdinalSign,   // º, ª.
  kPeriodWord,    // day, year: what a number is joined to by a hyphen.
  // Characters.
  kHanDigit,    // By value, 0 to 9.
  kHanTens,     // 廿 卅. By value.
  kHanUnit,     // 十 百 千. The value is the power of ten.
  kHanBig,      // 万 亿. The value is the power of ten.
  kHanMeasure,  // 个 名 ...: what a lone numeral counts.
  kHanBarrier,  // 几 数 周: what makes the numeral behind it none.
  kHanDay,      // 上 下 晚 早 凌 中: may begin 上午 and the like.
  kHanDayEnd,   // 午 晨: may end them.
  kDi,          // 第
  kYear,        // 年
  kMonthSign,   // 月
  kDay,         // 日
  kDayCount,    // 号
  kHanPart,     // 分
  kHanOf,       // 之
  kPoint,       // 点
  kHour,        // 时
  kHanHalf,     // 半
  kSharp,       // 整 钟
  kHanMinus,    // 负
  // Marks.
  kHyphen,
  kSlash,
  kColon,
  kStop,
  kComma,
  kPercentSign,
  kPermilleSign,
  kAt,
  kHash,
};

// Whether a token of this role can be a part of a number, date or time; others
// are only looked at where they stand beside one.
bool MayBeInside(Role role);

// The words whose role may be inside (MayBeInside), in lower case, Han
// characters in Simplified. Nothing else is, but for what begins with a digit.
std::vector<std::string> WordsInside(std::string_view language);

struct Lexeme {
  Role role = Role::kNone;
  uint8_t value = 0;

  friend bool operator==(const Lexeme&, const Lexeme&) = default;
};

enum class LexemeLanguage : uint8_t { kOther, kEnglish, kSpanish, kChinese };

// The tokens of a text with the part that each can take. Views the text and
// the tokens, which must outlive it.
class LexedText {
 public:
  LexedText(std::string_view text, std::span<const TokenSpan> tokens,
            std::string_view language);

  size_t size() const { return tokens_.size(); }
  LexemeLanguage language() const { return language_; }
  DecimalMark decimal_mark() const { return decimal_mark_; }

  // Behind the last token: Role::kNone.
  Role role(size_t i) const { return At(i).role; }
  int value(size_t i) const { return At(i).value; }
  bool Is(size_t i, Role role) const { return At(i).role == role; }
  bool Is(size_t i, Role role, int value) const {
    return At(i).role == role && At(i).value == value;
  }

  // REQUIRES: i < size().
  const TokenSpan& token(size_t i) const { return tokens_[i]; }
  std::string_view written(size_t i) const {
    return text_.substr(tokens_[i].begin, tokens_[i].end - tokens_[i].begin);
  }
  // The text of `count` tokens from `i` on, with what is between them.
  std::string_view written(size_t i, size_t count) const;
  // Whether the token follows the one before without white space.
  bool touches(size_t i) const {
    return i > 0 && i < size() && !tokens_[i].space_before;
  }

 private:
  Lexeme At(size_t i) const {
    return i < lexemes_.size() ? lexemes_[i] : Lexeme();
  }

  std::string_view text_;
  std::span<const TokenSpan> tokens_;
  LexemeLanguage language_;
  DecimalMark decimal_mark_;
  std::vector<Lexeme> lexemes_;
};

}  // namespace tercet

#endif  // TERCET_SERVICE_TEXT_LEXEME_H_
