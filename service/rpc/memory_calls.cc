#include "service/rpc/memory_calls.h"

#include <string>
#include <string_view>

#include "fmt/format.h"
#include "service/base/utf8.h"
#include "service/rpc/convert.h"
#include "service/rpc/page_token.h"
#include "service/rpc/request_check.h"
#include "service/rpc/update_mask.h"

namespace tercet {
namespace {

constexpr int kDefaultMemoryPageSize = 50;

// Checks the fields that users set, those of them that are given.
void CheckFields(const MemoryFields& fields, RequestCheck& check) {
  const size_t name_bytes = fields.display_name.value_or("").size();
  if (name_bytes > kMaxNameBytes) {
    check.Add("memory.display_name", fmt::format("has {} bytes; the most is {}",
                                                 name_bytes, kMaxNameBytes));
  }
  const int penalty = fields.penalty.value_or(0);
  if (penalty < 0 || penalty > kMaxMemoryPenalty) {
    check.Add("memory.penalty",
              fmt::format("{} is not in 0 to {}", penalty, kMaxMemoryPenalty));
  }
}

}  // namespace

Status CreateMemory(Database& database, const v1::CreateMemoryRequest& request,
                    v1::Memory& response) {
  RequestCheck check;
  if (!IsValidId(request.memory_id())) {
    check.Add("memory_id",
              fmt::format("'{}' is no id: it has 1 to {} of a-z, 0-9 and '-', "
                          "with no '-' at its ends",
                          TruncateUtf8(request.memory_id(), 200), kMaxIdBytes));
  }
  const MemoryFields fields = {.display_name = request.memory().display_name(),
                               .penalty = request.memory().penalty()};
  CheckFields(fields, check);
  RETURN_IF_ERROR(check.status());
  ASSIGN_OR_RETURN(
      const Memory memory,
      database.CreateMemory(request.memory_id(), fields,
                            {.validate_only = request.validate_only()}));
  response = ToApi(memory);
  return OkStatus();
}

Status GetMemory(const Database& database, const v1::GetMemoryRequest& request,
                 v1::Memory& response) {
  RequestCheck check;
  const std::string id = check.MemoryId("name", request.name());
  RETURN_IF_ERROR(check.status());
  ASSIGN_OR_RETURN(const Memory memory, database.GetMemory(id));
  response = ToApi(memory);
  return OkStatus();
}

Status ListMemories(const Database& database,
                    const v1::ListMemoriesRequest& request,
                    v1::ListMemoriesResponse& response) {
  RequestCheck check;
  const PageRequest page = check.Page(request.page_size(), request.page_token(),
                                      kDefaultMemoryPageSize);
  RETURN_IF_ERROR(check.status());
  ASSIGN_OR_RETURN(const Page<Memory> memories, database.ListMemories(page));
  for (const Memory& memory : memories.items) {
    *response.add_memories() = ToApi(memory);
  }
  response.set_next_page_token(EncodePageToken(memories.next_token));
  return OkStatus();
}

Status UpdateMemory(Database& database, const v1::UpdateMemoryRequest& request,
                    v1::Memory& response) {
  RequestCheck check;
  const std::string id = check.MemoryId("memory.name", request.memory().name());
  const MemoryFields fields =
      MaskedMemoryFields(request.memory(), request.update_mask(), check);
  CheckFields(fields, check);
  RETURN_IF_ERROR(check.status());
  ASSIGN_OR_RETURN(
      const Memory memory,
      database.UpdateMemory(id, fields,
                            {.etag = request.memory().etag(),
                             .validate_only = request.validate_only()}));
  response = ToApi(memory);
  return OkStatus();
}

Status DeleteMemory(Database& database,
                    const v1::DeleteMemoryRequest& request) {
  RequestCheck check;
  const std::string id = check.MemoryId("name", request.name());
  RETURN_IF_ERROR(check.status());
  return database.DeleteMemory(
      id, request.force(),
      {.etag = request.etag(), .validate_only = request.validate_only()});
}

}  // namespace tercet
