// How an import ends for clients that are still sending: over the in-process
// channel, and over a socket.
#include "service/rpc/import_end.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "fmt/format.h"
#include "grpc/grpc.h"
#include "grpcpp/grpcpp.h"
#include "tests/rpc/rpc_fixture.h"

namespace tercet {
namespace {

using grpc::StatusCode;
using Stream =
    grpc::ClientReaderWriter<v1::ImportUnitsRequest, v1::ImportUnitsResponse>;

// Beyond it, something waits for ever.
constexpr auto kBound = std::chrono::seconds(60);
// More than all buffers between client and server hold.
constexpr size_t kRestBytes = 30'000'000;

class ImportEnd : public testing::TestWithParam<std::string_view> {
 protected:
  ImportEnd() {
    // Held for good: gRPC's own end may wait ten seconds for a thread of its.
    static const bool held = (grpc_init(), true);
    EXPECT_TRUE(held);
    StatusOr<std::unique_ptr<Service>> service =
        Service::Start({.data = directory_.Join("data"),
                        .listen = "unix:" + directory_.Join("s"),
                        .sync_writes = false});
    EXPECT_TRUE(service.ok()) << service.status();
    service_ = *std::move(service);
    stub_ = v1::MemoryService::NewStub(
        GetParam() == "in process"
            ? service_->InProcessChannel()
            : grpc::CreateChannel("unix:" + directory_.Join("s"),
                                  grpc::InsecureChannelCredentials()));
    context_.set_deadline(std::chrono::system_clock::now() + kBound);
  }

  static v1::ImportConfig Config(v1::FileFormat format) {
    v1::ImportConfig config;
    config.set_memory("memories/press");
    config.set_format(format);
    return config;
  }

  // What ends a call in its middle.
  static v1::ImportUnitsRequest WrongMessage() {
    v1::ImportUnitsRequest request;
    request.mutable_config();
    return request;
  }

  // Sends a file, perhaps something wrong, and then more and more; reads
  // nothing.
  static void Send(Stream& stream, const v1::ImportConfig& config,
                   std::string_view file, bool wrong) {
    v1::ImportUnitsRequest request;
    *request.mutable_config() = config;
    bool open = stream.Write(request);
    for (size_t i = 0; open && i < file.size(); i += 100'000) {
      request.set_chunk(std::string(file.substr(i, 100'000)));
      open = stream.Write(request);
    }
    if (open && wrong) open = stream.Write(WrongMessage());
    request.set_chunk(std::string(100'000, ' '));
    for (size_t i = 0; open && i < kRestBytes; i += 100'000) {
      open = stream.Write(request);
    }
  }

  // Only then reads to the end.
  grpc::Status End(Stream& stream) {
    for (v1::ImportUnitsResponse response; stream.Read(&response);) {
      if (response.has_problem()) ++problems_;
      if (response.has_result()) result_ = response.result();
    }
    return stream.Finish();
  }

  grpc::Status Import(const v1::ImportConfig& config, std::string_view file,
                      bool wrong = false) {
    const std::unique_ptr<Stream> stream = stub_->ImportUnits(&context_);
    Send(*stream, config, file, wrong);
    stream->WritesDone();
    return End(*stream);
  }

  TempDir directory_;
  std::unique_ptr<Service> service_;
  std::unique_ptr<v1::MemoryService::Stub> stub_;
  grpc::ClientContext context_;
  v1::Import result_;
  int problems_ = 0;
};

std::string Tmx(int failing_units) {
  std::string file = "<tmx version=\"1.4\"><header srclang=\"en\"/><body>\n";
  for (int i = 0; i < failing_units; ++i) {
    file += fmt::format(
        "<tu><tuv xml:lang=\"no language {}\"><seg>{}</seg></tuv></tu>\n", i,
        i);
  }
  return file;
}

TEST_P(ImportEnd, TellsWritersWhyTheFileFailed) {
  EXPECT_THAT(Import(Config(v1::TMX), "<html><body>"),
              RpcFails(StatusCode::INVALID_ARGUMENT, "FILE_MALFORMED"));
  EXPECT_EQ(result_.state(), v1::Import::BROKEN_OFF);
}

// More to be told than one message.
TEST_P(ImportEnd, TellsWritersOfAThousandProblems) {
  EXPECT_THAT(Import(Config(v1::TMX), Tmx(3000), /*wrong=*/true),
              RpcFails(StatusCode::INVALID_ARGUMENT, "FIELDS_INVALID"));
  EXPECT_EQ(problems_, 1000);
  EXPECT_EQ(result_.state(), v1::Import::BROKEN_OFF);
}

TEST_P(ImportEnd, TellsWritersOfAThousandProblemsOfAGoodFile) {
  const grpc::Status status =
      Import(Config(v1::TMX), Tmx(3000) + "</body></tmx>");
  EXPECT_THAT(status, RpcOk());
  EXPECT_EQ(problems_, 1000);
  EXPECT_EQ(result_.state(), v1::Import::DONE);
}

TEST_P(ImportEnd, TellsWritersThatTheConfigIsWrong) {
  v1::ImportConfig config = Config(v1::TMX);
  config.set_memory("no name");
  EXPECT_THAT(Import(config, ""),
              RpcFails(StatusCode::INVALID_ARGUMENT, "FIELDS_INVALID"));
}

// A client that never says that it has sent everything.
TEST_P(ImportEnd, EndsWithoutTheEndOfTheRequests) {
  const std::unique_ptr<Stream> stream = stub_->ImportUnits(&context_);
  Send(*stream, Config(v1::TMX), Tmx(3000), /*wrong=*/true);
  const grpc::Status status = End(*stream);
  EXPECT_TRUE(status.error_code() == StatusCode::INVALID_ARGUMENT ||
              status.error_code() == StatusCode::CANCELLED)
      << status.error_message();
}

INSTANTIATE_TEST_SUITE_P(Channels, ImportEnd,
                         testing::Values("in process", "socket"),
                         [](const auto& parameter) {
                           return parameter.param == "socket" ? "Socket"
                                                              : "InProcess";
                         });

}  // namespace
}  // namespace tercet
