#include "service/ops/log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

namespace tercet {
namespace {

using testing::ElementsAre;
using testing::Eq;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;

class FixedClock : public Clock {
 public:
  int64_t NowMicros() const override { return 1776413700123456; }
};

class LogTest : public testing::Test {
 protected:
  LogOptions Options(LogFormat format) {
    return {
        .level = LogLevel::kInfo,
        .format = format,
        .clock = &clock_,
        .sink = [this](std::string_view line) { lines_.emplace_back(line); }};
  }

  FixedClock clock_;
  std::vector<std::string> lines_;
};

TEST_F(LogTest, WritesTextLine) {
  Logger logger(Options(LogFormat::kText));
  logger.Log(LogLevel::kInfo, "listening",
             {{"address", "127.0.0.1"}, {"port", int64_t{7733}}});
  EXPECT_THAT(lines_, ElementsAre("2026-04-17T08:15:00.123Z info listening "
                                  "address=127.0.0.1 port=7733"));
}

TEST_F(LogTest, WritesJsonLine) {
  Logger logger(Options(LogFormat::kJson));
  logger.Log(LogLevel::kError, "call",
             {{"ms", 1.5}, {"ok", false}, {"reason", "X"}});
  EXPECT_THAT(lines_, ElementsAre(R"({"time":"2026-04-17T08:15:00.123Z",)"
                                  R"("level":"error","event":"call","ms":1.5,)"
                                  R"("ok":false,"reason":"X"})"));
}

TEST_F(LogTest, QuotesWhatWouldBreakALine) {
  const struct {
    std::string_view value;
    std::string written;
  } kCases[] = {
      {"plain", "plain"},
      {"", R"("")"},
      {"two words", R"("two words")"},
      {"a\nb", R"("a\nb")"},
      {"a=b", R"("a=b")"},
      {"say \"hi\"", R"("say \"hi\"")"},
      {"新闻", R"("新闻")"},
      {"bad \xFF byte", "\"bad \xEF\xBF\xBD byte\""},
  };
  for (const auto& [value, written] : kCases) {
    lines_.clear();
    Logger logger(Options(LogFormat::kText));
    logger.Log(LogLevel::kInfo, "e", {{"v", value}});
    EXPECT_THAT(lines_,
                ElementsAre("2026-04-17T08:15:00.123Z info e v=" + written));
  }
}

TEST_F(LogTest, DropsLesserEvents) {
  Logger logger(Options(LogFormat::kText));
  EXPECT_FALSE(logger.Enabled(LogLevel::kDebug));
  logger.Log(LogLevel::kDebug, "detail", {});
  EXPECT_THAT(lines_, IsEmpty());
}

TEST_F(LogTest, OffWritesNothing) {
  LogOptions options = Options(LogFormat::kText);
  options.level = LogLevel::kOff;
  Logger logger(options);
  logger.Log(LogLevel::kError, "failure", {});
  EXPECT_THAT(lines_, IsEmpty());
}

TEST_F(LogTest, LinesOfThreadsDoNotMix) {
  Logger logger(Options(LogFormat::kText));
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&logger] {
      for (int j = 0; j < 100; ++j) logger.Log(LogLevel::kInfo, "event", {});
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(lines_, SizeIs(400));
  EXPECT_THAT(lines_, testing::Each(Eq("2026-04-17T08:15:00.123Z info event")));
}

TEST_F(LogTest, WritesToStderrByDefault) {
  testing::internal::CaptureStderr();
  Logger logger({.clock = &clock_});
  logger.Log(LogLevel::kInfo, "started", {});
  EXPECT_EQ(testing::internal::GetCapturedStderr(),
            "2026-04-17T08:15:00.123Z info started\n");
}

TEST(LogNames, AreParsed) {
  EXPECT_EQ(LogLevelFromName("warning"), LogLevel::kWarning);
  EXPECT_EQ(LogLevelFromName("loud"), std::nullopt);
  EXPECT_EQ(LogFormatFromName("json"), LogFormat::kJson);
  EXPECT_EQ(LogFormatFromName("xml"), std::nullopt);
}

}  // namespace
}  // namespace tercet
