// The answers of MyMemory's protocol, as MateCat, Weblate, Okapi and OmegaT
// read them.
#ifndef TERCET_SERVICE_HTTP_MYMEMORY_JSON_H_
#define TERCET_SERVICE_HTTP_MYMEMORY_JSON_H_

#include <string>
#include <vector>

#include "nlohmann/json.hpp"
#include "service/base/status.h"
#include "service/http/http_message.h"
#include "service/http/import_jobs.h"
#include "tercet/v1/resources.pb.h"

namespace tercet::http {

// A pair of texts with how well it fits. What it refers to must outlive it.
struct MymemoryFound {
  const v1::Unit& unit;
  const v1::Variant& source;
  const v1::Variant& target;
  double match = 0;  // 0 to 1.
  bool in_context = false;
  double penalty = 0;  // What was taken off the match.
};

// The key of a unit's memory.
std::string MymemoryKeyOf(const v1::Unit& unit);

// The answer to `get`. REQUIRES: the best come first.
Response MymemoryMatches(const std::vector<MymemoryFound>& found);

// `responseData` and `responseDetails` of what went well.
Response MymemoryDone(nlohmann::ordered_json data,
                      nlohmann::ordered_json details);
Response MymemoryNothingToDelete();
Response MymemoryProblem(const Status& status);

// How an import stands, as `responseData`.
nlohmann::ordered_json MymemoryJob(const ImportJob& job);

}  // namespace tercet::http

#endif  // TERCET_SERVICE_HTTP_MYMEMORY_JSON_H_
