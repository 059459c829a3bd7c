#include "service/model/unit.h"

#include <algorithm>

#include "fmt/format.h"
#include "service/base/utf8.h"
#include "service/model/limits.h"

namespace tercet {
namespace {

// What google.protobuf.Timestamp can say: the years 1 to 9999.
constexpr int64_t kMinMicros = -62'135'596'800'000'000;
constexpr int64_t kMaxMicros = 253'402'300'799'999'999;

// Collects what is wrong; `path` is put before each field's name.
class Checker {
 public:
  Checker(std::string_view path, std::vector<FieldViolation>& violations)
      : path_(path), violations_(violations) {}

  // The checker of the fields of `field`.
  Checker In(std::string_view field) const {
    return Checker(fmt::format("{}{}.", path_, field), violations_);
  }

  void Add(std::string_view field, std::string description) const {
    violations_.push_back({.field = fmt::format("{}{}", path_, field),
                           .description = std::move(description)});
  }

  void CheckCount(std::string_view field, size_t count, size_t most) const {
    if (count > most) {
      Add(field, fmt::format("has {} entries; the most is {}", count, most));
    }
  }

  void CheckBytes(std::string_view field, size_t bytes, size_t most) const {
    if (bytes > most) {
      Add(field, fmt::format("has {} bytes; the most is {}", bytes, most));
    }
  }

  void CheckUtf8(std::string_view field, std::string_view value) const {
    if (size_t valid = ValidUtf8Prefix(value); valid < value.size()) {
      Add(field, fmt::format("is not valid UTF-8 at byte {}", valid));
    }
  }

  void CheckString(std::string_view field, std::string_view value,
                   size_t max_bytes) const {
    CheckBytes(field, value.size(), max_bytes);
    CheckUtf8(field, value);
  }

  void CheckNotEmpty(std::string_view field, std::string_view value) const {
    if (value.empty()) Add(field, "must not be empty");
  }

  void CheckTime(std::string_view field,
                 const std::optional<int64_t>& micros) const {
    if (micros && (*micros < kMinMicros || *micros > kMaxMicros)) {
      Add(field, "is not in the years 1 to 9999");
    }
  }

