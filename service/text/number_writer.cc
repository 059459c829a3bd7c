#include "service/text/number_writer.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "service/text/exact_number.h"

namespace tercet {
namespace {

using std::string_view;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Digits with marks between them, and what stands around.
struct Digits {
  string_view before;
  string_view core;
  string_view after;
};

// The first stretch of digits in a text; the core is empty where none is.
Digits SplitDigits(string_view text) {
  const size_t begin = text.find_first_of("0123456789");
  if (begin == string_view::npos) return {.before = text};
  constexpr string_view kMarks[] = {".",      ",",      "'",     " ",
                                    "\u00A0", "\u202F", "\u2009"};
  size_t end = begin;
  while (end < text.size()) {
    if (IsDigit(text[end])) {
      ++end;
      continue;
    }
    const auto* const mark = std::ranges::find_if(kMarks, [&](string_view m) {
      return text.substr(end).starts_with(m) && end + m.size() < text.size() &&
             IsDigit(text[end + m.size()]);
    });
    if (mark == std::end(kMarks)) break;
    end += mark->size();
  }
  return {text.substr(0, begin), text.substr(begin, end - begin),
          text.substr(end)};
}

// A canonical decimal value in parts.
struct Decimal {
  std::string whole;
  std::string decimals;
};

Decimal SplitDecimal(string_view value) {
  const size_t point = value.find('.');
  if (point == string_view::npos) return {std::string(value), ""};
  return {std::string(value.substr(0, point)),
          std::string(value.substr(point + 1))};
}

// `value` with the point moved to the left.
Decimal Divided(string_view value, int exponent) {
  const Decimal parts = SplitDecimal(value);
  const ExactNumber number(parts.whole + parts.decimals, parts.decimals.size());
  return SplitDecimal(number.Shifted(-exponent).ToText());
}

// The marks of a number whose value is known: which one parts thousands, which
// one decimals; empty where it has none.
struct Marks {
  std::string thousands;
  std::string decimal;
};

Marks MarksOf(string_view core, const Decimal& value) {
  // The digits tell where the decimals begin.
  const size_t whole_digits = value.whole.size();
  Marks marks;
  size_t digits = 0;
  for (size_t i = 0; i < core.size();) {
    if (IsDigit(core[i])) {
      ++digits;
      ++i;
      continue;
    }
    size_t end = i;
    while (end < core.size() && !IsDigit(core[end])) ++end;
    const bool decimal = digits == whole_digits;
    (decimal ? marks.decimal : marks.thousands) = core.substr(i, end - i);
    i = end;
  }
  return marks;
}

// A magnitude as the model writes it.
struct Magnitude {
  string_view word;
  int exponent = 0;
};

constexpr Magnitude kEnglish[] = {
    {"thousand", 3}, {"million", 6}, {"billion", 9}, {"trillion", 12}};
constexpr Magnitude kSpanish[] = {{"mil", 3},      {"millón", 6},
                                  {"millones", 6}, {"mil millones", 9},
                                  {"billón", 12},  {"billones", 12}};
constexpr Magnitude kChinese[] = {{"万亿", 12}, {"亿", 8}, {"万", 4},
                                  {"萬億", 12}, {"億", 8}, {"萬", 4}};

std::span<const Magnitude> MagnitudesOf(string_view language) {
  if (language == "en") return kEnglish;
  if (language == "es") return kSpanish;
  if (language == "zh") return kChinese;
  return {};
}

// The end of a number: a gap, a magnitude word, and a percent sign or the like
// that stays as it is.
struct Ending {
  bool known = false;
  std::string gap;
  Magnitude magnitude;  // No word: none.
  string_view rest;
};

bool IsPercent(string_view text) {
  constexpr std::array<string_view, 7> kPercents = {
      "%", "％", "percent", "per cent", "por ciento", "por cien", "pct"};
  const size_t begin = text.find_first_not_of(' ');
  if (begin == string_view::npos) return false;
  text.remove_prefix(begin);
  if (text.starts_with("\u00A0")) text.remove_prefix(2);
  if (text.starts_with("\u202F")) text.remove_prefix(3);
  return std::ranges::find(kPercents, text) != kPercents.end();
}

Ending ReadEnding(string_view after, string_view language) {
  if (after.empty() || IsPercent(after)) return {.known = true, .rest = after};
  Ending ending;
  for (const string_view gap : {" ", "\u00A0", "\u202F", "-"}) {
    if (after.starts_with(gap)) {
      ending.gap = gap;
      after.remove_prefix(gap.size());
      break;
    }
  }
  for (const Magnitude& magnitude : MagnitudesOf(language)) {
    if (after == magnitude.word) {
      ending.known = true;
      ending.magnitude = magnitude;
    }
  }
  return ending;
}

// Whether one would write that many of a magnitude.
bool IsUsual(const Decimal& count, string_view language) {
  const size_t most = language == "es" ? 6 : language == "zh" ? 4 : 3;
  return count.whole != "0" && count.whole.size() <= most &&
         count.decimals.size() <= 4;
}

// The magnitude that `value` is written with beside those written with
// `model`: the same where that is usual, else the greatest that is.
std::optional<Magnitude> ChooseMagnitude(const Magnitude& model,
                                         string_view value,
                                         string_view language) {
  if (model.word.empty()) return model;
  if (IsUsual(Divided(value, model.exponent), language)) return model;
  const bool traditional = model.word.find("萬") != string_view::npos ||
                           model.word.find("億") != string_view::npos;
  std::optional<Magnitude> best;
  for (const Magnitude& magnitude : MagnitudesOf(language)) {
    const bool same_script =
        language != "zh" ||
        traditional == (magnitude.word.find("萬") != string_view::npos ||
                        magnitude.word.find("億") != string_view::npos);
    const bool usual = IsUsual(Divided(value, magnitude.exponent), language) &&
                       magnitude.exponent >= 4 && same_script;
    if (usual && (!best.has_value() || best->exponent < magnitude.exponent)) {
      best = magnitude;
    }
  }
  return best;
}

// millón for one, millones for others.
string_view SpanishWord(const Magnitude& magnitude, const Decimal& count) {
  const bool one = count.whole == "1" && count.decimals.empty();
  if (magnitude.exponent == 6) return one ? "millón" : "millones";
  if (magnitude.exponent == 12) return one ? "billón" : "billones";
  return magnitude.word;
}

std::string Grouped(const std::string& whole, string_view mark) {
  std::string grouped;
  for (size_t i = 0; i < whole.size(); ++i) {
    if (i > 0 && (whole.size() - i) % 3 == 0) grouped += mark;
    grouped.push_back(whole[i]);
  }
  return grouped;
}

// What parts the thousands of `whole`, empty for nothing; nullopt in doubt.
std::optional<std::string> ThousandsMark(const WritingModel& model,
                                         const Marks& marks,
                                         const Decimal& model_count,
                                         const std::string& whole,
                                         const NewValue& value) {
  if (whole.size() < 4) return "";
  if (!marks.thousands.empty()) return marks.thousands;
  if (model.language == "zh") return "";
  if (model_count.whole.size() >= 4) {
    // 2008 says nothing of how 12000 would be written.
    if (whole.size() > 4) return std::nullopt;
    return "";
  }
  const string_view core = SplitDigits(value.written).core;
  const bool has_marks =
      !MarksOf(core, SplitDecimal(value.value)).thousands.empty();
  if (whole.size() == 4 && !has_marks) return "";
  return DecimalMarkOf(model.language) == DecimalMark::kPoint ? "," : ".";
}

std::string DecimalMarkFor(const WritingModel& model, const Marks& marks,
                           string_view thousands) {
  if (!marks.decimal.empty()) return marks.decimal;
  if (marks.thousands == "." || thousands == ".") return ",";
  if (marks.thousands == "," || thousands == ",") return ".";
  return DecimalMarkOf(model.language) == DecimalMark::kPoint ? "." : ",";
}

// The zeros that `written` has behind the decimals of its value: 5.50.
size_t DecimalsWritten(const NewValue& value) {
  const Decimal parts = SplitDecimal(value.value);
  const Digits digits = SplitDigits(value.written);
  if (digits.core.empty()) return 0;
  const auto count =
      static_cast<size_t>(std::ranges::count_if(digits.core, IsDigit));
  // Else there is a magnitude word, and the digits are others.
  return count > parts.whole.size() ? count - parts.whole.size() : 0;
}

std::optional<std::string> WriteDigits(const WritingModel& model,
                                       const Digits& digits,
                                       const NewValue& value) {
  const Ending ending = ReadEnding(digits.after, model.language);
  if (!ending.known) return std::nullopt;
  const std::optional<Magnitude> magnitude =
      ChooseMagnitude(ending.magnitude, value.value, model.language);
  if (!magnitude.has_value()) return std::nullopt;
  const Decimal old_count = Divided(model.value, ending.magnitude.exponent);
  Decimal count = Divided(value.value, magnitude->exponent);
  const Marks marks = MarksOf(digits.core, old_count);
  if (digits.core.starts_with('0') && old_count.whole != "0") {
    return std::nullopt;  // 007
  }
  if (count.whole.size() > 15) return std::nullopt;
  if (magnitude->word.empty() &&
      SplitDecimal(value.value).decimals.size() < DecimalsWritten(value)) {
    count.decimals.resize(std::min<size_t>(DecimalsWritten(value), 6), '0');
  }
  const std::optional<std::string> thousands =
      ThousandsMark(model, marks, old_count, count.whole, value);
  if (!thousands.has_value()) return std::nullopt;
  std::string text = Grouped(count.whole, *thousands);
  if (!count.decimals.empty()) {
    text += DecimalMarkFor(model, marks, *thousands) + count.decimals;
  }
  text += ending.gap;
  text += model.language == "es" && !magnitude->word.empty()
              ? SpanishWord(*magnitude, count)
              : magnitude->word;
  text += ending.rest;
  return text;
}

// A whole number below ten thousand in Han numerals.
std::string InHan(int number, bool counts) {
  static constexpr std::array<string_view, 10> kDigits = {
      "零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
  static constexpr std::array<string_view, 4> kUnits = {"", "十", "百", "千"};
  if (number == 2 && counts) return "两";
  const std::string digits = std::to_string(number);
  std::string text;
  bool zero = false;
  for (size_t i = 0; i < digits.size(); ++i) {
    const auto digit = static_cast<size_t>(digits[i] - '0');
    const size_t unit = digits.size() - 1 - i;
    if (digit == 0) {
      zero = true;
      continue;
    }
    if (zero) text += "零";
    zero = false;
    const bool bare_ten = unit == 1 && digit == 1 && i == 0;
    if (!bare_ten) text += digit == 2 && unit == 3 ? "两" : kDigits[digit];
    text += kUnits[unit];
  }
  return text;
}

constexpr std::array<string_view, 20> kEnglishWords = {
    "",        "",        "two",       "three",    "four",
    "five",    "six",     "seven",     "eight",    "nine",
    "ten",     "eleven",  "twelve",    "thirteen", "fourteen",
    "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
constexpr std::array<string_view, 10> kEnglishTens = {
    "",      "",      "twenty",  "thirty", "forty",
    "fifty", "sixty", "seventy", "eighty", "ninety"};
constexpr std::array<string_view, 21> kSpanishWords = {
    "",          "",           "dos",     "tres",   "cuatro",    "cinco",
    "seis",      "siete",      "ocho",    "nueve",  "diez",      "once",
    "doce",      "trece",      "catorce", "quince", "dieciséis", "diecisiete",
    "dieciocho", "diecinueve", "veinte"};

// A small number in words; empty for those that change with what they count.
std::string InWords(int number, string_view language) {
  const auto n = static_cast<size_t>(number);
  if (language == "es") {
    return n < kSpanishWords.size() ? std::string(kSpanishWords[n]) : "";
  }
  if (language != "en" || n > 99) return "";
  if (n < kEnglishWords.size()) return std::string(kEnglishWords[n]);
  std::string text(kEnglishTens[n / 10]);
  if (n % 10 == 1) return text + "-one";
  if (n % 10 != 0) text += "-" + std::string(kEnglishWords[n % 10]);
  return text;
}

// A whole number below ten thousand; nullopt for others.
std::optional<int> SmallWhole(string_view value) {
  const bool digits = !value.empty() && value.size() <= 4 &&
                      std::ranges::all_of(value, IsDigit);
  if (!digits) return std::nullopt;
  return std::atoi(std::string(value).c_str());
}

bool IsHanNumeral(string_view text) {
  constexpr string_view kNumerals = "一二三四五六七八九十百千两零";
  if (text.empty() || text.size() % 3 != 0) return false;
  for (size_t i = 0; i < text.size(); i += 3) {
    if (kNumerals.find(text.substr(i, 3)) == string_view::npos) return false;
  }
  return true;
}

// Numerals without digits: 三, 百分之五, five, cinco.
std::optional<std::string> WriteNumerals(const WritingModel& model,
                                         string_view value) {
  const std::optional<int> number = SmallWhole(value);
  const std::optional<int> old = SmallWhole(model.value);
  if (!number.has_value() || !old.has_value()) return std::nullopt;
  for (const string_view prefix : {"百分之", "第", ""}) {
    if (model.language != "zh" || !model.written.starts_with(prefix)) continue;
    if (!IsHanNumeral(model.written.substr(prefix.size()))) return std::nullopt;
    return std::string(prefix) + InHan(*number, prefix.empty());
  }
  std::string lower(model.written);
  const bool capital = !lower.empty() && lower[0] >= 'A' && lower[0] <= 'Z';
  if (capital) lower[0] = static_cast<char>(lower[0] + 32);
  if (lower != InWords(*old, model.language)) return std::nullopt;
  std::string text = InWords(*number, model.language);
  if (text.empty()) return std::nullopt;
  if (capital) text[0] = static_cast<char>(text[0] - 32);
  return text;
}

// 21st, 22nd, 1.º, 第21.
std::optional<std::string> WriteOrdinal(const Digits& digits,
                                        const WritingModel& model,
                                        string_view value) {
  const std::optional<int> number = SmallWhole(value);
  if (!number.has_value()) return std::nullopt;
  std::string text = std::string(digits.before) + std::to_string(*number);
  if (digits.after.empty() && digits.before == "第") return text;
  if (digits.after == "º" || digits.after == ".º" || digits.after == "ª" ||
      digits.after == ".ª") {
    return text + std::string(digits.after);
  }
  constexpr std::array<string_view, 4> kSuffixes = {"st", "nd", "rd", "th"};
  if (model.language != "en" ||
      std::ranges::find(kSuffixes, digits.after) == kSuffixes.end()) {
    return std::nullopt;
  }
  const int last = *number % 10;
  const bool teen = *number % 100 >= 11 && *number % 100 <= 13;
  text += teen || last < 1 || last > 3
              ? "th"
              : kSuffixes[static_cast<size_t>(last - 1)];
  return text;
}

}  // namespace

std::optional<std::string> WriteNumberLike(const WritingModel& model,
                                           const NewValue& value) {
  const bool plain =
      value.value.find_first_not_of("0123456789.") == string_view::npos &&
      model.value.find_first_not_of("0123456789.") == string_view::npos;
  if (!plain) return std::nullopt;  // Negative, fractions.
  const Digits digits = SplitDigits(model.written);
  if (digits.core.empty()) return WriteNumerals(model, value.value);
  const bool is_number = digits.before.empty() || digits.before == "百分之";
  if (is_number && !digits.after.starts_with("st") &&
      ReadEnding(digits.after, model.language).known) {
    std::optional<std::string> text = WriteDigits(model, digits, value);
    if (text.has_value()) text->insert(0, digits.before);
    return text;
  }
  return WriteOrdinal(digits, model, value.value);
}

}  // namespace tercet
