#include "service/match/transfer.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "service/text/date_writer.h"
#include "service/text/number_writer.h"
#include "service/text/placeables.h"
#include "service/text/tokenize.h"

namespace tercet {
namespace {

std::vector<Placeable> PlaceablesOf(const Segment& segment,
                                    std::string_view language) {
  std::vector<size_t> breaks;
  for (const InlineCode& code : segment.codes) breaks.push_back(code.offset);
  return FindPlaceables(segment.text, Tokenize(segment.text, breaks), breaks,
                        language);
}

// The placeable that begins there; nullptr when none does.
const Placeable* Find(const std::vector<Placeable>& placeables, size_t begin) {
  const auto it =
      std::ranges::lower_bound(placeables, begin, {}, &Placeable::begin);
  return it == placeables.end() || it->begin != begin ? nullptr : &*it;
}

// Those that may be worth the same as `wanted`.
std::vector<size_t> FindSame(const std::vector<Placeable>& placeables,
                             const Placeable& wanted) {
  std::vector<size_t> places;
  for (size_t i = 0; i < placeables.size(); ++i) {
    if (HaveSameValue(placeables[i], wanted)) places.push_back(i);
  }
  return places;
}

// The word that ends right before `begin`, white space apart, in lower case
// (ASCII).
std::string WordBefore(std::string_view text, size_t begin) {
  std::string_view before = text.substr(0, begin);
  while (before.ends_with(' ')) before.remove_suffix(1);
  const size_t start = before.find_last_of(" (\"'\n") + 1;
  std::string word(before.substr(start));
  for (char& c : word) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return word;
}

// Whether words around would have to change with the value.
bool ChangesItsWords(const Segment& target, std::string_view language,
                     const Placeable& old, const Placeable& wanted) {
  if (language == "zh") return false;
  const bool counts = old.placeable_class == PlaceableClass::kNumber;
  const auto is_one = [](const Placeable& placeable) {
    return placeable.value == "1" || placeable.value == "-1" ||
           placeable.other_value == "1";
  };
  if (counts && is_one(old) != is_one(wanted)) return true;
  const bool at_one =
      old.placeable_class == PlaceableClass::kTime && language == "es";
  if (at_one) {
    // La una, las tres.
    for (const std::string& value : {old.value, wanted.value}) {
      const std::string_view hour = std::string_view(value).substr(1, 2);
      if (hour == "01" || hour == "13") return true;
    }
  }
  const std::string before = WordBefore(target.text, old.begin);
  return before == "a" || before == "an" || before == "o" || before == "u";
}

std::optional<std::string> WriteLike(std::string_view written,
                                     const Placeable& old,
                                     const Placeable& wanted,
                                     std::string_view wanted_written,
                                     std::string_view language) {
  const WritingModel model = {written, old.value, language};
  switch (old.placeable_class) {
    case PlaceableClass::kNumber:
    case PlaceableClass::kPercent:
    case PlaceableClass::kOrdinal:
      return WriteNumberLike(model, {wanted.value, wanted_written});
    case PlaceableClass::kDate:
      return WriteDateLike(model, wanted.value);
    case PlaceableClass::kTime:
      // 10:30 in the morning or in the evening?
      if (old.other_value.empty() != wanted.other_value.empty()) {
        return std::nullopt;
      }
      return WriteTimeLike(model, wanted.value);
    default:
      return std::string(wanted_written);
  }
}

// A stretch of the target and what takes its place.
struct Replacement {
  size_t target = 0;  // Which of the target's placeables.
  std::string text;
  Placeable wanted;
};

Segment Apply(const Segment& target, const std::vector<Placeable>& placeables,
              const std::vector<Replacement>& replacements) {
  Segment adapted = {.codes = target.codes};
  auto code = adapted.codes.begin();
  size_t end = 0;
  const auto copy_to = [&](size_t place) {
    const size_t shifted = adapted.text.size();
    for (; code != adapted.codes.end() && code->offset <= place; ++code) {
      code->offset = static_cast<uint32_t>(code->offset - end + shifted);
    }
    adapted.text += target.text.substr(end, place - end);
    end = place;
  };
  for (const Replacement& replacement : replacements) {
    copy_to(placeables[replacement.target].begin);
    adapted.text += replacement.text;
    end = placeables[replacement.target].end;
  }
  copy_to(target.text.size());
  return adapted;
}

// Reads the adapted text: as many placeables as before, those replaced worth
// what they should be, the others what they were.
bool ReadsAsWanted(const Segment& adapted, std::string_view language,
                   const std::vector<Placeable>& before,
                   const std::vector<Replacement>& replacements) {
  const std::vector<Placeable> after = PlaceablesOf(adapted, language);
  if (after.size() != before.size()) return false;
  auto replacement = replacements.begin();
  for (size_t i = 0; i < after.size(); ++i) {
    if (replacement != replacements.end() && replacement->target == i) {
      const Placeable& wanted = replacement->wanted;
      if (PlaceableShape(after[i]) != PlaceableShape(wanted) ||
          !HaveSameValue(after[i], wanted) ||
          (after[i].value != wanted.value &&
           after[i].other_value != wanted.value)) {
        return false;
      }
      ++replacement;
    } else if (after[i].value != before[i].value) {
      return false;
    }
  }
  return true;
}

// Where and how one difference is carried over.
std::optional<Replacement> Replace(const TransferQuestion& question,
                                   const PlaceableDifference& difference,
                                   const std::vector<Placeable>& stored,
                                   const std::vector<Placeable>& query,
                                   const std::vector<Placeable>& target) {
  if (!difference.carries_over) return std::nullopt;
  const Placeable* const old = Find(stored, difference.stored_begin);
  const Placeable* const wanted = Find(query, difference.query_begin);
  if (old == nullptr || wanted == nullptr) return std::nullopt;
  const std::vector<size_t> places = FindSame(target, *old);
  if (places.size() != 1 || FindSame(stored, *old).size() != 1) {
    return std::nullopt;
  }
  const Placeable& there = target[places[0]];
  // The likeliest reading of the stored one is what the translation says.
  if (PlaceableShape(there) != PlaceableShape(*old) ||
      (there.value != old->value && there.other_value != old->value)) {
    return std::nullopt;
  }
  Placeable model = there;
  model.value = old->value;
  if (ChangesItsWords(question.target, question.target_language, model,
                      *wanted)) {
    return std::nullopt;
  }
  const auto text_of = [](const Segment& segment, const Placeable& placeable) {
    return std::string_view(segment.text)
        .substr(placeable.begin, placeable.end - placeable.begin);
  };
  std::optional<std::string> text =
      WriteLike(text_of(question.target, there), model, *wanted,
                text_of(question.query, *wanted), question.target_language);
  if (!text.has_value()) return std::nullopt;
  return Replacement{places[0], *std::move(text), *wanted};
}

}  // namespace

std::optional<Segment> TransferPlaceables(
    const TransferQuestion& question,
    const std::vector<PlaceableDifference>& differences) {
  if (differences.empty()) return std::nullopt;
  const std::vector<Placeable> stored =
      PlaceablesOf(question.stored, question.source_language);
  const std::vector<Placeable> query =
      PlaceablesOf(question.query, question.source_language);
  const std::vector<Placeable> target =
      PlaceablesOf(question.target, question.target_language);
  std::vector<Replacement> replacements;
  for (const PlaceableDifference& difference : differences) {
    std::optional<Replacement> replacement =
        Replace(question, difference, stored, query, target);
    if (!replacement.has_value()) return std::nullopt;
    replacements.push_back(*std::move(replacement));
  }
  std::ranges::sort(replacements, {}, &Replacement::target);
  const auto twice =
      std::ranges::adjacent_find(replacements, {}, &Replacement::target);
  if (twice != replacements.end()) return std::nullopt;
  Segment adapted = Apply(question.target, target, replacements);
  if (!ReadsAsWanted(adapted, question.target_language, target, replacements)) {
    return std::nullopt;
  }
  return adapted;
}

}  // namespace tercet
