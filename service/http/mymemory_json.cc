#include "service/http/mymemory_json.h"

#include <algorithm>
#include <string>
#include <utility>

#include "service/http/error_json.h"
#include "service/http/json_value.h"
#include "service/http/time_text.h"

namespace tercet::http {
namespace {

using Json = nlohmann::ordered_json;

// A person's name; but MateCat takes all that have "mt" in them for machines.
std::string PersonName(const std::string& name) {
  std::string lower = name;
  std::ranges::transform(lower, lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  const bool named = !name.empty() && lower.find("mt") == lower.npos;
  return named ? name : "Tercet";
}

Json MatchJson(const MymemoryFound& found) {
  const v1::Unit& unit = found.unit;
  const std::string creator = PersonName(unit.attribution().creator());
  const std::string& changer = unit.attribution().changer();
  Json properties = Json::array();
  for (const v1::Property& property : unit.properties()) {
    properties.push_back(
        {{"type", property.type()}, {"value", property.value()}});
  }
  const std::string& name = unit.name();
  return {{"id", name},
          {"segment", found.source.text()},
          {"translation", found.target.text()},
          {"source", found.source.language_code()},
          {"target", found.target.language_code()},
          {"quality", "74"},
          {"reference", unit.origin().document()},
          {"usage-count", std::max<int64_t>(1, unit.usage_count())},
          {"subject", "All"},
          {"created-by", creator},
          {"last-updated-by", changer.empty() ? creator : PersonName(changer)},
          {"create-date", SpacedTime(unit.create_time().seconds())},
          {"last-update-date", SpacedTime(unit.update_time().seconds())},
          {"match", found.match},
          {"key", MymemoryKeyOf(unit)},
          {"ICE", found.in_context},
          {"penalty", found.penalty > 0 ? Json(found.penalty) : Json()},
          {"tm_properties", DumpJson(properties)},
          // MateCat decodes what is not null, and fails if that is no text.
          {"prop", nullptr},
          {"source_note", nullptr},
          {"target_note", ""}};
}

}  // namespace

std::string MymemoryKeyOf(const v1::Unit& unit) {
  // memories/{key}/units/...
  const std::string& name = unit.name();
  return name.substr(9, name.find('/', 9) - 9);
}

// What clients read even of an error: a number, and words.
Response MymemoryProblem(const Status& status) {
  const Response plain = ErrorResponse(status);
  const std::string message(MessageOf(status));
  const Json body = {{"responseData", {{"translatedText", ""}, {"match", 0.0}}},
                     {"responseStatus", plain.status},
                     {"responseDetails", message},
                     {"message", message},
                     {"error", {{"code", plain.status}, {"message", message}}},
                     {"matches", Json::array()}};
  return MakeResponse(plain.status, kJsonType, DumpJson(body));
}

Response MymemoryDone(Json data, Json details) {
  const Json body = {{"responseData", std::move(data)},
                     {"responseStatus", 200},
                     {"responseDetails", std::move(details)}};
  return MakeResponse(200, kJsonType, DumpJson(body));
}

// That there is nothing to delete. MateCat reads the body only where HTTP
// knows of no error, and there the object `error`.
Response MymemoryNothingToDelete() {
  const Json body = {{"responseData", {{"translatedText", "NO ID FOUND"}}},
                     {"responseStatus", 404},
                     {"responseDetails", "NO ID FOUND"},
                     {"error", {{"code", 404}, {"message", "NO ID FOUND"}}}};
  return MakeResponse(200, kJsonType, DumpJson(body));
}

Response MymemoryMatches(const std::vector<MymemoryFound>& found) {
  Json list = Json::array();
  for (const MymemoryFound& one : found) list.push_back(MatchJson(one));
  const bool any = !found.empty();
  const Json body = {
      {"responseData",
       {{"translatedText", any ? Json(found.front().target.text()) : Json("")},
        {"match", any ? found.front().match : 0.0}}},
      {"quotaFinished", false},
      {"mtLangSupported", true},
      {"responseDetails", ""},
      {"responseStatus", 200},
      {"responderId", "1"},
      {"matches", std::move(list)}};
  return MakeResponse(200, kJsonType, DumpJson(body));
}

Json MymemoryJob(const ImportJob& job) {
  const bool done = job.state != ImportJob::State::kRunning;
  const v1::ImportReport& report = job.import.report();
  const int64_t left_out = report.skipped_count() + report.failed_count();
  return {{"uuid", job.id},
          {"id", nullptr},
          {"creation_date", SpacedTime(job.begin_micros / 1'000'000)},
          {"totals", done ? Json(report.read_count()) : Json(nullptr)},
          {"completed", report.read_count() - left_out},
          {"skipped", left_out},
          {"status", job.state == ImportJob::State::kRunning ? 0
                     : job.state == ImportJob::State::kDone  ? 1
                                                             : 2},
          {"log", job.message}};
}

}  // namespace tercet::http
