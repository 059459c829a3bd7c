#include "service/rpc/import_stream.h"

#include "fmt/format.h"
#include "service/model/limits.h"
#include "service/rpc/convert.h"
#include "service/rpc/file_format.h"
#include "service/rpc/request_check.h"

namespace tercet {
namespace {

Status CheckChunk(const v1::ImportUnitsRequest& request) {
  if (!request.has_chunk()) {
    return InvalidFields(
        {{.field = "chunk",
          .description = "must be set in every message but the first"}});
  }
  if (request.chunk().size() > kMaxChunkBytes) {
    return InvalidFields(
        {{.field = "chunk",
          .description = fmt::format("has {} bytes; the most is {}",
                                     request.chunk().size(), kMaxChunkBytes)}});
  }
  return OkStatus();
}

UnitState StateFromApi(v1::Unit::State state, std::string_view field,
                       RequestCheck& check) {
  if (!v1::Unit::State_IsValid(state)) check.Add(field, "is no state");
  return static_cast<UnitState>(state);
}

}  // namespace

StatusOr<ImportPlan> ReadImportConfig(Call& call, ImportStream& stream) {
  v1::ImportUnitsRequest request;
  const bool has_message = stream.Read(&request);
  RETURN_IF_ERROR(call.CheckNow());
  if (!has_message || !request.has_config()) {
    return MakeError(StatusCode::kInvalidArgument,
                     "the first message of an import must have config set",
                     {.reason = "IMPORT_CONFIG_MISSING"});
  }
  call.CountRequest(request);
  const v1::ImportConfig& config = request.config();
  RequestCheck check;
  ImportPlan plan;
  plan.memory_id = check.MemoryId("config.memory", config.memory());
  plan.format = FormatFromApi(config.format(), "config.format", check);
  plan.validate_only = config.validate_only();
  plan.write_mode = WriteModeFromApi(config.write_mode(), "config.write_mode",
                                     check.violations());
  plan.default_state =
      StateFromApi(config.default_state(), "config.default_state", check);
  if (config.total_bytes() < 0) check.Add("config.total_bytes", "is negative");
  RETURN_IF_ERROR(check.status());
  return plan;
}

StatusOr<std::string_view> ChunkSource::Read() {
  do {
    if (!stream_.Read(&request_)) {
      // A client that breaks off looks at first like one that ends; a file cut
      // inside a line must not be taken for a whole one. Only the second can
      // still be told something.
      RETURN_IF_ERROR(call_.CheckNow());
      RETURN_IF_ERROR(reporter_.Flush());
      RETURN_IF_ERROR(call_.CheckNow());
      return std::string_view();
    }
    call_.CountRequest(request_);
    RETURN_IF_ERROR(CheckChunk(request_));
  } while (request_.chunk().empty());
  reporter_.CountBytes(static_cast<int64_t>(request_.chunk().size()));
  return std::string_view(request_.chunk());
}

}  // namespace tercet
