// What t5memory's `status` says of a memory and of the last import into it.
#ifndef TERCET_SERVICE_HTTP_T5MEMORY_STATUS_H_
#define TERCET_SERVICE_HTTP_T5MEMORY_STATUS_H_

#include <optional>

#include "nlohmann/json.hpp"
#include "service/http/import_jobs.h"
#include "tercet/v1/resources.pb.h"

namespace tercet::http {

// `job` is the latest import into a memory of that id; one that began before
// this memory was created went to another, which was deleted.
nlohmann::ordered_json T5memoryStatus(const v1::Memory& memory,
                                      const std::optional<ImportJob>& job);

}  // namespace tercet::http

#endif  // TERCET_SERVICE_HTTP_T5MEMORY_STATUS_H_
