#include "client/cli/output/progress.h"

#include <string>
#include <string_view>

#include "client/cli/output/display_width.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tercet::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class FakeClock : public Clock {
 public:
  int64_t NowMicros() const override { return now_micros; }
  int64_t now_micros = 1'000'000;
};

TEST(FormatProgress, ShowsBarRateAndRest) {
  EXPECT_EQ(FormatProgress("press.tmx",
                           {.bytes = 1 << 20,
                            .total_bytes = 4 << 20,
                            .units = 5000,
                            .elapsed_ms = 2000},
                           80),
            "press.tmx   25%  [=====>              ]  1.0 MiB  5,000 units  "
            "2,500/s  ETA 0:06");
}

TEST(FormatProgress, HasNoBarWhenTheSizeIsNotKnown) {
  EXPECT_EQ(FormatProgress("standard input",
                           {.bytes = 2048, .units = 1, .elapsed_ms = 1000}, 80),
            "standard input  2.0 KiB  1 unit  1/s");
}

TEST(FormatProgress, GuessesNoRestInTheFirstMoment) {
  EXPECT_THAT(
      FormatProgress(
          "f", {.bytes = 1, .total_bytes = 100, .units = 1, .elapsed_ms = 100},
          80),
      Not(HasSubstr("ETA")));
}

TEST(FormatProgress, FitsTheTerminal) {
  const ProgressState state = {.bytes = 999'999'999,
                               .total_bytes = 1'999'999'999,
                               .units = 123'456'789,
                               .elapsed_ms = 98'765'432};
  for (int width = 70; width < 160; ++width) {
    EXPECT_LE(DisplayWidth(FormatProgress(
                  "/home/ana/新闻稿/very-long-name-of-a-file-2025.tmx", state,
                  width)),
              width);
  }
}

TEST(FormatProgress, KeepsTheEndOfALongName) {
  EXPECT_THAT(FormatProgress(std::string(50, 'a') + "/press.tmx", {}, 60),
              HasSubstr("…"));
  EXPECT_THAT(FormatProgress(std::string(50, 'a') + "/press.tmx", {}, 60),
              HasSubstr("/press.tmx"));
}

TEST(FormatProgress, ShortensALongNameBeforeItDropsTheBar) {
  const std::string line = FormatProgress("/tmp/tercet-test-abcdef/3/big.tsv",
                                          {.bytes = 1 << 20,
                                           .total_bytes = 4 << 20,
                                           .units = 36000,
                                           .durable_units = 32000,
                                           .elapsed_ms = 4000},
                                          100);
  EXPECT_THAT(line, HasSubstr("big.tsv"));
  EXPECT_THAT(line, HasSubstr("=>"));
  EXPECT_LE(DisplayWidth(line), 100);
}

TEST(ProgressMeter, DrawsTenTimesASecondAtMost) {
  FakeClock clock;
  int drawn = 0;
  ProgressMeter meter({.mode = ProgressMode::kBar,
                       .label = "f",
                       .clock = &clock,
                       .put = [&drawn](std::string_view) { ++drawn; }});
  for (int i = 0; i < 1000; ++i) {
    clock.now_micros += 1000;
    meter.Update({.bytes = i});
  }
  EXPECT_EQ(drawn, 10);
}

TEST(ProgressMeter, WritesALineEveryFiveSecondsToALog) {
  FakeClock clock;
  std::string log;
  ProgressMeter meter({.mode = ProgressMode::kLines,
                       .label = "f",
                       .clock = &clock,
                       .put = [&log](std::string_view text) { log += text; }});
  for (int i = 1; i <= 11; ++i) {
    clock.now_micros += 1'000'000;
    meter.Update({.bytes = i});
  }
  EXPECT_EQ(log, "f  5 B  0 units  0/s\nf  10 B  0 units  0/s\n");
}

TEST(ProgressMeter, ClearsOnlyWhatItDrew) {
  FakeClock clock;
  std::string text;
  ProgressMeter meter({.mode = ProgressMode::kBar,
                       .label = "f",
                       .clock = &clock,
                       .put = [&text](std::string_view t) { text += t; }});
  meter.Clear();
  EXPECT_EQ(text, "");
  clock.now_micros += 1'000'000;
  meter.Update({});
  text.clear();
  meter.Clear();
  EXPECT_EQ(text, "\r\x1b[K");
}

TEST(ProgressMeter, IsSilentWhenNobodyWatches) {
  FakeClock clock;
  ProgressMeter meter({.clock = &clock, .put = [](std::string_view) {
                         ADD_FAILURE() << "wrote";
                       }});
  clock.now_micros += 60'000'000;
  meter.Update({});
  meter.Clear();
  EXPECT_EQ(meter.elapsed_ms(), 60'000);
}

}  // namespace
}  // namespace tercet::cli
