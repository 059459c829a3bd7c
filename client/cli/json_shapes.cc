#include "client/cli/json_shapes.h"

#include <google/protobuf/util/time_util.h>

#include <algorithm>
#include <string>

#include "client/cli/ascii.h"
#include "client/cli/names.h"

namespace tercet::cli {
namespace {

// Members that say nothing are left out, but for those that are promised.
void AddUnlessEmpty(Json& json, const char* key, const std::string& value) {
  if (!value.empty()) json[key] = value;
}

template <typename Strings>
void AddUnlessEmptyList(Json& json, const char* key, const Strings& values) {
  for (const std::string& value : values) json[key].push_back(value);
}

template <typename Properties>
void AddProperties(Json& json, const char* key, const Properties& properties) {
  for (const v1::Property& property : properties) {
    json[key].push_back(
        {{"type", property.type()}, {"value", property.value()}});
  }
}

void AddAttribution(Json& json, const v1::Attribution& attribution) {
  Json who;
  AddUnlessEmpty(who, "creator", attribution.creator());
  if (attribution.has_creation_time()) {
    who["creation_time"] = FormatTimestamp(attribution.creation_time());
  }
  AddUnlessEmpty(who, "changer", attribution.changer());
  if (attribution.has_change_time()) {
    who["change_time"] = FormatTimestamp(attribution.change_time());
  }
  if (!who.empty()) json["attribution"] = who;
}

void AddCodes(Json& json, const v1::Variant& variant) {
  for (const v1::InlineCode& code : variant.codes()) {
    Json entry = {{"kind", KebabCase(v1::InlineCode::Kind_Name(code.kind()))},
                  {"offset", code.offset()},
                  {"content", code.content()}};
    AddProperties(entry, "attributes", code.attributes());
    json["codes"].push_back(entry);
  }
}

Json TextJson(const v1::Variant& variant) {
  Json json = {{"language", variant.language_code()}, {"text", variant.text()}};
  AddCodes(json, variant);
  return json;
}

Json VariantJson(const v1::Variant& variant) {
  Json json = TextJson(variant);
  AddAttribution(json, variant.attribution());
  AddUnlessEmptyList(json, "notes", variant.notes());
  AddProperties(json, "properties", variant.properties());
  return json;
}

void AddOrigin(Json& json, const v1::Origin& origin) {
  AddUnlessEmpty(json, "document", origin.document());
  AddUnlessEmpty(json, "previous", origin.previous());
  AddUnlessEmpty(json, "next", origin.next());
  AddUnlessEmpty(json, "key", origin.key());
}

Json EditJson(const v1::Edit& edit) {
  return {{"op", KebabCase(v1::Edit::Op_Name(edit.op()))},
          {"what", KebabCase(v1::Edit::What_Name(edit.what()))},
          {"stored", {edit.stored_begin(), edit.stored_end()}},
          {"query", {edit.query_begin(), edit.query_end()}},
          {"cost", edit.cost()}};
}

Json PlaceableJson(const v1::PlaceableDifference& difference) {
  return {{"kind",
           KebabCase(v1::PlaceableDifference::Kind_Name(difference.kind()))},
          {"stored_value", difference.stored_value()},
          {"query_value", difference.query_value()},
          {"carries_over", difference.carries_over()},
          {"stored", {difference.stored_begin(), difference.stored_end()}},
          {"query", {difference.query_begin(), difference.query_end()}}};
}

}  // namespace

std::string KindName(v1::Match::Kind kind) {
  return KebabCase(v1::Match::Kind_Name(kind));
}

std::string FormatTimestamp(const google::protobuf::Timestamp& time) {
  return google::protobuf::util::TimeUtil::ToString(time);
}

Json ToJson(const v1::Memory& memory) {
  Json languages = Json::array();
  for (const v1::LanguageCount& count : memory.language_counts()) {
    languages.push_back({{"language", count.language_code()},
                         {"variants", count.variant_count()}});
  }
  Json json = {{"name", memory.name()},
               {"display_name", memory.display_name()},
               {"penalty", memory.penalty()},
               {"units", memory.unit_count()},
               {"languages", languages}};
  if (memory.has_create_time()) {
    json["create_time"] = FormatTimestamp(memory.create_time());
  }
  if (memory.has_update_time()) {
    json["update_time"] = FormatTimestamp(memory.update_time());
  }
  AddUnlessEmpty(json, "etag", memory.etag());
  return json;
}

Json ToJson(const v1::Unit& unit) {
  Json variants = Json::array();
  for (const v1::Variant& variant : unit.variants()) {
    variants.push_back(VariantJson(variant));
  }
  Json json = {{"name", unit.name()}, {"variants", variants}};
  AddUnlessEmpty(json, "source_language", unit.source_language_code());
  AddOrigin(json, unit.origin());
  json["state"] = NameOfState(unit.state());
  AddUnlessEmpty(json, "external_id", unit.external_id());
  if (unit.usage_count() != 0) json["usage_count"] = unit.usage_count();
  AddAttribution(json, unit.attribution());
  AddUnlessEmptyList(json, "notes", unit.notes());
  AddProperties(json, "properties", unit.properties());
  if (unit.has_create_time()) {
    json["create_time"] = FormatTimestamp(unit.create_time());
  }
  if (unit.has_update_time()) {
    json["update_time"] = FormatTimestamp(unit.update_time());
  }
  AddUnlessEmpty(json, "etag", unit.etag());
  AddUnlessEmptyList(json, "imports", unit.imports());
  return json;
}

Json ToJson(const v1::Match& match) {
  Json targets = Json::array();
  for (const v1::Variant& target : match.targets()) {
    targets.push_back(TextJson(target));
  }
  for (const v1::AdaptedTarget& adapted : match.adapted_targets()) {
    const auto place = static_cast<size_t>(adapted.target());
    if (place < targets.size()) {
      targets[place]["adapted_text"] = adapted.text();
    }
  }
  Json penalties = Json::array();
  for (const v1::Penalty& penalty : match.penalties()) {
    penalties.push_back(
        {{"reason", penalty.reason()}, {"points", penalty.points()}});
  }
  Json edits = Json::array();
  for (const v1::Edit& edit : match.edits()) edits.push_back(EditJson(edit));
  Json placeables = Json::array();
  for (const v1::PlaceableDifference& difference : match.placeables()) {
    placeables.push_back(PlaceableJson(difference));
  }
  return {{"score", match.score()},
          {"kind", KindName(match.kind())},
          {"text_score", match.text_score()},
          {"penalties", penalties},
          {"source", match.source().text()},
          {"source_language", match.source().language_code()},
          {"targets", targets},
          {"unit", match.unit().name()},
          {"document", match.unit().origin().document()},
          {"edits", edits},
          {"edit_cost", match.edit_cost()},
          {"length", match.length()},
          {"placeables", placeables},
          {"scoring_version", match.scoring_version()}};
}

Json ToJson(const v1::IndexInfo& info) {
  return {{"segments", info.segment_count()},
          {"memory_bytes", info.memory_bytes()},
          {"disk_bytes", info.disk_bytes()},
          {"revision", info.revision()},
          {"snapshot_revision", info.snapshot_revision()},
          {"rebuild_units_done", info.rebuild_units_done()},
          {"rebuild_units_total", info.rebuild_units_total()}};
}

Json ToJson(const v1::SearchHit& hit) {
  Json variants = Json::array();
  for (const v1::Variant& variant : hit.unit().variants()) {
    Json json = TextJson(variant);
    json["spans"] = Json::array();
    variants.push_back(json);
  }
  for (const v1::VariantHit& variant : hit.variant_hits()) {
    const int i = variant.variant_index();
    if (i < 0 || i >= hit.unit().variants_size()) continue;
    for (const v1::TextSpan& span : variant.spans()) {
      variants[i]["spans"].push_back({span.begin(), span.end()});
    }
  }
  return {{"unit", hit.unit().name()},
          {"document", hit.unit().origin().document()},
          {"variants", variants}};
}

Json ToJson(const v1::ServerInfo& info) {
  return {{"version", info.version()},
          {"start_time", FormatTimestamp(info.start_time())},
          {"uptime_seconds", info.uptime_seconds()},
          {"memories", info.memory_count()},
          {"units", info.unit_count()},
          {"disk_bytes", info.disk_bytes()},
          {"index", ToJson(info.index())},
          {"scoring_version", info.scoring_version()},
          {"analysis_version", info.analysis_version()}};
}

Json ToJson(const v1::ImportProblem& problem) {
  Json json = {{"kind", NameOfKind(problem.kind())},
               {"line", problem.line()},
               {"byte_offset", problem.byte_offset()},
               {"reason", problem.reason()},
               {"message", problem.message()}};
  AddUnlessEmpty(json, "file", problem.file());
  AddUnlessEmpty(json, "unit", problem.unit_id());
  AddUnlessEmpty(json, "excerpt", problem.excerpt());
  return json;
}

Json ToJson(const v1::ImportReport& report) {
  Json reasons = Json::array();
  for (const v1::ReasonCount& reason : report.reason_counts()) {
    reasons.push_back({{"kind", NameOfKind(reason.kind())},
                       {"reason", reason.reason()},
                       {"count", reason.count()}});
  }
  Json problems = Json::array();
  for (const v1::ImportProblem& problem : report.problems()) {
    problems.push_back(ToJson(problem));
  }
  return {{"read", report.read_count()},
          {"created", report.created_count()},
          {"updated", report.updated_count()},
          {"variants_added", report.variants_added_count()},
          {"duplicates", report.duplicate_count()},
          {"skipped", report.skipped_count()},
          {"failed", report.failed_count()},
          {"warnings", report.warning_count()},
          {"new_variants", report.new_variant_count()},
          {"removed_variants", report.removed_variant_count()},
          {"reasons", reasons},
          {"problems", problems}};
}

Json ToJson(const v1::Import& import) {
  Json json;
  AddUnlessEmpty(json, "name", import.name());
  json["state"] = NameOfState(import.state());
  AddUnlessEmpty(json, "source", import.source());
  AddUnlessEmpty(json, "options", import.options());
  AddUnlessEmpty(json, "requester", import.requester());
  json["create_time"] = FormatTimestamp(import.create_time());
  json["update_time"] = FormatTimestamp(import.update_time());
  json["report"] = ToJson(import.report());
  json["durable_bytes"] = import.durable_bytes();
  AddUnlessEmpty(json, "error_reason", import.error_reason());
  AddUnlessEmpty(json, "error_message", import.error_message());
  if (import.has_undo()) {
    json["undo"] = {{"deleted", import.undo().deleted_count()},
                    {"restored", import.undo().restored_count()},
                    {"kept", import.undo().kept_count()}};
  }
  return json;
}

Json LookupJson(std::string_view query,
                const google::protobuf::RepeatedPtrField<v1::Match>& matches) {
  Json list = Json::array();
  for (const v1::Match& match : matches) list.push_back(ToJson(match));
  return {{"query", query}, {"matches", list}};
}

}  // namespace tercet::cli
