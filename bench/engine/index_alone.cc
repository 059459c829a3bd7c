#include "bench/engine/index_alone.h"

#include <algorithm>
#include <utility>

#include "bench/must.h"
#include "service/base/stop_check.h"
#include "service/match/score.h"

namespace tercet::bench {
namespace {

class IndexAlone : public Engine {
 public:
  explicit IndexAlone(const StoredTexts& texts)
      : texts_(texts), index_(BuildIndex(texts)) {}

  std::string_view name() const override { return "our index alone"; }

  Scores Find(const std::string& text) override {
    const Analysis query = texts_.AnalyzeText(text);
    BestScores best;
    Must(index_->Visit(
        {.stems = query.stems, .print = PrintOf(query)},
        Needed::AtLeast(kThreshold), NeverStop(),
        [&](const Candidate& candidate) -> StatusOr<Needed> {
          const auto place = static_cast<size_t>(candidate.ref.unit);
          best.Add(texts_.WithAnalysis(place, [&](const Analysis& stored) {
            return ScoreTexts(stored, query).score;
          }));
          return Needed::AtLeast(best.Needed());
        }));
    return std::move(best).Take();
  }

 private:
  const StoredTexts& texts_;
  std::shared_ptr<const SegmentIndex> index_;
};

}  // namespace

std::shared_ptr<const SegmentIndex> BuildIndex(const StoredTexts& texts) {
  constexpr size_t kStep = 10'000;
  auto index = SegmentIndex::Empty();
  const auto merge_all = [&index](MergeEffort effort) {
    while (const auto merge = index->PlanMerge(effort)) {
      Must(merge->Run(NeverStop()));
      index = index->Adopt(*merge);
    }
  };
  for (size_t begin = 0; begin < texts.size(); begin += kStep) {
    IndexChanges changes;
    for (size_t i = begin; i < std::min(texts.size(), begin + kStep); ++i) {
      const auto stems = texts.stems(i);
      changes.added.push_back(
          {.ref = {.unit = UnitNumber{i}},
           .stems = {stems.begin(), stems.end()},
           .print = texts.WithAnalysis(
               i, [](const Analysis& stored) { return PrintOf(stored); })});
    }
    index = index->Apply(std::move(changes));
    merge_all(MergeEffort::kFrugal);
  }
  merge_all(MergeEffort::kThorough);
  return index;
}

std::unique_ptr<Engine> MakeIndexAlone(const StoredTexts& texts) {
  return std::make_unique<IndexAlone>(texts);
}

}  // namespace tercet::bench
