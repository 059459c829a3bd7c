#include <string>
#include <tuple>
#include <utility>

#include "bench/must.h"
#include "bench/quality/measure.h"
#include "service/base/stop_check.h"
#include "service/index/segment_index.h"
#include "service/match/score.h"
#include "service/text/analysis.h"

namespace tercet::bench {
namespace {

class OtherRanking : public Ranking {
 public:
  OtherRanking(const Measure& measure, std::span<const std::string_view> texts,
               std::string_view language)
      : measure_(measure), texts_(texts), language_(language) {
    for (const std::string_view text : texts_) {
      profiles_.push_back(measure_.profile(text, language_));
    }
  }

  std::string_view name() const override { return measure_.name; }

  TopHits Top(std::string_view query, bool skip_equal) const override {
    const auto comparison =
        measure_.compare(measure_.profile(query, language_));
    TopHits top;
    double best = 0;
    for (size_t i = 0; i < texts_.size(); ++i) {
      if (skip_equal && texts_[i] == query) continue;
      if (comparison->AtMost(profiles_[i]) < best) continue;
      const double similarity = comparison->With(profiles_[i]);
      if (similarity <= 0 || similarity < best) continue;
      if (similarity > best) top.clear();
      best = similarity;
      top.push_back({.place = i, .similarity = similarity});
    }
    return top;
  }

 private:
  const Measure& measure_;
  std::span<const std::string_view> texts_;
  std::string language_;
  std::vector<Profile> profiles_;
};

class OurRanking : public Ranking {
 public:
  OurRanking(std::span<const std::string_view> texts, std::string_view language)
      : texts_(texts), language_(language), index_(SegmentIndex::Empty()) {
    IndexChanges changes;
    for (size_t i = 0; i < texts_.size(); ++i) {
      analyses_.push_back(AnalyzeText(texts_[i]));
      changes.added.push_back({.ref = {.unit = UnitNumber{i}},
                               .stems = analyses_.back().stems,
                               .print = PrintOf(analyses_.back())});
    }
    index_ = index_->Apply(std::move(changes));
  }

  std::string_view name() const override { return "Tercet"; }

  TopHits Top(std::string_view query, bool skip_equal) const override {
    const Analysis analysis = AnalyzeText(query);
    TopHits top;
    TextScore best{.kind = MatchKind::kFuzzy, .score = 1};
    Must(index_->Visit(
        {.stems = analysis.stems, .print = PrintOf(analysis)},
        Needed::AtLeast(1), NeverStop(),
        [&](const Candidate& candidate) -> StatusOr<Needed> {
          const auto place = static_cast<size_t>(candidate.ref.unit);
          if (skip_equal && texts_[place] == query)
            return Needed::AtLeast(best.score);
          const TextScore score = ScoreTexts(analyses_[place], analysis);
          if (score.score < 1 || IsBetter(best, score, top))
            return Needed::AtLeast(best.score);
          if (top.empty() || IsBetter(score, best, top)) top.clear();
          best = score;
          top.push_back({.place = place, .similarity = score.score / 100.0});
          return Needed::AtLeast(best.score);
        }));
    return top;
  }

 private:
  // Whether `a` is better than `b`, which is nothing as long as `top` is empty.
  static bool IsBetter(const TextScore& a, const TextScore& b,
                       const TopHits& top) {
    if (top.empty()) return false;
    return std::tuple(a.score, a.kind, -a.cost) >
           std::tuple(b.score, b.kind, -b.cost);
  }

  Analysis AnalyzeText(std::string_view text) const {
    return Analyze({.text = std::string(text), .codes = {}}, language_);
  }

  std::span<const std::string_view> texts_;
  std::string language_;
  std::vector<Analysis> analyses_;
  std::shared_ptr<const SegmentIndex> index_;
};

}  // namespace

std::unique_ptr<Ranking> MakeRanking(const Measure& measure,
                                     std::span<const std::string_view> texts,
                                     std::string_view language) {
  return std::make_unique<OtherRanking>(measure, texts, language);
}

std::unique_ptr<Ranking> MakeOurRanking(std::span<const std::string_view> texts,
                                        std::string_view language) {
  return std::make_unique<OurRanking>(texts, language);
}

}  // namespace tercet::bench
