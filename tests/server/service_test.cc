#include "service/server/service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <string>
#include <thread>
#include <vector>

#include "fmt/format.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/grpcpp.h"
#include "service/model/limits.h"
#include "tercet/v1/errors.pb.h"
#include "tercet/v1/lookup_service.grpc.pb.h"
#include "tercet/v1/memory_service.grpc.pb.h"
#include "tercet/v1/server_service.grpc.pb.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace tercet {
namespace {

using grpc::ClientContext;
using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;

class ServiceTest : public testing::Test {
 protected:
  ServiceOptions Options(const std::string& listen) {
    return {.data = directory_.Join("data"),
            .listen = listen,
            .drain_seconds = 30,
            .sync_writes = false,
            .logger = &logger_};
  }
  std::string SocketAddress() { return "unix:" + directory_.Join("s"); }

  TempDir directory_;
  std::vector<std::string> log_;
  Logger logger_{{.level = LogLevel::kDebug,
                  .sink = [this](auto line) { log_.emplace_back(line); }}};
};

std::shared_ptr<grpc::Channel> Connect(const std::string& address) {
  grpc::ChannelArguments arguments;
  // Channels must not share connections across tests.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(),
                                   arguments);
}

grpc::Status GetInfo(const std::shared_ptr<grpc::Channel>& channel,
                     bool wait_for_ready = false) {
  ClientContext context;
  context.set_wait_for_ready(wait_for_ready);
  v1::ServerInfo info;
  return v1::ServerService::NewStub(channel)->GetServerInfo(&context, {},
                                                            &info);
}

// Calls an RPC whose messages we have no code for, with bytes for messages.
// Streams are answered once.
std::string CallRaw(const std::shared_ptr<grpc::Channel>& channel,
                    const std::string& method, const std::string& request) {
  grpc::GenericStub stub(channel);
  ClientContext context;
  grpc::CompletionQueue queue;
  auto call = stub.PrepareCall(&context, method, &queue);
  void* tag = nullptr;
  bool ok = false;
  call->StartCall(nullptr);
  queue.Next(&tag, &ok);
  grpc::Slice slice(request);
  call->Write(grpc::ByteBuffer(&slice, 1), nullptr);
  queue.Next(&tag, &ok);
  grpc::ByteBuffer response;
  call->Read(&response, nullptr);
  queue.Next(&tag, &ok);
  grpc::Slice answer;
  EXPECT_TRUE(ok && response.DumpToSingleSlice(&answer).ok());
  call->WritesDone(nullptr);
  queue.Next(&tag, &ok);
  grpc::Status status;
  call->Finish(&status, nullptr);
  queue.Next(&tag, &ok);
  EXPECT_TRUE(status.ok()) << status.error_message();
  return {reinterpret_cast<const char*>(answer.begin()), answer.size()};
}

// HealthCheckRequest { string service = 1; } and
// HealthCheckResponse { ServingStatus status = 1; }, where SERVING is 1.
std::string CheckHealth(const std::shared_ptr<grpc::Channel>& channel,
                        const std::string& service) {
  std::string request;
  if (!service.empty()) {
    request = std::string("\n") + static_cast<char>(service.size()) + service;
  }
  return CallRaw(channel, "/grpc.health.v1.Health/Check", request);
}

TEST_F(ServiceTest, ServesInProcess) {
  StatusOr<std::unique_ptr<Service>> service = Service::Start(Options("none"));
  ASSERT_THAT(service, IsOk());
  EXPECT_EQ((*service)->port(), 0);
  EXPECT_TRUE(GetInfo((*service)->InProcessChannel()).ok());
}

TEST_F(ServiceTest, ServesOnAPort) {
  StatusOr<std::unique_ptr<Service>> service =
      Service::Start(Options("127.0.0.1:0"));
  ASSERT_THAT(service, IsOk());
  ASSERT_GT((*service)->port(), 0);
  EXPECT_TRUE(
      GetInfo(Connect(fmt::format("127.0.0.1:{}", (*service)->port()))).ok());
}

TEST_F(ServiceTest, ServesOnASocket) {
  StatusOr<std::unique_ptr<Service>> service =
      Service::Start(Options(SocketAddress()));
  ASSERT_THAT(service, IsOk());
  EXPECT_TRUE(GetInfo(Connect(SocketAddress())).ok());
}

TEST_F(ServiceTest, RefusesAPortInUse) {
  StatusOr<std::unique_ptr<Service>> first =
      Service::Start(Options("127.0.0.1:0"));
  ASSERT_THAT(first, IsOk());
  ServiceOptions options =
      Options(fmt::format("127.0.0.1:{}", (*first)->port()));
  options.data = directory_.Join("other");
  const StatusOr<std::unique_ptr<Service>> second = Service::Start(options);
  EXPECT_THAT(second,
              StatusIs(StatusCode::kUnavailable,
                       AllOf(HasSubstr(options.listen), HasSubstr("in use"),
                             HasSubstr("--listen"))));
  EXPECT_THAT(second, ReasonIs("LISTEN_FAILED"));
  EXPECT_TRUE(GetInfo(Connect(options.listen)).ok());
}

