#include "service/text/exact_number.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "service/base/utf8.h"
#include "service/text/icu.h"

namespace tercet {
namespace {

// Digits between marks: `1.234,5` is {1, 234, 5} and {'.', ','}.
struct Groups {
  std::vector<std::string> digits = {""};
  std::vector<char> marks;
};

// False when something else than digits and marks is there.
bool Split(std::string_view written, Groups& groups) {
  size_t position = 0;
  while (position < written.size()) {
    const char32_t c = unicode::FoldCharacter(DecodeUtf8(written, &position));
    if (c >= '0' && c <= '9') {
      groups.digits.back().push_back(static_cast<char>(c));
      continue;
    }
    const bool space = unicode::Classify(c) == unicode::CharClass::kSpace;
    if (c != '.' && c != ',' && c != '\'' && !space) return false;
    groups.marks.push_back(space ? ' ' : static_cast<char>(c));
    groups.digits.emplace_back();
  }
  return !groups.digits.front().empty();
}

bool AreThousands(const Groups& groups, size_t count) {
  if (groups.digits[0].size() > 3 || groups.digits[0] == "0") return false;
  for (size_t i = 1; i < count; ++i) {
    if (groups.digits[i].size() != 3) return false;
  }
  return true;
}

ExactNumber Join(const Groups& groups, bool has_decimals) {
  std::string all;
  for (const std::string& digits : groups.digits) all += digits;
  return {all, has_decimals ? groups.digits.back().size() : 0};
}

}  // namespace

ExactNumber::ExactNumber(uint64_t whole) : digits_(std::to_string(whole)) {
  Normalize();
}

ExactNumber::ExactNumber(std::string_view digits, size_t decimals)
    : digits_(digits), exponent_(-static_cast<int64_t>(decimals)) {
  Normalize();
}

ExactNumber ExactNumber::Fraction(uint64_t numerator, uint64_t denominator) {
  const uint64_t divisor = std::gcd(numerator, denominator);
  numerator /= divisor;
  denominator /= divisor;
  // With twos and fives only, it has a finite decimal form.
  uint64_t rest = denominator;
  while (rest % 2 == 0) rest /= 2;
  while (rest % 5 == 0) rest /= 5;
  constexpr uint64_t kRoom = UINT64_MAX / 10;
  int shift = 0;
  for (; rest == 1 && denominator > 1 && numerator < kRoom; ++shift) {
    // Ten over the factor that goes away.
    const uint64_t factor = denominator % 10 == 0  ? 10
                            : denominator % 2 == 0 ? 2
                                                   : 5;
    numerator *= 10 / factor;
    denominator /= factor;
  }
  ExactNumber number(numerator);
  if (!number.is_zero()) number.exponent_ -= shift;
  number.denominator_ = number.is_zero() ? 1 : denominator;
  return number;
}

ExactNumber ExactNumber::Shifted(int exponent) const {
  ExactNumber number = *this;
  if (!number.is_zero()) number.exponent_ += exponent;
  return number;
}

ExactNumber ExactNumber::Negated() const {
  ExactNumber number = *this;
  number.negative_ = !negative_ && !is_zero();
  return number;
}

std::string ExactNumber::ToText() const {
  if (is_zero()) return "0";
  std::string text = digits_;
  if (exponent_ >= 0) {
    text.append(static_cast<size_t>(exponent_), '0');
  } else {
    const auto decimals = static_cast<size_t>(-exponent_);
    if (text.size() <= decimals) {
      text.insert(0, decimals + 1 - text.size(), '0');
    }
    text.insert(text.size() - decimals, 1, '.');
  }
  if (denominator_ != 1) text += "/" + std::to_string(denominator_);
  return negative_ ? "-" + text : text;
}

void ExactNumber::Normalize() {
  const size_t last = digits_.find_last_not_of('0');
  if (last == std::string::npos) {
    *this = ExactNumber();
    return;
  }
  exponent_ += static_cast<int64_t>(digits_.size() - last - 1);
  digits_.resize(last + 1);
  digits_.erase(0, digits_.find_first_not_of('0'));
}

DecimalMark DecimalMarkOf(std::string_view language) {
  static constexpr std::array<std::string_view, 8> kPoint = {
      "en", "zh", "ja", "ko", "th", "he", "hi", "ms"};
  return std::ranges::find(kPoint, language) != kPoint.end()
             ? DecimalMark::kPoint
             : DecimalMark::kComma;
}

std::vector<ExactNumber> ReadDigits(std::string_view written,
                                    DecimalMark mark) {
  Groups groups;
  if (!Split(written, groups)) return {};
  const std::vector<char>& marks = groups.marks;
  if (marks.empty()) return {Join(groups, false)};
  const size_t count = groups.digits.size();
  const bool alike = std::ranges::all_of(
      marks, [&marks](char c) { return c == marks.front(); });
  if (!alike) {
    // Thousands in between, decimals at the end: 1.234.567,89.
    const bool decimals =
        (marks.back() == '.' || marks.back() == ',') &&
        std::ranges::count(marks, marks.back()) == 1 &&
        std::all_of(marks.begin(), marks.end() - 1,
                    [&marks](char c) { return c == marks.front(); });
    if (!decimals || !AreThousands(groups, count - 1)) return {};
    return {Join(groups, true)};
  }
  const bool thousands = AreThousands(groups, count);
  const bool decimals = count == 2 && (marks[0] == '.' || marks[0] == ',');
  if (!decimals) {
    if (!thousands) return {};
    return {Join(groups, false)};
  }
  if (!thousands) return {Join(groups, true)};
  const char decimal_mark = mark == DecimalMark::kPoint ? '.' : ',';
  const bool decimal_first = marks[0] == decimal_mark;
  return {Join(groups, decimal_first), Join(groups, !decimal_first)};
}

}  // namespace tercet
