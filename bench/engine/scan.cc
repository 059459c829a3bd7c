#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include "bench/engine/engine.h"
#include "service/match/edit_distance.h"
#include "service/match/score.h"

namespace tercet::bench {
namespace {

// Texts of one length: ranks [begin, end) of the order by length.
struct LengthRange {
  uint32_t length = 0;
  size_t begin = 0;
  size_t end = 0;
};

// One query's way from what passed to what is best.
class BestFirst {
 public:
  BestFirst(const StoredTexts& texts, const Analysis& query)
      : texts_(texts), query_(query), pattern_(query.stems) {}

  // A text that is at least `edits` away.
  void Add(uint32_t place, uint32_t edits) {
    const int bound = ScoreBound(edits, Longer(place));
    if (bound >= kThreshold) unverified_[bound].push_back(place);
  }

  Scores Run() && {
    for (int bound = 100; bound >= best_.Needed(); --bound) {
      for (const uint32_t place : unverified_[bound]) Verify(place, bound);
      for (const uint32_t place : verified_[bound]) {
        if (bound < best_.Needed()) break;
        Score(place);
      }
    }
    return std::move(best_).Take();
  }

 private:
  uint32_t Longer(uint32_t place) const {
    return static_cast<uint32_t>(
        std::max(pattern_.length(), texts_.stems(place).size()));
  }

  void Verify(uint32_t place, int bound) {
    const uint32_t longer = Longer(place);
    const uint32_t most = MaxDistance(longer, best_.Needed());
    const uint32_t edits = pattern_.Distance(texts_.stems(place), most);
    if (edits > most) return;
    verified_[std::min(bound, ScoreBound(edits, longer))].push_back(place);
  }

  void Score(uint32_t place) {
    best_.Add(texts_.WithAnalysis(place, [&](const Analysis& stored) {
      return ScoreTexts(stored, query_).score;
    }));
  }

  const StoredTexts& texts_;
  const Analysis& query_;
  DistancePattern pattern_;
  std::array<std::vector<uint32_t>, 101> unverified_;
  std::array<std::vector<uint32_t>, 101> verified_;
  BestScores best_;
};

class Scan : public Engine {
 public:
  // Without `scan` no signature is looked at.
  Scan(const StoredTexts& texts, std::string_view name, ScanFunction scan)
      : texts_(texts), name_(name), scan_(scan), places_(texts.size()) {
    std::iota(places_.begin(), places_.end(), 0);
    std::ranges::stable_sort(places_, {}, [&](uint32_t place) {
      return texts_.stems(place).size();
    });
    for (size_t i = 0; i < places_.size(); ++i) {
      const auto stems = texts_.stems(places_[i]);
      const auto length = static_cast<uint32_t>(stems.size());
      if (ranges_.empty() || ranges_.back().length != length) {
        ranges_.push_back({.length = length, .begin = i});
      }
      ranges_.back().end = i + 1;
      columns_.Add(SignatureOf(stems));
    }
  }

  std::string_view name() const override { return name_; }

  Scores Find(const std::string& text) override {
    const Analysis query = texts_.AnalyzeText(text);
    BestFirst best_first(texts_, query);
    const auto query_length = static_cast<uint32_t>(query.stems.size());
    for (const LengthRange& range : ranges_) {
      const uint32_t longer = std::max(query_length, range.length);
      const uint32_t shorter = std::min(query_length, range.length);
      const uint32_t most = longer == 0 ? 0 : MaxDistance(longer, kThreshold);
      if (longer - shorter > most) continue;
      Pass(range, query, most);
      for (const Passed& passed : passed_) {
        best_first.Add(places_[passed.place],
                       std::max(passed.edits, longer - shorter));
      }
    }
    return std::move(best_first).Run();
  }

 private:
  void Pass(const LengthRange& range, const Analysis& query, uint32_t most) {
    passed_.clear();
    if (scan_ != nullptr) {
      scan_(columns_, SignatureOf(query.stems), {range.begin, range.end, most},
            passed_);
      return;
    }
    for (size_t i = range.begin; i < range.end; ++i) {
      passed_.push_back({.place = static_cast<uint32_t>(i), .edits = 0});
    }
  }

  const StoredTexts& texts_;
  std::string name_;
  ScanFunction scan_;
  std::vector<uint32_t> places_;  // By length.
  std::vector<LengthRange> ranges_;
  SignatureColumns columns_;  // In the order of places_.
  std::vector<Passed> passed_;
};

}  // namespace

std::unique_ptr<Engine> MakeScan(const StoredTexts& texts, const ScanWay& way) {
  return std::make_unique<Scan>(
      texts, "scan of signatures, " + std::string(way.name), way.scan);
}

std::unique_ptr<Engine> MakeBruteForce(const StoredTexts& texts) {
  return std::make_unique<Scan>(texts, "brute force, bit-parallel", nullptr);
}

}  // namespace tercet::bench