TEST_F(ServiceTest, RefusesASocketInUse) {
  StatusOr<std::unique_ptr<Service>> first =
      Service::Start(Options(SocketAddress()));
  ASSERT_THAT(first, IsOk());
  ServiceOptions options = Options(SocketAddress());
  options.data = directory_.Join("other");
  EXPECT_THAT(Service::Start(options), ReasonIs("LISTEN_FAILED"));
  EXPECT_TRUE(GetInfo(Connect(SocketAddress())).ok());
}

TEST_F(ServiceTest, SaysWhyItCannotListen) {
  const struct {
    std::string listen;
    std::string why;
  } kCases[] = {
      {"203.0.113.1:7733", "Cannot assign requested address"},
      {"unix:/nowhere/at/all", "the socket cannot be made there"},
  };
  for (const auto& [listen, why] : kCases) {
    EXPECT_THAT(Service::Start(Options(listen)),
                StatusIs(StatusCode::kUnavailable, HasSubstr(why)));
  }
}

TEST_F(ServiceTest, RefusesADirectoryInUse) {
  StatusOr<std::unique_ptr<Service>> first = Service::Start(Options("none"));
  ASSERT_THAT(first, IsOk());
  const StatusOr<std::unique_ptr<Service>> second =
      Service::Start(Options("none"));
  EXPECT_THAT(second, StatusIs(StatusCode::kFailedPrecondition,
                               HasSubstr(directory_.Join("data"))));
  EXPECT_THAT(second, ReasonIs("DATA_DIRECTORY_IN_USE"));
}

TEST_F(ServiceTest, KeepsItsDataAcrossARestart) {
  {
    StatusOr<std::unique_ptr<Service>> service =
        Service::Start(Options("none"));
    ASSERT_THAT(service, IsOk());
    ClientContext context;
    v1::CreateMemoryRequest request;
    request.set_memory_id("press");
    v1::Memory memory;
    ASSERT_TRUE(v1::MemoryService::NewStub((*service)->InProcessChannel())
                    ->CreateMemory(&context, request, &memory)
                    .ok());
  }
  StatusOr<std::unique_ptr<Service>> service = Service::Start(Options("none"));
  ASSERT_THAT(service, IsOk());
  ClientContext context;
  v1::GetMemoryRequest request;
  request.set_name("memories/press");
  v1::Memory memory;
  EXPECT_TRUE(v1::MemoryService::NewStub((*service)->InProcessChannel())
                  ->GetMemory(&context, request, &memory)
                  .ok());
}

TEST_F(ServiceTest, TellsItsHealth) {
  StatusOr<std::unique_ptr<Service>> service =
      Service::Start(Options(SocketAddress()));
  ASSERT_THAT(service, IsOk());
  const std::shared_ptr<grpc::Channel> channel = Connect(SocketAddress());
  for (const std::string name :
       {"", "tercet.v1.MemoryService", "tercet.v1.LookupService",
        "tercet.v1.ServerService"}) {
    EXPECT_EQ(CheckHealth(channel, name), "\x08\x01") << name;
  }
}

TEST_F(ServiceTest, ReflectsItsServices) {
  StatusOr<std::unique_ptr<Service>> service =
      Service::Start(Options(SocketAddress()));
  ASSERT_THAT(service, IsOk());
  // ServerReflectionRequest { string list_services = 7; }
  const std::string answer =
      CallRaw(Connect(SocketAddress()),
              "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
              "\x3A\x01*");
  EXPECT_THAT(answer, AllOf(HasSubstr("tercet.v1.MemoryService"),
                            HasSubstr("tercet.v1.LookupService"),
                            HasSubstr("tercet.v1.ServerService"),
                            HasSubstr("grpc.health.v1.Health")));
}

TEST_F(ServiceTest, RefusesAMessageThatIsTooLarge) {
  StatusOr<std::unique_ptr<Service>> service =
      Service::Start(Options(SocketAddress()));
  ASSERT_THAT(service, IsOk());
  v1::CreateUnitRequest request;
  request.set_parent("memories/press");
  request.mutable_unit()->add_notes(std::string(kMaxMessageBytes, 'x'));
  ClientContext context;
  v1::Unit unit;
  const grpc::Status status =
      v1::MemoryService::NewStub(Connect(SocketAddress()))
          ->CreateUnit(&context, request, &unit);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_THAT(status.error_message(),
              HasSubstr(std::to_string(kMaxMessageBytes)));
}

TEST_F(ServiceTest, LongErrorsReachClientsOverTheNetwork) {
  StatusOr<std::unique_ptr<Service>> service =
      Service::Start(Options(SocketAddress()));
  ASSERT_THAT(service, IsOk());
  v1::BatchCreateUnitsRequest request;
  for (int i = 0; i < 1000; ++i) {
    v1::Variant& variant =
        *request.add_requests()->mutable_unit()->add_variants();
    variant.set_language_code("不是语言的代码但是很长很长很长很长");
  }
  std::string parent = "memories/";
  for (int i = 0; i < 1000; ++i) parent += "新闻";
  request.set_parent(parent);
  ClientContext context;
  v1::BatchCreateUnitsResponse response;
  const grpc::Status status =
      v1::MemoryService::NewStub(Connect(SocketAddress()))
          ->BatchCreateUnits(&context, request, &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT)
      << status.error_message();
  v1::ErrorStatus details;
  EXPECT_TRUE(details.ParseFromString(status.error_details()));
  EXPECT_EQ(details.details_size(), 2);
}

