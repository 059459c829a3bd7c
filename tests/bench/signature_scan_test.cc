#include "bench/engine/signature_scan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "service/match/edit_distance.h"

namespace tercet::bench {
namespace {

constexpr uint64_t kSeed = 5;

std::vector<uint32_t> RandomWords(std::mt19937_64& random) {
  std::vector<uint32_t> words(1 + random() % 30);
  for (uint32_t& word : words) word = static_cast<uint32_t>(random() % 60);
  return words;
}

TEST(ScanWays, AllPassTheSame) {
  SCOPED_TRACE(testing::Message() << "seed " << kSeed);
  std::mt19937_64 random(kSeed);
  SignatureColumns columns;
  for (size_t i = 0; i < 1003; ++i)
    columns.Add(SignatureOf(RandomWords(random)));
  const std::vector<ScanWay> ways = ScanWays();
  size_t passed_count = 0;
  for (size_t i = 0; i < 200; ++i) {
    const BagSignature query = SignatureOf(RandomWords(random));
    const size_t begin = random() % columns.size();
    const ScanRange range{.begin = begin,
                          .end = begin + random() % (columns.size() - begin),
                          .max_edits = static_cast<uint32_t>(random() % 12)};
    std::vector<Passed> plain;
    ways.back().scan(columns, query, range, plain);
    passed_count += plain.size();
    for (const ScanWay& way : ways) {
      std::vector<Passed> passed;
      way.scan(columns, query, range, passed);
      EXPECT_EQ(passed, plain) << way.name;
    }
  }
  EXPECT_GT(passed_count, 1000);
}

TEST(ScanWays, PassNoFewerThanTheEditDistanceAllows) {
  SCOPED_TRACE(testing::Message() << "seed " << kSeed);
  std::mt19937_64 random(kSeed);
  for (size_t i = 0; i < 2000; ++i) {
    const std::vector<uint32_t> query = RandomWords(random);
    std::vector<uint32_t> stored = query;
    for (size_t edit = random() % 6; edit > 0; --edit) {
      stored[random() % stored.size()] = static_cast<uint32_t>(random() % 60);
    }
    SignatureColumns columns;
    columns.Add(SignatureOf(stored));
    std::vector<Passed> passed;
    ScanWays().front().scan(columns, SignatureOf(query), {0, 1, 128}, passed);
    ASSERT_EQ(passed.size(), 1);
    EXPECT_LE(passed[0].edits, DistancePattern(query).Distance(stored, 128));
  }
}

}  // namespace
}  // namespace tercet::bench
