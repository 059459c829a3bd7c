#include "service/memory/merge.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "service/text/language.h"

namespace tercet {
namespace {

bool SameLanguage(const Variant& a, const Variant& b) {
  return a.language == b.language ||
         ResolveLanguage(a.language) == ResolveLanguage(b.language);
}

template <typename T>
bool Contains(const std::vector<T>& items, const T& item) {
  return std::ranges::find(items, item) != items.end();
}

// Chooses between two values of a field: the one that is there, the new one
// where it may replace.
class FieldMerger {
 public:
  explicit FieldMerger(WriteMode mode)
      : replace_(mode == WriteMode::kOverwrite) {}

  void Merge(const std::string& added, std::string& field) const {
    if (!added.empty() && (replace_ || field.empty())) field = added;
  }

  void Merge(const std::optional<int64_t>& added,
             std::optional<int64_t>& field) const {
    if (added.has_value() && (replace_ || !field.has_value())) field = added;
  }

  template <typename T>
  void Merge(const std::vector<T>& added, std::vector<T>& field) const {
    if (replace_ && !added.empty()) {
      field = added;
      return;
    }
    for (const T& item : added) {
      if (!Contains(field, item)) field.push_back(item);
    }
  }

  void Merge(const Attribution& added, Attribution& field) const {
    Merge(added.creator, field.creator);
    Merge(added.creation_micros, field.creation_micros);
    Merge(added.changer, field.changer);
    Merge(added.change_micros, field.change_micros);
  }

  void Merge(const Origin& added, Origin& field) const {
    Merge(added.document, field.document);
    Merge(added.previous, field.previous);
    Merge(added.next, field.next);
    Merge(added.key, field.key);
  }

 private:
  bool replace_;
};

bool IsSameText(const Variant& a, const Variant& b) {
  return a.segment == b.segment && SameLanguage(a, b);
}

// Of a text that is there the notes and properties that it lacks are added.
void AddVariants(const std::vector<Variant>& added,
                 std::vector<Variant>& variants) {
  const FieldMerger fields(WriteMode::kAddVariants);
  for (const Variant& variant : added) {
    const auto own = std::ranges::find_if(variants, [&](const Variant& each) {
      return IsSameText(each, variant);
    });
    if (own == variants.end()) {
      variants.push_back(variant);
      continue;
    }
    fields.Merge(variant.attribution, own->attribution);
    fields.Merge(variant.notes, own->notes);
    fields.Merge(variant.properties, own->properties);
  }
}

// The new variants of a language take the place of its first old one.
void OverwriteVariants(const std::vector<Variant>& added,
                       std::vector<Variant>& variants) {
  std::vector<Variant> result;
  std::vector<const Variant*> placed;
  const auto place_language_of = [&](const Variant& like) {
    for (const Variant& variant : added) {
      if (SameLanguage(variant, like) && !Contains(placed, &variant)) {
        result.push_back(variant);
        placed.push_back(&variant);
      }
    }
  };
  for (const Variant& own : variants) {
    const bool replaced = std::ranges::any_of(
        added, [&](const Variant& v) { return SameLanguage(v, own); });
    if (replaced) {
      place_language_of(own);
    } else {
      result.push_back(own);
    }
  }
  for (const Variant& variant : added) place_language_of(variant);
  variants = std::move(result);
}

UnitState Standing(const Unit& unit) {
  return unit.state == UnitState::kUnspecified ? UnitState::kConfirmed
                                               : unit.state;
}

bool HasAllTexts(const Unit& unit, const Unit& other) {
  return std::ranges::all_of(other.variants, [&](const Variant& variant) {
    return std::ranges::any_of(unit.variants, [&](const Variant& own) {
      return IsSameText(own, variant);
    });
  });
}

bool HasAllLanguages(const Unit& unit, const Unit& other) {
  return std::ranges::all_of(other.variants, [&](const Variant& variant) {
    return std::ranges::any_of(unit.variants, [&](const Variant& own) {
      return SameLanguage(own, variant);
    });
  });
}

// The source may be spelled in another way now (`zh` for `zh-CN`), or stand
// behind another variant of its language.
void SetSource(const Variant& source, Unit& unit) {
  if (!unit.source_language.empty() || SourceVariant(unit) != source) {
    unit.source_language = source.language;
  }
}

}  // namespace

bool HasSameStanding(const Unit& a, const Unit& b) {
  return Standing(a) == Standing(b);
}

bool SaysNothingNew(const Unit& unit, const Unit& added) {
  return Standing(added) <= Standing(unit) && HasAllTexts(unit, added);
}

bool CanTakeIn(const Unit& unit, const Unit& added, WriteMode mode) {
  if (HasSameStanding(unit, added)) return true;
  if (mode == WriteMode::kOverwrite) return HasAllLanguages(added, unit);
  return Standing(added) < Standing(unit) ? HasAllTexts(unit, added)
                                          : HasAllTexts(added, unit);
}

bool HoldsContext(const Unit& unit, const Origin& context) {
  const auto holds = [](const std::string& field, const std::string& wanted) {
    return wanted.empty() || field == wanted;
  };
  return holds(unit.origin.document, context.document) &&
         holds(unit.origin.previous, context.previous) &&
         holds(unit.origin.next, context.next) &&
         holds(unit.origin.key, context.key);
}

void MergeUnit(const Unit& added, WriteMode mode, Unit& unit) {
  if (mode == WriteMode::kOverwrite) {
    OverwriteVariants(added.variants, unit.variants);
  } else {
    AddVariants(added.variants, unit.variants);
  }
  const FieldMerger fields(mode);
  fields.Merge(added.origin, unit.origin);
  fields.Merge(added.external_id, unit.external_id);
  fields.Merge(added.attribution, unit.attribution);
  fields.Merge(added.notes, unit.notes);
  fields.Merge(added.properties, unit.properties);
  unit.usage_count = std::max(unit.usage_count, added.usage_count);
  if (mode == WriteMode::kOverwrite) {
    unit.state = added.state;
    SetSource(SourceVariant(added), unit);
  } else if (Standing(added) > Standing(unit)) {
    unit.state = added.state;
  }
}

}  // namespace tercet
