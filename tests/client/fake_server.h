// A server whose answers a test writes, for faults that the real one does not
// have; and a run of the whole command line against it.
#ifndef TERCET_TESTS_CLIENT_FAKE_SERVER_H_
#define TERCET_TESTS_CLIENT_FAKE_SERVER_H_

#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "client/cli/environment.h"
#include "client/cli/exit_code.h"
#include "tercet/v1/errors.pb.h"
#include "tercet/v1/lookup_service.grpc.pb.h"
#include "tercet/v1/memory_service.grpc.pb.h"
#include "tercet/v1/server_service.grpc.pb.h"

namespace tercet {

// Serves in this process, without a port. Set the answers before the calls.
class FakeServer {
 public:
  using LookupStream =
      grpc::ServerReaderWriter<v1::StreamLookupSegmentsResponse,
                               v1::LookupSegmentRequest>;
  using ImportStream =
      grpc::ServerReaderWriter<v1::ImportUnitsResponse, v1::ImportUnitsRequest>;
  using ExportStream = grpc::ServerWriter<v1::ExportUnitsResponse>;

  FakeServer();
  ~FakeServer();
  FakeServer(const FakeServer&) = delete;
  FakeServer& operator=(const FakeServer&) = delete;

  std::shared_ptr<grpc::Channel> Channel();

  // What is not set answers UNIMPLEMENTED.
  std::function<grpc::Status(v1::ServerInfo&)> get_server_info;
  std::function<grpc::Status(const v1::CreateMemoryRequest&, v1::Memory&)>
      create_memory;
  std::function<grpc::Status(const v1::ListMemoriesRequest&,
                             v1::ListMemoriesResponse&)>
      list_memories;
  std::function<grpc::Status(const v1::GetUnitRequest&, v1::Unit&)> get_unit;
  std::function<grpc::Status(const v1::UpdateUnitRequest&, v1::Unit&)>
      update_unit;
  std::function<grpc::Status(const v1::LookupSegmentRequest&,
                             v1::LookupSegmentResponse&)>
      lookup_segment;
  std::function<grpc::Status(const v1::LookupExactRequest&,
                             v1::LookupExactResponse&)>
      lookup_exact;
  std::function<grpc::Status(const v1::SearchUnitsRequest&,
                             v1::SearchUnitsResponse&)>
      search_units;
  std::function<grpc::Status(LookupStream&)> stream_lookup;
  std::function<grpc::Status(ImportStream&)> import_units;
  std::function<grpc::Status(const v1::ExportUnitsRequest&, ExportStream&)>
      export_units;

 private:
  class Memories;
  class Lookups;
  class Info;

  std::unique_ptr<Memories> memories_;
  std::unique_ptr<Lookups> lookups_;
  std::unique_ptr<Info> info_;
  std::unique_ptr<grpc::Server> server_;
};

// An error with the details a real server sends.
grpc::Status ErrorWithDetails(grpc::StatusCode code, const std::string& message,
                              const v1::ErrorInfo& info,
                              const v1::BadRequest& bad_request = {},
                              const v1::RetryInfo& retry = {});

// What a run of the program left.
struct RunResult {
  cli::ExitCode code = cli::ExitCode::kOk;
  std::string out;
  std::string err;
};

// How the program is run.
struct RunOptions {
  std::string input;                             // Standard input.
  std::map<std::string, std::string> variables;  // Of the environment.
  bool terminal = false;                         // All three are terminals.
};

// Runs `tercet ARGUMENTS` with the fake in place of every server.
RunResult RunTercet(FakeServer& server,
                    const std::vector<std::string>& arguments,
                    const RunOptions& options = {});

}  // namespace tercet

#endif  // TERCET_TESTS_CLIENT_FAKE_SERVER_H_
