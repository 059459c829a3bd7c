#include "tests/client/fake_server.h"

#include <cstdio>
#include <cstdlib>
#include <optional>

#include "client/cli/run.h"

namespace tercet {
namespace {

grpc::Status NotSet() {
  return {grpc::StatusCode::UNIMPLEMENTED, "the test does not answer this"};
}

void AddDetail(const google::protobuf::Message& detail, const std::string& type,
               v1::ErrorStatus& status) {
  google::protobuf::Any& any = *status.add_details();
  any.set_type_url("type.googleapis.com/google.rpc." + type);
  any.set_value(detail.SerializeAsString());
}

// A file that is read back as a string.
class TextFile {
 public:
  explicit TextFile(const std::string& content = "") : file_(std::tmpfile()) {
    std::fwrite(content.data(), 1, content.size(), file_);
    std::rewind(file_);
  }
  ~TextFile() { std::fclose(file_); }
  TextFile(const TextFile&) = delete;
  TextFile& operator=(const TextFile&) = delete;

  std::FILE* file() const { return file_; }

  std::string Read() const {
    std::fflush(file_);
    std::rewind(file_);
    std::string text;
    for (int c = std::fgetc(file_); c != EOF; c = std::fgetc(file_)) {
      text += static_cast<char>(c);
    }
    return text;
  }

 private:
  std::FILE* file_;
};

}  // namespace

class FakeServer::Memories : public v1::MemoryService::Service {
 public:
  explicit Memories(FakeServer& fake) : fake_(fake) {}

  grpc::Status CreateMemory(grpc::ServerContext* context,
                            const v1::CreateMemoryRequest* request,
                            v1::Memory* response) override {
    if (!fake_.create_memory) return NotSet();
    return fake_.create_memory(*request, *response);
  }
  grpc::Status ListMemories(grpc::ServerContext* context,
                            const v1::ListMemoriesRequest* request,
                            v1::ListMemoriesResponse* response) override {
    if (!fake_.list_memories) return NotSet();
    return fake_.list_memories(*request, *response);
  }
  grpc::Status GetUnit(grpc::ServerContext* context,
                       const v1::GetUnitRequest* request,
                       v1::Unit* response) override {
    if (!fake_.get_unit) return NotSet();
    return fake_.get_unit(*request, *response);
  }
  grpc::Status UpdateUnit(grpc::ServerContext* context,
                          const v1::UpdateUnitRequest* request,
                          v1::Unit* response) override {
    if (!fake_.update_unit) return NotSet();
    return fake_.update_unit(*request, *response);
  }
  grpc::Status ImportUnits(grpc::ServerContext* context,
                           ImportStream* stream) override {
    return fake_.import_units ? fake_.import_units(*stream) : NotSet();
  }
  grpc::Status ExportUnits(grpc::ServerContext* context,
                           const v1::ExportUnitsRequest* request,
                           ExportStream* stream) override {
    if (!fake_.export_units) return NotSet();
    return fake_.export_units(*request, *stream);
  }

 private:
  FakeServer& fake_;
};

class FakeServer::Lookups : public v1::LookupService::Service {
 public:
  explicit Lookups(FakeServer& fake) : fake_(fake) {}

  grpc::Status LookupSegment(grpc::ServerContext* context,
                             const v1::LookupSegmentRequest* request,
                             v1::LookupSegmentResponse* response) override {
    if (!fake_.lookup_segment) return NotSet();
    return fake_.lookup_segment(*request, *response);
  }
  grpc::Status LookupExact(grpc::ServerContext* context,
                           const v1::LookupExactRequest* request,
                           v1::LookupExactResponse* response) override {
    if (!fake_.lookup_exact) return NotSet();
    return fake_.lookup_exact(*request, *response);
  }
  grpc::Status SearchUnits(grpc::ServerContext* context,
                           const v1::SearchUnitsRequest* request,
                           v1::SearchUnitsResponse* response) override {
    if (!fake_.search_units) return NotSet();
    return fake_.search_units(*request, *response);
  }
  grpc::Status StreamLookupSegments(grpc::ServerContext* context,
                                    LookupStream* stream) override {
    return fake_.stream_lookup ? fake_.stream_lookup(*stream) : NotSet();
  }

 private:
  FakeServer& fake_;
};

class FakeServer::Info : public v1::ServerService::Service {
 public:
  explicit Info(FakeServer& fake) : fake_(fake) {}

  grpc::Status GetServerInfo(grpc::ServerContext* context,
                             const v1::GetServerInfoRequest* request,
                             v1::ServerInfo* response) override {
    return fake_.get_server_info ? fake_.get_server_info(*response) : NotSet();
  }

 private:
  FakeServer& fake_;
};

FakeServer::FakeServer()
    : memories_(std::make_unique<Memories>(*this)),
      lookups_(std::make_unique<Lookups>(*this)),
      info_(std::make_unique<Info>(*this)) {
  grpc::ServerBuilder builder;
  builder.RegisterService(memories_.get());
  builder.RegisterService(lookups_.get());
  builder.RegisterService(info_.get());
  server_ = builder.BuildAndStart();
}

FakeServer::~FakeServer() { server_->Shutdown(); }

std::shared_ptr<grpc::Channel> FakeServer::Channel() {
  return server_->InProcessChannel({});
}

grpc::Status ErrorWithDetails(grpc::StatusCode code, const std::string& message,
                              const v1::ErrorInfo& info,
                              const v1::BadRequest& bad_request,
                              const v1::RetryInfo& retry) {
  v1::ErrorStatus status;
  status.set_code(code);
  status.set_message(message);
  AddDetail(info, "ErrorInfo", status);
  if (!bad_request.field_violations().empty()) {
    AddDetail(bad_request, "BadRequest", status);
  }
  if (retry.has_retry_delay()) AddDetail(retry, "RetryInfo", status);
  return {code, message, status.SerializeAsString()};
}

RunResult RunTercet(FakeServer& server,
                    const std::vector<std::string>& arguments,
                    const RunOptions& options) {
  const TextFile in(options.input), out, err;
  cli::Environment environment;
  environment.in = fileno(in.file());
  environment.out = out.file();
  environment.err = err.file();
  environment.in_is_terminal = options.terminal;
  environment.out_is_terminal = options.terminal;
  environment.err_is_terminal = options.terminal;
  environment.variable =
      [&options](const std::string& name) -> std::optional<std::string> {
    const auto found = options.variables.find(name);
    if (found == options.variables.end()) return std::nullopt;
    return found->second;
  };
  environment.connect = [&server](const std::string&) {
    return server.Channel();
  };
  environment.start_service = [](const std::string& directory)
      -> StatusOr<std::unique_ptr<cli::EmbeddedService>> {
    return MakeError(StatusCode::kFailedPrecondition,
                     "another process is using " + directory,
                     {.reason = "STORE_LOCKED"});
  };
  environment.sleep = [](int64_t) {};
  const cli::ExitCode code = cli::Run(arguments, environment);
  return {.code = code, .out = out.Read(), .err = err.Read()};
}

}  // namespace tercet
