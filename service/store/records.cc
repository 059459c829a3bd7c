#include "service/store/records.h"

#include <utility>
#include <vector>

#include "fmt/format.h"
#include "service/base/utf8.h"
#include "service/store/record_parse.h"
#include "tercet/storage/v1/record.pb.h"

namespace tercet {
namespace {

namespace pb = ::tercet::storage::v1;

template <typename Message>
using Repeated = google::protobuf::RepeatedPtrField<Message>;

// Domain to record.

void EncodeProperties(const std::vector<Property>& properties,
                      Repeated<pb::PropertyRecord>& records) {
  for (const Property& property : properties) {
    pb::PropertyRecord& record = *records.Add();
    record.set_type(property.type);
    record.set_value(property.value);
  }
}

void EncodeNotes(const std::vector<std::string>& notes,
                 Repeated<std::string>& records) {
  for (const std::string& note : notes) *records.Add() = note;
}

void EncodeAttribution(const Attribution& attribution,
                       pb::AttributionRecord& record) {
  record.set_creator(attribution.creator);
  if (attribution.creation_micros) {
    record.set_creation_micros(*attribution.creation_micros);
  }
  record.set_changer(attribution.changer);
  if (attribution.change_micros) {
    record.set_change_micros(*attribution.change_micros);
  }
}

void EncodeCode(const InlineCode& code, pb::CodeRecord& record) {
  record.set_kind(static_cast<uint32_t>(code.kind));
  record.set_offset(code.offset);
  record.set_content(code.content);
  record.set_content_is_xml(code.content_is_xml);
  EncodeProperties(code.attributes, *record.mutable_attributes());
}

void EncodeVariant(const Variant& variant, pb::VariantRecord& record) {
  record.set_language(variant.language.code());
  record.set_text(variant.segment.text);
  for (const InlineCode& code : variant.segment.codes) {
    EncodeCode(code, *record.add_codes());
  }
  if (variant.attribution != Attribution()) {
    EncodeAttribution(variant.attribution, *record.mutable_attribution());
  }
  EncodeNotes(variant.notes, *record.mutable_notes());
  EncodeProperties(variant.properties, *record.mutable_properties());
}

void EncodeOrigin(const Origin& origin, pb::UnitRecord& record) {
  record.set_document(origin.document);
  record.set_previous(origin.previous);
  record.set_next(origin.next);
  record.set_key(origin.key);
}

// Record to domain. The strings are moved out of the records.

std::vector<Property> DecodeProperties(Repeated<pb::PropertyRecord>& records) {
  std::vector<Property> properties;
  properties.reserve(static_cast<size_t>(records.size()));
  for (pb::PropertyRecord& record : records) {
    properties.push_back({.type = std::move(*record.mutable_type()),
                          .value = std::move(*record.mutable_value())});
  }
  return properties;
}

std::vector<std::string> DecodeNotes(Repeated<std::string>& records) {
  return {std::make_move_iterator(records.begin()),
          std::make_move_iterator(records.end())};
}

Attribution DecodeAttribution(pb::AttributionRecord& record) {
  Attribution attribution;
  attribution.creator = std::move(*record.mutable_creator());
  if (record.has_creation_micros()) {
    attribution.creation_micros = record.creation_micros();
  }
  attribution.changer = std::move(*record.mutable_changer());
  if (record.has_change_micros()) {
    attribution.change_micros = record.change_micros();
  }
  return attribution;
}

StatusOr<InlineCode> DecodeCode(pb::CodeRecord& record) {
  if (record.kind() < static_cast<uint32_t>(InlineCode::Kind::kBeginPaired) ||
      record.kind() > static_cast<uint32_t>(InlineCode::Kind::kUnknownTag)) {
    return Damaged("unit", fmt::format("code of kind {}", record.kind()));
  }
  InlineCode code;
  code.kind = static_cast<InlineCode::Kind>(record.kind());
  code.offset = record.offset();
  code.content = std::move(*record.mutable_content());
  code.content_is_xml = record.content_is_xml();
  code.attributes = DecodeProperties(*record.mutable_attributes());
  return code;
}

// Checks what readers of a text rely on: that it is UTF-8, and that codes are
// in it and in order.
StatusOr<Segment> DecodeSegment(pb::VariantRecord& record) {
  Segment segment;
  segment.text = std::move(*record.mutable_text());
  if (segment.text.empty() || !IsValidUtf8(segment.text)) {
    return Damaged("unit", "a text is empty or not UTF-8");
  }
  uint32_t least_offset = 0;
  for (pb::CodeRecord& code_record : *record.mutable_codes()) {
    ASSIGN_OR_RETURN(InlineCode code, DecodeCode(code_record));
    if (code.offset < least_offset ||
        !IsCharacterStart(segment.text, code.offset)) {
      return Damaged("unit", fmt::format("code at byte {}", code.offset));
    }
    least_offset = code.offset;
    segment.codes.push_back(std::move(code));
  }
  return segment;
}

StatusOr<LanguageTag> DecodeLanguage(const std::string& code) {
  StatusOr<LanguageTag> language = LanguageTag::Parse(code);
  if (!language.ok()) return Damaged("unit", MessageOf(language.status()));
  return language;
}

StatusOr<Variant> DecodeVariant(pb::VariantRecord& record) {
  Variant variant;
  ASSIGN_OR_RETURN(variant.language, DecodeLanguage(record.language()));
  ASSIGN_OR_RETURN(variant.segment, DecodeSegment(record));
  if (record.has_attribution()) {
    variant.attribution = DecodeAttribution(*record.mutable_attribution());
  }
  variant.notes = DecodeNotes(*record.mutable_notes());
  variant.properties = DecodeProperties(*record.mutable_properties());
  return variant;
}

StatusOr<Origin> DecodeOrigin(pb::UnitRecord& record) {
  Origin origin;
  origin.document = std::move(*record.mutable_document());
  origin.previous = std::move(*record.mutable_previous());
  origin.next = std::move(*record.mutable_next());
  origin.key = std::move(*record.mutable_key());
  if (!IsValidUtf8(origin.previous) || !IsValidUtf8(origin.next)) {
    return Damaged("unit", "a neighbour is not UTF-8");
  }
  return origin;
}

StatusOr<Unit> DecodeUnitFields(pb::UnitRecord& record) {
  Unit unit;
  if (record.variants().empty()) return Damaged("unit", "it has no variants");
  for (pb::VariantRecord& variant_record : *record.mutable_variants()) {
    ASSIGN_OR_RETURN(Variant variant, DecodeVariant(variant_record));
    unit.variants.push_back(std::move(variant));
  }
  if (!record.source_language().empty()) {
    ASSIGN_OR_RETURN(unit.source_language,
                     DecodeLanguage(record.source_language()));
  }
  ASSIGN_OR_RETURN(unit.origin, DecodeOrigin(record));
  if (record.state() > static_cast<uint32_t>(UnitState::kConfirmed)) {
    return Damaged("unit", fmt::format("its state is {}", record.state()));
  }
  unit.state = static_cast<UnitState>(record.state());
  unit.external_id = std::move(*record.mutable_external_id());
  unit.usage_count = record.usage_count();
  unit.attribution = DecodeAttribution(*record.mutable_attribution());
  unit.notes = DecodeNotes(*record.mutable_notes());
  unit.properties = DecodeProperties(*record.mutable_properties());
  return unit;
}

}  // namespace

std::string EncodeUnit(const StoredUnit& stored) {
  const Unit& unit = stored.unit;
  pb::UnitRecord record;
  record.set_id(stored.id);
  record.set_revision(static_cast<uint64_t>(stored.revision));
  record.set_create_micros(stored.create_micros);
  record.set_update_micros(stored.update_micros);
  for (const Variant& variant : unit.variants) {
    EncodeVariant(variant, *record.add_variants());
  }
  record.set_source_language(unit.source_language.code());
  EncodeOrigin(unit.origin, record);
  record.set_state(static_cast<uint32_t>(unit.state));
  record.set_external_id(unit.external_id);
  record.set_usage_count(unit.usage_count);
  if (unit.attribution != Attribution()) {
    EncodeAttribution(unit.attribution, *record.mutable_attribution());
  }
  EncodeNotes(unit.notes, *record.mutable_notes());
  EncodeProperties(unit.properties, *record.mutable_properties());
  for (const ImportNumber import : stored.imports) {
    record.add_imports(static_cast<uint64_t>(import));
  }
  return record.SerializeAsString();
}

StatusOr<StoredUnit> DecodeUnit(std::string_view bytes) {
  ASSIGN_OR_RETURN(pb::UnitRecord record,
                   ParseMessage<pb::UnitRecord>("unit", bytes));
  if (!IsValidId(record.id())) return Damaged("unit", "its id is no id");
  StoredUnit stored;
  stored.id = std::move(*record.mutable_id());
  stored.revision = Revision(record.revision());
  stored.create_micros = record.create_micros();
  stored.update_micros = record.update_micros();
  ASSIGN_OR_RETURN(stored.unit, DecodeUnitFields(record));
  for (const uint64_t import : record.imports()) {
    stored.imports.push_back(ImportNumber{import});
  }
  return stored;
}

std::string EncodeMemory(const StoredMemory& memory) {
  pb::MemoryRecord record;
  record.set_number(static_cast<uint32_t>(memory.number));
  record.set_display_name(memory.display_name);
  record.set_penalty(memory.penalty);
  record.set_create_micros(memory.create_micros);
  record.set_update_micros(memory.update_micros);
  record.set_revision(static_cast<uint64_t>(memory.revision));
  record.set_unit_count(memory.unit_count);
  for (const auto& [language, count] : memory.language_counts) {
    pb::LanguageCountRecord& entry = *record.add_language_counts();
    entry.set_language(language);
    entry.set_count(count);
  }
  record.set_next_unit_number(static_cast<uint64_t>(memory.next_unit_number));
  return record.SerializeAsString();
}

StatusOr<StoredMemory> DecodeMemory(std::string_view id,
                                    std::string_view bytes) {
  ASSIGN_OR_RETURN(pb::MemoryRecord record,
                   ParseMessage<pb::MemoryRecord>("memory", bytes));
  StoredMemory memory;
  memory.id = id;
  memory.number = MemoryNumber(record.number());
  memory.display_name = std::move(*record.mutable_display_name());
  memory.penalty = record.penalty();
  memory.create_micros = record.create_micros();
  memory.update_micros = record.update_micros();
  memory.revision = Revision(record.revision());
  memory.unit_count = record.unit_count();
  for (const pb::LanguageCountRecord& entry : record.language_counts()) {
    memory.language_counts[entry.language()] = entry.count();
  }
  memory.next_unit_number = UnitNumber(record.next_unit_number());
  return memory;
}

std::string EncodeChange(const StoredChange& change) {
  pb::ChangeRecord record;
  record.set_memory(static_cast<uint32_t>(change.memory));
  record.set_unit(static_cast<uint64_t>(change.unit));
  record.set_kind(change.kind == StoredChange::Kind::kPut
                      ? pb::ChangeRecord::PUT
                      : pb::ChangeRecord::DELETE);
  record.set_micros(change.micros);
  return record.SerializeAsString();
}

StatusOr<StoredChange> DecodeChange(std::string_view bytes) {
  ASSIGN_OR_RETURN(pb::ChangeRecord record,
                   ParseMessage<pb::ChangeRecord>("change", bytes));
  if (record.kind() != pb::ChangeRecord::PUT &&
      record.kind() != pb::ChangeRecord::DELETE) {
    return Damaged("change", fmt::format("its kind is {}",
                                         static_cast<int>(record.kind())));
  }
  return StoredChange{.memory = MemoryNumber(record.memory()),
                      .unit = UnitNumber(record.unit()),
                      .kind = record.kind() == pb::ChangeRecord::PUT
                                  ? StoredChange::Kind::kPut
                                  : StoredChange::Kind::kDelete,
                      .micros = record.micros()};
}

}  // namespace tercet
