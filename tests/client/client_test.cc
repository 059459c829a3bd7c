#include "client/lib/client.h"

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "client/lib/export.h"
#include "client/lib/import.h"
#include "client/lib/stream_lookup.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/client/fake_server.h"
#include "tests/support/matchers.h"

namespace tercet::client {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A client that remembers how long it would have slept.
class RetryTest : public ::testing::Test {
 protected:
  Client MakeClient(ClientOptions options = {}) {
    options.sleep = [this](int64_t delay_ms) { slept_.push_back(delay_ms); };
    return Client(server_.Channel(), options);
  }

  FakeServer server_;
  std::vector<int64_t> slept_;
};

grpc::Status Unavailable() {
  return {grpc::StatusCode::UNAVAILABLE, "draining"};
}

TEST_F(RetryTest, RepeatsAReadUntilItSucceeds) {
  int calls = 0;
  server_.get_server_info = [&calls](v1::ServerInfo& info) {
    info.set_version("0.1.0");
    return ++calls < 3 ? Unavailable() : grpc::Status::OK;
  };
  const auto info = MakeClient().GetServerInfo();
  ASSERT_THAT(info, IsOk());
  EXPECT_EQ(info->version(), "0.1.0");
  EXPECT_THAT(slept_, ElementsAre(100, 200));
}

TEST_F(RetryTest, GivesUpAfterTheLastAttempt) {
  server_.get_server_info = [](v1::ServerInfo&) { return Unavailable(); };
  EXPECT_EQ(MakeClient().GetServerInfo().status().code(),
            StatusCode::kUnavailable);
  EXPECT_THAT(slept_, ElementsAre(100, 200, 400));
}

TEST_F(RetryTest, DoesNotRepeatAWriteThatMayHaveHappened) {
  int calls = 0;
  server_.create_memory = [&calls](const v1::CreateMemoryRequest&,
                                   v1::Memory&) {
    ++calls;
    return Unavailable();
  };
  EXPECT_EQ(MakeClient().CreateMemory({}).status().code(),
            StatusCode::kUnavailable);
  EXPECT_EQ(calls, 1);
}

TEST_F(RetryTest, DoesNotWaitBeyondTheDeadline) {
  server_.get_server_info = [](v1::ServerInfo&) {
    v1::ErrorInfo info;
    info.set_reason("SERVER_DRAINING");
    v1::RetryInfo retry;
    retry.mutable_retry_delay()->set_seconds(60);
    return ErrorWithDetails(grpc::StatusCode::UNAVAILABLE, "draining", info, {},
                            retry);
  };
  EXPECT_THAT(MakeClient({.call_timeout_ms = 30'000}).GetServerInfo(),
              ReasonIs("SERVER_DRAINING"));
  EXPECT_THAT(slept_, IsEmpty());
}

TEST(ListMemories, WalksAllPages) {
  FakeServer server;
  server.list_memories = [](const v1::ListMemoriesRequest& request,
                            v1::ListMemoriesResponse& response) {
    const bool first = request.page_token().empty();
    response.add_memories()->set_name(first ? "memories/a" : "memories/b");
    if (first) response.set_next_page_token("more");
    return grpc::Status::OK;
  };
  Client client(server.Channel());
  Pager<v1::Memory> pager = client.ListMemories();
  std::vector<std::string> names;
  for (auto memory = pager.Next(); memory.ok() && memory->has_value();
       memory = pager.Next()) {
    names.push_back((*memory)->name());
  }
  EXPECT_THAT(names, ElementsAre("memories/a", "memories/b"));
}

TEST(ImportUnits, SendsConfigAndAllBytesInChunks) {
  FakeServer server;
  std::string received;
  v1::ImportConfig config;
  server.import_units = [&](FakeServer::ImportStream& stream) {
    v1::ImportUnitsRequest request;
    size_t largest = 0;
    while (stream.Read(&request)) {
      if (request.has_config()) config = request.config();
      received += request.chunk();
      largest = std::max(largest, request.chunk().size());
    }
    EXPECT_LE(largest, 256 * 1024);
    v1::ImportUnitsResponse response;
    response.mutable_progress()->set_units_read(7);
    stream.Write(response);
    response.mutable_problem()->set_line(3);
    stream.Write(response);
    response.mutable_result()->mutable_report()->set_read_count(7);
    stream.Write(response);
    return grpc::Status::OK;
  };
  const std::string bytes(1'000'000, 'x');
  const auto source = MakeStringSource(bytes);
  int64_t progressed = 0, problem_line = 0;
  Client client(server.Channel());
  const auto import = ImportUnits(
      client, {}, *source,
      {.on_progress =
           [&](const v1::ImportProgress& p) { progressed = p.units_read(); },
       .on_problem =
           [&](const v1::ImportProblem& p) { problem_line = p.line(); }});
  ASSERT_THAT(import, IsOk());
  EXPECT_EQ(import->report().read_count(), 7);
  EXPECT_EQ(received, bytes);
  EXPECT_EQ(config.total_bytes(), 1'000'000);
  EXPECT_EQ(progressed, 7);
  EXPECT_EQ(problem_line, 3);
}

TEST(ImportUnits, ReportsAServerThatHangsUpAtOnce) {
  FakeServer server;
  server.import_units = [](FakeServer::ImportStream&) {
    v1::ErrorInfo info;
    info.set_reason("MEMORY_NAME_INVALID");
    return ErrorWithDetails(grpc::StatusCode::INVALID_ARGUMENT, "no", info);
  };
  const std::string bytes(50'000'000, 'x');
  const auto source = MakeStringSource(bytes);
  Client client(server.Channel());
  EXPECT_THAT(ImportUnits(client, {}, *source, {}),
              ReasonIs("MEMORY_NAME_INVALID"));
}

// A source whose disk breaks after the first chunk.
class BrokenSource : public ByteSource {
 public:
  StatusOr<size_t> Read(std::span<char> buffer,
                        const std::stop_token& stop) override {
    if (std::exchange(broken_, true)) {
      return MakeError(StatusCode::kUnknown, "disk",
                       {.reason = "FILE_UNREADABLE"});
    }
    buffer[0] = 'x';
    return 1;
  }
  int64_t total_bytes() const override { return 2; }

 private:
  bool broken_ = false;
};

TEST(ImportUnits, DoesNotPassHalfAFileOffAsAWholeOne) {
  FakeServer server;
  bool looked_whole = false;
  server.import_units = [&](FakeServer::ImportStream& stream) {
    v1::ImportUnitsRequest request;
    while (stream.Read(&request)) {
    }
    v1::ImportUnitsResponse response;
    response.mutable_result();
    // To a client that has cancelled, nothing can be written.
    looked_whole = stream.Write(response);
    return grpc::Status::OK;
  };
  BrokenSource source;
  Client client(server.Channel());
  EXPECT_THAT(ImportUnits(client, {}, source, {}), ReasonIs("FILE_UNREADABLE"));
  EXPECT_FALSE(looked_whole);
}

TEST(ImportUnits, MissesAResult) {
  FakeServer server;
  server.import_units = [](FakeServer::ImportStream&) {
    return grpc::Status::OK;
  };
  const auto source = MakeStringSource("x");
  Client client(server.Channel());
  EXPECT_EQ(ImportUnits(client, {}, *source, {}).status().code(),
            StatusCode::kInternal);
}

// A sink that takes one chunk.
class FullSink : public ByteSink {
 public:
  Status Write(std::string_view bytes) override {
    if (++writes_ == 1) return OkStatus();
    return MakeError(StatusCode::kResourceExhausted, "full",
                     {.reason = "FILE_UNWRITABLE"});
  }
  Status Finish() override {
    finished = true;
    return OkStatus();
  }
  bool finished = false;

 private:
  int writes_ = 0;
};

grpc::Status SendChunks(FakeServer::ExportStream& stream, int count) {
  v1::ExportUnitsResponse response;
  for (int i = 1; i <= count; ++i) {
    response.set_chunk(std::string(1000, 'x'));
    response.set_unit_count(i);
    if (!stream.Write(response)) break;
  }
  return grpc::Status::OK;
}

TEST(ExportUnits, StopsWhenTheDiskIsFull) {
  FakeServer server;
  server.export_units = [](const v1::ExportUnitsRequest&,
                           FakeServer::ExportStream& stream) {
    return SendChunks(stream, 100'000);
  };
  FullSink sink;
  Client client(server.Channel());
  EXPECT_THAT(ExportUnits(client, {}, sink, {}), ReasonIs("FILE_UNWRITABLE"));
  EXPECT_FALSE(sink.finished);
}

TEST(ExportUnits, DoesNotFinishAFileThatTheServerDidNot) {
  FakeServer server;
  server.export_units = [](const v1::ExportUnitsRequest&,
                           FakeServer::ExportStream& stream) {
    SendChunks(stream, 1);
    return grpc::Status(grpc::StatusCode::UNAVAILABLE, "Socket closed");
  };
  FullSink sink;
  Client client(server.Channel());
  EXPECT_EQ(ExportUnits(client, {}, sink, {}).status().code(),
            StatusCode::kUnavailable);
  EXPECT_FALSE(sink.finished);
}

// Gives the texts one after the other.
NextRequest RequestsFor(std::vector<std::string> texts) {
  return [texts, i = size_t{0}](const std::stop_token&) mutable
         -> StatusOr<std::optional<v1::LookupSegmentRequest>> {
    if (i == texts.size()) return std::optional<v1::LookupSegmentRequest>();
    v1::LookupSegmentRequest request;
    request.mutable_query()->set_text(texts[i++]);
    return std::optional(request);
  };
}

// Answers each request with a match whose source is the query.
grpc::Status Echo(FakeServer::LookupStream& stream) {
  v1::LookupSegmentRequest request;
  while (stream.Read(&request)) {
    v1::StreamLookupSegmentsResponse response;
    response.add_matches()->mutable_source()->set_text(request.query().text());
    stream.Write(response);
  }
  return grpc::Status::OK;
}

TEST(StreamLookup, AnswersInOrderAndWithoutTheServerWhereItMust) {
  FakeServer server;
  server.stream_lookup = Echo;
  std::vector<std::string> answers;
  Client client(server.Channel());
  const Status status = StreamLookup(
      client, RequestsFor({"a", "", "\xff", "b"}),
      [&answers](const v1::LookupSegmentRequest& request,
                 const v1::StreamLookupSegmentsResponse& response) {
        answers.push_back(response.has_error() ? response.error().reason()
                          : response.matches().empty()
                              ? "nothing"
                              : response.matches(0).source().text());
      });
  EXPECT_THAT(status, IsOk());
  EXPECT_THAT(answers, ElementsAre("a", "nothing", "TEXT_NOT_UTF8", "b"));
}

TEST(StreamLookup, SendsManyRequestsWithoutDeadlock) {
  FakeServer server;
  server.stream_lookup = Echo;
  const std::vector<std::string> texts(20'000, std::string(200, 'x'));
  size_t answers = 0;
  Client client(server.Channel());
  EXPECT_THAT(StreamLookup(client, RequestsFor(texts),
                           [&answers](const v1::LookupSegmentRequest&,
                                      const v1::StreamLookupSegmentsResponse&) {
                             ++answers;
                           }),
              IsOk());
  EXPECT_EQ(answers, texts.size());
}

TEST(StreamLookup, ReturnsTheErrorOfABrokenStream) {
  FakeServer server;
  server.stream_lookup = [](FakeServer::LookupStream& stream) {
    v1::LookupSegmentRequest request;
    stream.Read(&request);
    return grpc::Status(grpc::StatusCode::UNAVAILABLE, "Socket closed");
  };
  Client client(server.Channel());
  EXPECT_EQ(
      StreamLookup(client, RequestsFor(std::vector<std::string>(1000, "x")),
                   [](const v1::LookupSegmentRequest&,
                      const v1::StreamLookupSegmentsResponse&) {})
          .code(),
      StatusCode::kUnavailable);
}

}  // namespace
}  // namespace tercet::client