TEST_F(ServiceTest, AnImportThatBreaksOffKeepsNoHalfLine) {
  StatusOr<std::unique_ptr<Service>> service =
      Service::Start(Options(SocketAddress()));
  ASSERT_THAT(service, IsOk());
  for (int i = 0; i < 100; ++i) {
    auto stub = v1::MemoryService::NewStub(Connect(SocketAddress()));
    ClientContext context;
    auto stream = stub->ImportUnits(&context);
    v1::ImportUnitsRequest request;
    request.mutable_config()->set_memory("memories/press");
    request.mutable_config()->set_format(v1::TSV);
    ASSERT_TRUE(stream->Write(request));
    request.set_chunk(fmt::format("en\tes\nHello {}\tHo", i));
    ASSERT_TRUE(stream->Write(request));
    context.TryCancel();
    EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
  }
  (*service)->Drain();
  service = Service::Start(Options("none"));
  ASSERT_THAT(service, IsOk());
  ClientContext context;
  v1::ServerInfo info;
  ASSERT_TRUE(v1::ServerService::NewStub((*service)->InProcessChannel())
                  ->GetServerInfo(&context, {}, &info)
                  .ok());
  EXPECT_EQ(info.unit_count(), 0);
}

TEST_F(ServiceTest, DrainLetsRunningCallsEndAndRefusesNewOnes) {
  StatusOr<std::unique_ptr<Service>> service =
      Service::Start(Options(SocketAddress()));
  ASSERT_THAT(service, IsOk());
  const std::shared_ptr<grpc::Channel> channel = Connect(SocketAddress());
  auto stub = v1::LookupService::NewStub(channel);
  ClientContext context;
  auto stream = stub->StreamLookupSegments(&context);
  v1::LookupSegmentRequest request;
  request.set_parent("memories/-");
  request.mutable_query()->set_language_code("en");
  request.mutable_query()->set_text("Hello");
  v1::StreamLookupSegmentsResponse response;
  ASSERT_TRUE(stream->Write(request));
  ASSERT_TRUE(stream->Read(&response));

  std::thread drain([&] { (*service)->Drain(); });
  // New calls are refused as soon as it drains; those before are answered.
  grpc::Status status;
  while ((status = GetInfo(channel)).ok()) std::this_thread::yield();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_THAT(status.error_details(), HasSubstr("SERVER_DRAINING"));
  EXPECT_THAT(status.error_details(), HasSubstr("google.rpc.RetryInfo"));
  EXPECT_EQ(CheckHealth(channel, ""), "\x08\x02");  // NOT_SERVING
  EXPECT_TRUE(stream->Write(request));
  EXPECT_TRUE(stream->Read(&response));
  stream->WritesDone();
  EXPECT_TRUE(stream->Finish().ok());
  drain.join();
  EXPECT_THAT(log_, Contains(HasSubstr("drained all_calls_ended=true")));
}

TEST_F(ServiceTest, DrainCancelsWhatDoesNotEnd) {
  ServiceOptions options = Options(SocketAddress());
  options.drain_seconds = 0;
  StatusOr<std::unique_ptr<Service>> service = Service::Start(options);
  ASSERT_THAT(service, IsOk());
  auto stub = v1::LookupService::NewStub(Connect(SocketAddress()));
  ClientContext context;
  auto stream = stub->StreamLookupSegments(&context);
  v1::LookupSegmentRequest request;
  request.set_parent("memories/-");
  v1::StreamLookupSegmentsResponse response;
  ASSERT_TRUE(stream->Write(request));
  ASSERT_TRUE(stream->Read(&response));
  (*service)->Drain();
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_FALSE(stream->Finish().ok());
  EXPECT_THAT(log_, Contains(HasSubstr("drained all_calls_ended=false")));
}

TEST_F(ServiceTest, LogsEveryCallForDebuggingWithoutTexts) {
  StatusOr<std::unique_ptr<Service>> service = Service::Start(Options("none"));
  ASSERT_THAT(service, IsOk());
  ClientContext context;
  v1::LookupSegmentRequest request;
  request.set_parent("memories/none");
  request.mutable_query()->set_language_code("en");
  request.mutable_query()->set_text("a secret");
  v1::LookupSegmentResponse response;
  v1::LookupService::NewStub((*service)->InProcessChannel())
      ->LookupSegment(&context, request, &response);
  (*service)->Drain();
  EXPECT_THAT(log_, Contains(AllOf(HasSubstr("debug call"),
                                   HasSubstr("method=LookupSegment"),
                                   HasSubstr("code=NOT_FOUND"),
                                   HasSubstr("reason=MEMORY_NOT_FOUND"))));
  EXPECT_THAT(log_, testing::Not(Contains(HasSubstr("secret"))));
}

}  // namespace
}  // namespace tercet
