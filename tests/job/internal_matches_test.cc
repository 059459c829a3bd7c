// The index of a job against a comparison with each of its segments.
#include "client/job/internal_matches.h"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "gtest/gtest.h"
#include "tests/support/plain_score.h"
#include "tests/support/random_text.h"

namespace tercet {
namespace {

struct Known {
  Segment segment;
  Analysis analysis;
};

int PlainBest(const std::vector<Known>& all, const Known& query,
              int min_score) {
  int best = 0;
  for (const Known& known : all) {
    best = std::max(best, PlainScore(known.segment, known.analysis,
                                     query.segment, query.analysis)
                              .score);
  }
  return best >= min_score ? best : 0;
}

TEST(InternalMatches, AgreesWithItsSlowTwin) {
  const uint64_t seed = std::random_device()();
  SCOPED_TRACE(seed);
  RandomText random(seed);
  int found = 0;
  for (const std::string language : {"en", "zh", "es"}) {
    InternalMatches matches;
    std::vector<Known> all;
    absl::flat_hash_set<uint64_t> seen;
    for (int i = 0; i < 200; ++i) {
      Known next;
      next.segment = all.empty() || random.OneIn(2)
                         ? random.MakeSegment(language)
                         : random.Edit(random.Pick(all).segment, language);
      next.analysis = Analyze(next.segment, language);
      if (!seen.insert(next.analysis.exact_hash).second) continue;
      const int min_score = 50 + static_cast<int>(random.Below(50));
      const InternalMatches::Entry entry = {.language = language,
                                            .segment = next.segment,
                                            .analysis = next.analysis};
      const int best = matches.BestScore(entry, min_score);
      ASSERT_EQ(best, PlainBest(all, next, min_score)) << next.segment.text;
      found += best > 0 ? 1 : 0;
      matches.Add(entry);
      all.push_back(std::move(next));
    }
  }
  EXPECT_GT(found, 50);
}

TEST(InternalMatches, KeepsLanguagesApart) {
  const Segment segment = {.text = "Taxi plan 2026 hotel"};
  InternalMatches matches;
  for (const std::string language : {"en", "es"}) {
    const Analysis analysis = Analyze(segment, language);
    const InternalMatches::Entry entry = {
        .language = language, .segment = segment, .analysis = analysis};
    EXPECT_EQ(matches.BestScore(entry, 50), 0);
    matches.Add(entry);
  }
}

}  // namespace
}  // namespace tercet
