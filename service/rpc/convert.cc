#include "service/rpc/convert.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <string>
#include <utility>

#include "fmt/format.h"
#include "service/base/utf8.h"
#include "service/rpc/code_points.h"
#include "service/rpc/names.h"

namespace tercet {
namespace {

using google::protobuf::RepeatedPtrField;
using google::protobuf::Timestamp;

constexpr int64_t kMicrosPerSecond = 1'000'000;

// A time out of any range, which ValidateUnit refuses.
constexpr int64_t kNoMicros = std::numeric_limits<int64_t>::max();

void SetProperties(const std::vector<Property>& from,
                   RepeatedPtrField<v1::Property>* to) {
  for (const Property& property : from) {
    v1::Property& added = *to->Add();
    added.set_type(property.type);
    added.set_value(property.value);
  }
}

std::vector<Property> PropertiesFromApi(
    const RepeatedPtrField<v1::Property>& from) {
  std::vector<Property> properties;
  properties.reserve(static_cast<size_t>(from.size()));
  for (const v1::Property& property : from) {
    properties.push_back({.type = property.type(), .value = property.value()});
  }
  return properties;
}

v1::Attribution ToApi(const Attribution& attribution) {
  v1::Attribution to;
  to.set_creator(attribution.creator);
  to.set_changer(attribution.changer);
  if (attribution.creation_micros.has_value()) {
    *to.mutable_creation_time() =
        TimestampFromMicros(*attribution.creation_micros);
  }
  if (attribution.change_micros.has_value()) {
    *to.mutable_change_time() = TimestampFromMicros(*attribution.change_micros);
  }
  return to;
}

Attribution AttributionFromApi(const v1::Attribution& from) {
  Attribution attribution = {.creator = from.creator(),
                             .changer = from.changer()};
  if (from.has_creation_time()) {
    attribution.creation_micros = MicrosFromTimestamp(from.creation_time());
  }
  if (from.has_change_time()) {
    attribution.change_micros = MicrosFromTimestamp(from.change_time());
  }
  return attribution;
}

v1::Origin ToApi(const Origin& origin) {
  v1::Origin to;
  to.set_document(origin.document);
  to.set_previous(origin.previous);
  to.set_next(origin.next);
  to.set_key(origin.key);
  return to;
}

// `cursor` is over the text of the code's segment.
v1::InlineCode ToApi(const InlineCode& code, CodePointCursor& cursor) {
  v1::InlineCode to;
  to.set_kind(static_cast<v1::InlineCode::Kind>(code.kind));
  to.set_offset(cursor.ToCodePoint(code.offset));
  to.set_content(code.content);
  to.set_content_is_xml(code.content_is_xml);
  SetProperties(code.attributes, to.mutable_attributes());
  return to;
}

// The code at byte `offset`.
InlineCode CodeFromApi(const v1::InlineCode& from, uint32_t offset) {
  // A number that is no kind becomes 0, which ValidateSegment refuses.
  const int kind = v1::InlineCode::Kind_IsValid(from.kind()) ? from.kind() : 0;
  return {.kind = static_cast<InlineCode::Kind>(kind),
          .offset = offset,
          .content = from.content(),
          .content_is_xml = from.content_is_xml(),
          .attributes = PropertiesFromApi(from.attributes())};
}

// The tag that `code` spells; the empty one, and a violation, where it is none.
LanguageTag LanguageFromApi(std::string_view code, std::string field,
                            std::vector<FieldViolation>& violations) {
  StatusOr<LanguageTag> tag = LanguageTag::Parse(code);
  if (tag.ok()) return *std::move(tag);
  violations.push_back({.field = std::move(field),
                        .description = std::string(MessageOf(tag.status()))});
  return {};
}

Variant VariantFromApi(const v1::Variant& from, const std::string& path,
                       std::vector<FieldViolation>& violations) {
  return {.language = LanguageFromApi(from.language_code(),
                                      path + "language_code", violations),
          .segment = SegmentFromApi(from.text(), from.codes()),
          .attribution = AttributionFromApi(from.attribution()),
          .notes = {from.notes().begin(), from.notes().end()},
          .properties = PropertiesFromApi(from.properties())};
}

}  // namespace

int64_t MicrosFromTimestamp(const Timestamp& time) {
  constexpr int64_t kMaxSeconds = kNoMicros / kMicrosPerSecond - 1;
  if (time.nanos() < 0 || time.nanos() > 999'999'999 ||
      time.seconds() > kMaxSeconds || time.seconds() < -kMaxSeconds) {
    return kNoMicros;
  }
  return time.seconds() * kMicrosPerSecond + time.nanos() / 1000;
}

Timestamp TimestampFromMicros(int64_t micros) {
  int64_t seconds = micros / kMicrosPerSecond;
  int64_t rest = micros % kMicrosPerSecond;
  if (rest < 0) {
    --seconds;
    rest += kMicrosPerSecond;
  }
  Timestamp time;
  time.set_seconds(seconds);
  time.set_nanos(static_cast<int32_t>(rest * 1000));
  return time;
}

v1::Memory ToApi(const Memory& memory) {
  v1::Memory to;
  to.set_name(MemoryName(memory.id));
  to.set_display_name(memory.display_name);
  to.set_penalty(memory.penalty);
  to.set_unit_count(static_cast<int64_t>(memory.unit_count));
  std::vector<std::pair<std::string, uint64_t>> counts(
      memory.language_counts.begin(), memory.language_counts.end());
  std::ranges::stable_sort(
      counts, [](const auto& a, const auto& b) { return a.second > b.second; });
  for (const auto& [code, count] : counts) {
    v1::LanguageCount& added = *to.add_language_counts();
    added.set_language_code(code);
    added.set_variant_count(static_cast<int64_t>(count));
  }
  *to.mutable_create_time() = TimestampFromMicros(memory.create_micros);
  *to.mutable_update_time() = TimestampFromMicros(memory.update_micros);
  to.set_etag(memory.etag);
  return to;
}

v1::Variant ToApi(const Variant& variant) {
  v1::Variant to;
  to.set_language_code(variant.language.code());
  to.set_text(variant.segment.text);
  CodePointCursor cursor(variant.segment.text);
  for (const InlineCode& code : variant.segment.codes) {
    *to.add_codes() = ToApi(code, cursor);
  }
  if (variant.attribution != Attribution{}) {
    *to.mutable_attribution() = ToApi(variant.attribution);
  }
  to.mutable_notes()->Assign(variant.notes.begin(), variant.notes.end());
  SetProperties(variant.properties, to.mutable_properties());
  return to;
}

v1::Unit ToApi(const UnitEntry& entry) {
  const Unit& unit = entry.unit;
  v1::Unit to;
  to.set_name(UnitName(entry.memory_id, entry.id));
  for (const Variant& variant : unit.variants) {
    *to.add_variants() = ToApi(variant);
  }
  to.set_source_language_code(unit.source_language.code());
  if (unit.origin != Origin{}) *to.mutable_origin() = ToApi(unit.origin);
  to.set_state(static_cast<v1::Unit::State>(unit.state));
  to.set_external_id(unit.external_id);
  to.set_usage_count(unit.usage_count);
  if (unit.attribution != Attribution{}) {
    *to.mutable_attribution() = ToApi(unit.attribution);
  }
  to.mutable_notes()->Assign(unit.notes.begin(), unit.notes.end());
  SetProperties(unit.properties, to.mutable_properties());
  *to.mutable_create_time() = TimestampFromMicros(entry.create_micros);
  *to.mutable_update_time() = TimestampFromMicros(entry.update_micros);
  to.set_etag(entry.etag);
  for (const ImportNumber import : entry.imports) {
    to.add_imports(ImportName(entry.memory_id, import));
  }
  return to;
}

Segment SegmentFromApi(std::string_view text,
                       const RepeatedPtrField<v1::InlineCode>& codes) {
  Segment segment = {.text = std::string(text)};
  // Places in what is not UTF-8 mean nothing; ValidateSegment refuses the text.
  CodePointCursor cursor(IsValidUtf8(text) ? text : std::string_view());
  segment.codes.reserve(static_cast<size_t>(codes.size()));
  for (const v1::InlineCode& code : codes) {
    const size_t offset =
        cursor.ToByte(code.offset()).value_or(text.size() + 1);
    segment.codes.push_back(CodeFromApi(code, static_cast<uint32_t>(offset)));
  }
  return segment;
}

Unit PartialUnitFromApi(const v1::Unit& from, std::string_view path,
                        std::vector<FieldViolation>& violations) {
  Unit unit;
  for (int i = 0; i < from.variants_size(); ++i) {
    unit.variants.push_back(VariantFromApi(
        from.variants(i), fmt::format("{}variants[{}].", path, i), violations));
  }
  if (!from.source_language_code().empty()) {
    unit.source_language = LanguageFromApi(
        from.source_language_code(),
        fmt::format("{}source_language_code", path), violations);
  }
  unit.origin = {.document = from.origin().document(),
                 .previous = from.origin().previous(),
                 .next = from.origin().next(),
                 .key = from.origin().key()};
  if (v1::Unit::State_IsValid(from.state())) {
    unit.state = static_cast<UnitState>(from.state());
  } else {
    violations.push_back(
        {.field = fmt::format("{}state", path), .description = "is no state"});
  }
  unit.external_id = from.external_id();
  unit.usage_count = from.usage_count();
  unit.attribution = AttributionFromApi(from.attribution());
  unit.notes.assign(from.notes().begin(), from.notes().end());
  unit.properties = PropertiesFromApi(from.properties());
  return unit;
}

Unit UnitFromApi(const v1::Unit& from, std::string_view path,
                 std::vector<FieldViolation>& violations) {
  std::vector<FieldViolation> found;
  Unit unit = PartialUnitFromApi(from, path, found);
  std::vector<FieldViolation> more;
  ValidateUnit(unit, path, more);
  MergeViolations(std::move(more), found);
  violations.insert(violations.end(), std::make_move_iterator(found.begin()),
                    std::make_move_iterator(found.end()));
  return unit;
}

void MergeViolations(std::vector<FieldViolation> more,
                     std::vector<FieldViolation>& violations) {
  std::vector<FieldViolation> rest;
  for (FieldViolation& violation : violations) {
    auto same =
        std::ranges::find(more, violation.field, &FieldViolation::field);
    if (same == more.end()) {
      rest.push_back(std::move(violation));
    } else {
      *same = std::move(violation);
    }
  }
  violations = std::move(more);
  violations.insert(violations.end(), std::make_move_iterator(rest.begin()),
                    std::make_move_iterator(rest.end()));
}

WriteMode WriteModeFromApi(v1::WriteMode mode, std::string_view field,
                           std::vector<FieldViolation>& violations) {
  if (!v1::WriteMode_IsValid(mode)) {
    violations.push_back(
        {.field = std::string(field), .description = "is no write mode"});
  }
  return mode == v1::OVERWRITE ? WriteMode::kOverwrite
                               : WriteMode::kAddVariants;
}

}  // namespace tercet
