// JSON lines: everything a unit has, one object a line.
#include <algorithm>
#include <utility>

#include "nlohmann/json.hpp"
#include "service/base/utf8.h"
#include "service/formats/date.h"
#include "service/formats/jsonl_names.h"
#include "service/formats/names.h"
#include "service/formats/writers.h"

namespace tercet {
namespace {

// Keeps the order in which members are added.
using Json = nlohmann::ordered_json;

void AddText(Json& object, const char* name, const std::string& value) {
  if (!value.empty()) object[name] = value;
}

void AddDate(Json& object, const char* name,
             const std::optional<int64_t>& micros) {
  if (!micros) return;
  if (const auto date = FormatIsoDate(*micros)) object[name] = *date;
}

void AddAttribution(Json& object, const Attribution& attribution) {
  AddText(object, jsonl::kCreator, attribution.creator);
  AddDate(object, jsonl::kCreated, attribution.creation_micros);
  AddText(object, jsonl::kChanger, attribution.changer);
  AddDate(object, jsonl::kChanged, attribution.change_micros);
}

void AddProperties(Json& object, const char* name,
                   const std::vector<Property>& properties) {
  for (const Property& property : properties) {
    Json entry;
    entry[jsonl::kType] = property.type;
    entry[jsonl::kValue] = property.value;
    object[name].push_back(std::move(entry));
  }
}

void AddNotes(Json& object, const std::vector<std::string>& notes) {
  if (!notes.empty()) object[jsonl::kNotes] = notes;
}

void AddCodes(Json& object, const Segment& segment) {
  const std::string_view text = segment.text;
  size_t bytes = 0;
  size_t code_points = 0;
  for (const InlineCode& code : segment.codes) {
    // Offsets ascend: count only from the code before.
    const size_t end = std::clamp<size_t>(code.offset, bytes, text.size());
    code_points += CountCodePoints(text.substr(bytes, end - bytes));
    bytes = end;
    Json entry;
    entry[jsonl::kKind] = std::string(CodeKindName(code.kind));
    entry[jsonl::kOffset] = code_points;
    AddText(entry, jsonl::kContent, code.content);
    if (code.content_is_xml) entry[jsonl::kXml] = true;
    AddProperties(entry, jsonl::kAttributes, code.attributes);
    object[jsonl::kCodes].push_back(std::move(entry));
  }
}

Json ToJson(const Variant& variant) {
  Json object;
  object[jsonl::kLanguage] = variant.language.code();
  object[jsonl::kText] = variant.segment.text;
  AddCodes(object, variant.segment);
  AddAttribution(object, variant.attribution);
  AddNotes(object, variant.notes);
  AddProperties(object, jsonl::kProperties, variant.properties);
  return object;
}

class JsonlWriter final : public UnitWriter {
 public:
  JsonlWriter(WriterOptions options, ByteSink& sink)
      : options_(std::move(options)), sink_(sink) {}

  Status Write(const WriteUnit& write) override {
    const Unit& unit = write.unit;
    Json variants = Json::array();
    for (const Variant& variant : unit.variants) {
      if (IsWanted(options_, variant.language)) {
        variants.push_back(ToJson(variant));
      }
    }
    if (variants.empty()) return OkStatus();

    Json object;
    AddText(
        object, jsonl::kId,
        unit.external_id.empty() ? std::string(write.id) : unit.external_id);
    if (IsWanted(options_, unit.source_language)) {
      AddText(object, jsonl::kSource, unit.source_language.code());
    }
    object[jsonl::kVariants] = std::move(variants);
    AddUnitFields(object, unit);
    // Replaces what is not UTF-8 rather than throwing.
    return sink_.Write(
        object.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n");
  }

  Status Finish() override { return OkStatus(); }

 private:
  static void AddUnitFields(Json& object, const Unit& unit) {
    AddText(object, jsonl::kDocument, unit.origin.document);
    AddText(object, jsonl::kPrevious, unit.origin.previous);
    AddText(object, jsonl::kNext, unit.origin.next);
    AddText(object, jsonl::kKey, unit.origin.key);
    if (unit.state != UnitState::kUnspecified) {
      object[jsonl::kState] = std::string(StateName(unit.state));
    }
    if (unit.usage_count > 0) object[jsonl::kUsageCount] = unit.usage_count;
    AddAttribution(object, unit.attribution);
    AddNotes(object, unit.notes);
    AddProperties(object, jsonl::kProperties, unit.properties);
  }

  WriterOptions options_;
  ByteSink& sink_;
};

}  // namespace

std::unique_ptr<UnitWriter> MakeJsonlWriter(WriterOptions options,
                                            ByteSink& sink) {
  return std::make_unique<JsonlWriter>(std::move(options), sink);
}

}  // namespace tercet
