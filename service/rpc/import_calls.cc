#include "service/rpc/import_calls.h"

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "service/rpc/convert_import.h"
#include "service/rpc/page_token.h"
#include "service/rpc/request_check.h"
#include "service/rpc/send_response.h"

namespace tercet {
namespace {

constexpr int kDefaultImportPageSize = 50;
constexpr absl::Duration kUndoInterval = absl::Milliseconds(500);

Status Send(Call& call, const ImportEntry& entry, UndoStream& stream) {
  v1::UndoImportResponse message;
  *message.mutable_import() = ToApi(entry);
  return SendResponse(call, stream, message);
}

}  // namespace

Status GetImport(const Database& database, const v1::GetImportRequest& request,
                 v1::Import& response) {
  RequestCheck check;
  const ImportPlace place = check.Import("name", request.name());
  RETURN_IF_ERROR(check.status());
  ASSIGN_OR_RETURN(const ImportEntry entry,
                   database.GetImport(place.memory_id, place.number));
  response = ToApi(entry);
  return OkStatus();
}

Status ListImports(const Database& database,
                   const v1::ListImportsRequest& request,
                   v1::ListImportsResponse& response) {
  RequestCheck check;
  const MemoryScope scope = check.Scope("parent", request.parent());
  const PageRequest page = check.Page(request.page_size(), request.page_token(),
                                      kDefaultImportPageSize);
  RETURN_IF_ERROR(check.status());
  ASSIGN_OR_RETURN(const Page<ImportEntry> imports,
                   database.ListImports(scope.memory_id, page));
  for (const ImportEntry& entry : imports.items) {
    *response.add_imports() = ToApi(entry);
  }
  response.set_next_page_token(EncodePageToken(imports.next_token));
  return OkStatus();
}

Status UndoImport(Database& database, Call& call,
                  const v1::UndoImportRequest& request, UndoStream& stream) {
  RequestCheck check;
  const ImportPlace place = check.Import("name", request.name());
  RETURN_IF_ERROR(check.status());
  absl::Time next = absl::Now() + kUndoInterval;
  Status sent;
  const UndoOptions options{.validate_only = request.validate_only(),
                            .stop = [&]() -> Status {
                              RETURN_IF_ERROR(sent);
                              return call.stop()();
                            },
                            .on_progress =
                                [&](const ImportEntry& entry) {
                                  if (!sent.ok() || absl::Now() < next) return;
                                  next = absl::Now() + kUndoInterval;
                                  sent = Send(call, entry, stream);
                                }};
  ASSIGN_OR_RETURN(const ImportEntry entry,
                   database.UndoImport(place.memory_id, place.number, options));
  return Send(call, entry, stream);
}

}  // namespace tercet
