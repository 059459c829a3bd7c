#include "client/cli/error_text.h"

#include "client/cli/exit_code.h"
#include "client/lib/file_error.h"
#include "client/lib/grpc_status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tercet::cli {
namespace {

using ::testing::HasSubstr;

const Settings& TestSettings() {
  static const auto* settings = new Settings{.server = "127.0.0.1:7733"};
  return *settings;
}

std::string TextOf(StatusCode code, const std::string& message,
                   const ErrorDetails& details) {
  return ErrorText(MakeError(code, message, details), TestSettings());
}

TEST(ErrorText, SaysHowToStartAServer) {
  EXPECT_EQ(TextOf(StatusCode::kUnavailable, "failed to connect",
                   {.reason = client::kNoServer}),
            "no server at 127.0.0.1:7733: start one with `tercetd` or use "
            "--data DIR");
}

TEST(ErrorText, TellsALostConnectionFromNoServer) {
  EXPECT_EQ(TextOf(StatusCode::kUnavailable, "Socket closed",
                   {.reason = client::kConnectionLost}),
            "the connection to 127.0.0.1:7733 broke: Socket closed");
}

TEST(ErrorText, ListsEveryWrongField) {
  EXPECT_EQ(TextOf(StatusCode::kInvalidArgument, "2 fields are wrong",
                   {.reason = "REQUEST_INVALID",
                    .violations = {{"memory_id", "is empty"},
                                   {"memory.penalty", "is 100"}}}),
            "2 fields are wrong\n  memory_id: is empty\n  memory.penalty: is "
            "100");
}

TEST(ErrorText, DoesNotSayTheSameTwice) {
  EXPECT_EQ(TextOf(StatusCode::kInvalidArgument, "memory_id: is empty",
                   {.reason = "REQUEST_INVALID",
                    .violations = {{"memory_id", "is empty"}}}),
            "memory_id: is empty");
}

TEST(ErrorText, GivesAdvice) {
  EXPECT_THAT(TextOf(StatusCode::kNotFound, "no memory 'x'",
                     {.reason = "MEMORY_NOT_FOUND"}),
              HasSubstr("tercet memory list"));
  EXPECT_THAT(TextOf(StatusCode::kFailedPrecondition, "it holds units",
                     {.reason = "MEMORY_NOT_EMPTY"}),
              HasSubstr("--force"));
  EXPECT_THAT(TextOf(StatusCode::kDeadlineExceeded, "Deadline Exceeded",
                     {.reason = "DEADLINE_EXCEEDED"}),
              HasSubstr("--timeout"));
}

TEST(ErrorJson, HasTheReasonForScripts) {
  const auto json = ErrorJson(
      MakeError(StatusCode::kNotFound, "no memory 'x'",
                {.reason = "MEMORY_NOT_FOUND", .metadata = {{"name", "x"}}}),
      TestSettings());
  EXPECT_EQ(json.dump(),
            R"({"error":{"code":"NOT_FOUND","reason":"MEMORY_NOT_FOUND",)"
            R"("message":"no memory 'x'","metadata":{"name":"x"}}})");
}

TEST(ExitCodeOf, IsFixedForScripts) {
  const auto code_of = [](StatusCode code, const ErrorDetails& details) {
    return ExitCodeOf(MakeError(code, "m", details));
  };
  EXPECT_EQ(ExitCodeOf(UsageError("m")), ExitCode::kUsage);
  EXPECT_EQ(code_of(StatusCode::kUnavailable, {.reason = client::kNoServer}),
            ExitCode::kUnreachable);
  EXPECT_EQ(code_of(StatusCode::kDeadlineExceeded, {.reason = "X"}),
            ExitCode::kUnreachable);
  EXPECT_EQ(code_of(StatusCode::kNotFound, {.reason = "MEMORY_NOT_FOUND"}),
            ExitCode::kRefused);
  EXPECT_EQ(code_of(StatusCode::kInvalidArgument, {.reason = "X"}),
            ExitCode::kRefused);
  EXPECT_EQ(ExitCodeOf(client::Unreadable("f", ENOENT)), ExitCode::kBadInput);
  EXPECT_EQ(code_of(StatusCode::kInvalidArgument, {.reason = "FILE_MALFORMED"}),
            ExitCode::kBadInput);
  EXPECT_EQ(code_of(StatusCode::kInvalidArgument,
                    {.reason = "X", .metadata = {{"units_durable", "7"}}}),
            ExitCode::kBadInput);
}

}  // namespace
}  // namespace tercet::cli