 private:
  std::string path_;
  std::vector<FieldViolation>& violations_;
};

std::string Entry(std::string_view field, size_t index) {
  return fmt::format("{}[{}]", field, index);
}

void CheckProperties(const Checker& checker, std::string_view field,
                     const std::vector<Property>& properties) {
  checker.CheckCount(field, properties.size(), kMaxProperties);
  for (size_t i = 0; i < properties.size(); ++i) {
    const Property& property = properties[i];
    const Checker in = checker.In(Entry(field, i));
    in.CheckNotEmpty("type", property.type);
    in.CheckString("type", property.type, kMaxPropertyTypeBytes);
    in.CheckString("value", property.value, kMaxPropertyValueBytes);
  }
}

void CheckNotes(const Checker& checker, const std::vector<std::string>& notes) {
  checker.CheckCount("notes", notes.size(), kMaxNotes);
  for (size_t i = 0; i < notes.size(); ++i) {
    checker.CheckString(Entry("notes", i), notes[i], kMaxNoteBytes);
  }
}

void CheckAttribution(const Checker& checker, const Attribution& attribution) {
  checker.CheckString("creator", attribution.creator, kMaxNameBytes);
  checker.CheckTime("creation_time", attribution.creation_micros);
  checker.CheckString("changer", attribution.changer, kMaxNameBytes);
  checker.CheckTime("change_time", attribution.change_micros);
}

void CheckOrigin(const Checker& checker, const Origin& origin) {
  checker.CheckString("document", origin.document, kMaxDocumentBytes);
  checker.CheckString("previous", origin.previous, kMaxTextBytes);
  checker.CheckString("next", origin.next, kMaxTextBytes);
  checker.CheckString("key", origin.key, kMaxNameBytes);
}

size_t PropertyBytes(const std::vector<Property>& properties) {
  size_t bytes = 0;
  for (const Property& property : properties) {
    bytes += property.type.size() + property.value.size();
  }
  return bytes;
}

size_t CodeBytes(const InlineCode& code) {
  return code.content.size() + PropertyBytes(code.attributes);
}

bool IsKnown(InlineCode::Kind kind) {
  return kind >= InlineCode::Kind::kBeginPaired &&
         kind <= InlineCode::Kind::kUnknownTag;
}

// `least_offset` is that of the code before.
void CheckCode(const Checker& checker, const InlineCode& code,
               std::string_view text, uint32_t least_offset) {
  if (!IsKnown(code.kind)) checker.Add("kind", "is not a kind of code");
  if (code.offset > text.size()) {
    checker.Add("offset", "is behind the end of the text");
  } else if (code.offset < least_offset) {
    checker.Add("offset", "is less than that of the code before");
  } else if (!IsCharacterStart(text, code.offset)) {
    checker.Add("offset", "is inside a character");
  }
  checker.CheckBytes("content", CodeBytes(code), kMaxCodeBytes);
  checker.CheckUtf8("content", code.content);
  CheckProperties(checker, "attributes", code.attributes);
}

void CheckVariant(const Checker& checker, const Variant& variant) {
  checker.CheckNotEmpty("language_code", variant.language.code());
  CheckAttribution(checker.In("attribution"), variant.attribution);
  CheckNotes(checker, variant.notes);
  CheckProperties(checker, "properties", variant.properties);
}

size_t AttributionBytes(const Attribution& attribution) {
  return attribution.creator.size() + attribution.changer.size();
}

size_t NoteBytes(const std::vector<std::string>& notes) {
  size_t bytes = 0;
  for (const std::string& note : notes) bytes += note.size();
  return bytes;
}

size_t VariantBytes(const Variant& variant) {
  size_t bytes = variant.language.code().size() + variant.segment.text.size() +
                 AttributionBytes(variant.attribution) +
                 NoteBytes(variant.notes) + PropertyBytes(variant.properties);
  for (const InlineCode& code : variant.segment.codes) bytes += CodeBytes(code);
  return bytes;
}

bool HasVariantIn(const Unit& unit, const LanguageTag& language) {
  return std::ranges::find(unit.variants, language, &Variant::language) !=
         unit.variants.end();
}

}  // namespace

const Variant& SourceVariant(const Unit& unit) {
  auto source = std::ranges::find(unit.variants, unit.source_language,
                                  &Variant::language);
  return source == unit.variants.end() ? unit.variants.front() : *source;
}

size_t UnitBytes(const Unit& unit) {
  size_t bytes = unit.source_language.code().size() +
                 unit.origin.document.size() + unit.origin.previous.size() +
                 unit.origin.next.size() + unit.origin.key.size() +
                 unit.external_id.size() + AttributionBytes(unit.attribution) +
                 NoteBytes(unit.notes) + PropertyBytes(unit.properties);
  for (const Variant& variant : unit.variants) bytes += VariantBytes(variant);
  return bytes;
}

void ValidateUnit(const Unit& unit, std::string_view path,
                  std::vector<FieldViolation>& violations) {
  const Checker checker(path, violations);
  if (unit.variants.empty()) checker.Add("variants", "must not be empty");
  checker.CheckCount("variants", unit.variants.size(), kMaxVariants);
  for (size_t i = 0; i < unit.variants.size(); ++i) {
    const std::string variant = Entry("variants", i);
    CheckVariant(checker.In(variant), unit.variants[i]);
    ValidateSegment(unit.variants[i].segment,
                    fmt::format("{}{}.", path, variant), violations);
  }
  if (!unit.source_language.empty() &&
      !HasVariantIn(unit, unit.source_language)) {
    checker.Add(
        "source_language_code",
        fmt::format("no variant is in '{}'", unit.source_language.code()));
  }
  CheckOrigin(checker.In("origin"), unit.origin);
  if (unit.state > UnitState::kConfirmed) checker.Add("state", "is no state");
  checker.CheckString("external_id", unit.external_id, kMaxNameBytes);
  if (unit.usage_count < 0) checker.Add("usage_count", "is negative");
  CheckAttribution(checker.In("attribution"), unit.attribution);
  CheckNotes(checker, unit.notes);
  CheckProperties(checker, "properties", unit.properties);
  if (size_t bytes = UnitBytes(unit); bytes > kMaxUnitBytes) {
    checker.Add("variants",
                fmt::format("the unit has {} bytes in all; the most is {}",
                            bytes, kMaxUnitBytes));
  }
}

void ValidateSegment(const Segment& segment, std::string_view path,
                     std::vector<FieldViolation>& violations) {
  const Checker checker(path, violations);
  checker.CheckNotEmpty("text", segment.text);
  checker.CheckString("text", segment.text, kMaxTextBytes);
  checker.CheckCount("codes", segment.codes.size(), kMaxCodes);
  uint32_t least_offset = 0;
  for (size_t i = 0; i < segment.codes.size(); ++i) {
    const InlineCode& code = segment.codes[i];
    CheckCode(checker.In(Entry("codes", i)), code, segment.text, least_offset);
    least_offset = code.offset;
  }
}

bool IsValidId(std::string_view id) {
  auto is_alphanumeric = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  };
  return !id.empty() && id.size() <= kMaxIdBytes &&
         is_alphanumeric(id.front()) && is_alphanumeric(id.back()) &&
         std::ranges::all_of(
             id, [&](char c) { return c == '-' || is_alphanumeric(c); });
}

}  // namespace tercet
