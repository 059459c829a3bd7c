#include "service/text/placeables.h"

#include <algorithm>
#include <utility>

#include "fmt/format.h"
#include "service/text/date_reader.h"
#include "service/text/lexeme.h"
#include "service/text/number_reader.h"

namespace tercet {
namespace {

// Whether a placeable may begin with it; most that can be inside one cannot.
bool MayBegin(Role role) {
  switch (role) {
    case Role::kNone:
    case Role::kAnd:
    case Role::kOf:
    case Role::kDel:
    case Role::kLa:
    case Role::kPer:
    case Role::kIn:
    case Role::kHalfLetter:
    case Role::kOrdinalSign:
    case Role::kHanDayEnd:
    case Role::kComma:
    case Role::kStop:
    case Role::kHanMeasure:
      return false;
    default:
      return true;
  }
}

// Dates before times before numbers: 10:30 begins with a number.
Reading ReadAt(const LexedText& text, size_t i) {
  Reading reading = ReadDate(text, i);
  if (reading.found) return reading;
  reading = ReadTime(text, i);
  if (reading.found) return reading;
  return ReadNumber(text, i);
}

// Finds the placeables of tokens that no break lies between.
void FindIn(std::string_view text, std::span<const TokenSpan> tokens,
            size_t first_token, std::string_view language,
            std::vector<Placeable>& found) {
  const LexedText lexed(text, tokens, language);
  for (size_t i = 0; i < tokens.size();) {
    if (!MayBegin(lexed.role(i))) {
      ++i;
      continue;
    }
    Reading reading = ReadAt(lexed, i);
    if (reading.found) {
      found.push_back({.placeable_class = reading.placeable_class,
                       .begin = tokens[i].begin,
                       .end = tokens[i + reading.tokens - 1].end,
                       .first_token = first_token + i,
                       .tokens = reading.tokens,
                       .value = std::move(reading.value),
                       .other_value = std::move(reading.other_value)});
    }
    i += reading.tokens;
  }
}

}  // namespace

std::vector<Placeable> FindPlaceables(std::string_view text,
                                      std::span<const TokenSpan> tokens,
                                      std::span<const size_t> breaks,
                                      std::string_view language) {
  std::vector<Placeable> found;
  size_t first = 0;
  for (const size_t place : breaks) {
    const auto end = std::ranges::lower_bound(tokens.subspan(first), place, {},
                                              &TokenSpan::begin);
    const auto count = static_cast<size_t>(end - tokens.subspan(first).begin());
    if (count == 0) continue;
    FindIn(text, tokens.subspan(first, count), first, language, found);
    first += count;
  }
  FindIn(text, tokens.subspan(first), first, language, found);
  return found;
}

std::vector<Placeable> FindPlaceables(std::string_view text,
                                      std::string_view language) {
  return FindPlaceables(text, Tokenize(text), {}, language);
}

bool HaveSameValue(const Placeable& a, const Placeable& b) {
  if (a.placeable_class != b.placeable_class) return false;
  const auto has = [](const Placeable& placeable, const std::string& value) {
    return !value.empty() &&
           (placeable.value == value || placeable.other_value == value);
  };
  return has(a, b.value) || has(a, b.other_value);
}

std::string PlaceableShape(const Placeable& placeable) {
  std::string shape(NameOf(placeable.placeable_class));
  if (placeable.placeable_class == PlaceableClass::kDate) {
    for (const char c : placeable.value) shape.push_back(c == '-' ? c : 'd');
  }
  return shape;
}

std::vector<std::string> ShapesOfNames() {
  std::vector<std::string> shapes;
  using enum PlaceableClass;
  for (const PlaceableClass c :
       {kUrl, kEmail, kPath, kHandle, kHashtag, kCode}) {
    shapes.emplace_back(NameOf(c));
  }
  return shapes;
}

std::vector<std::string> ShapesOfNumbers() {
  std::vector<std::string> shapes;
  using enum PlaceableClass;
  for (const PlaceableClass c : {kNumber, kPercent, kOrdinal, kTime}) {
    shapes.push_back(PlaceableShape({.placeable_class = c}));
  }
  for (const std::string_view year : {"-", "2008"}) {
    for (const std::string_view month : {"-", "-11"}) {
      for (const std::string_view day : {"", "-21"}) {
        shapes.push_back(
            PlaceableShape({.placeable_class = kDate,
                            .value = fmt::format("{}{}{}", year, month, day)}));
      }
    }
  }
  return shapes;
}

std::string_view NameOf(PlaceableClass placeable_class) {
  switch (placeable_class) {
    case PlaceableClass::kNumber:
      return "number";
    case PlaceableClass::kPercent:
      return "percent";
    case PlaceableClass::kOrdinal:
      return "ordinal";
    case PlaceableClass::kDate:
      return "date";
    case PlaceableClass::kTime:
      return "time";
    case PlaceableClass::kUrl:
      return "url";
    case PlaceableClass::kEmail:
      return "email";
    case PlaceableClass::kPath:
      return "path";
    case PlaceableClass::kHandle:
      return "handle";
    case PlaceableClass::kHashtag:
      return "hashtag";
    case PlaceableClass::kCode:
      return "code";
  }
  return "number";
}

}  // namespace tercet
