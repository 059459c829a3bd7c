// Ways to find the best matches of a text: ours, and what it is compared with.
#ifndef TERCET_BENCH_ENGINE_ENGINE_H_
#define TERCET_BENCH_ENGINE_ENGINE_H_

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bench/engine/signature_scan.h"
#include "bench/engine/stored_texts.h"
#include "service/memory/database.h"

namespace tercet::bench {

// All are asked for the same.
inline constexpr int kThreshold = 70;
inline constexpr size_t kMatchCount = 10;

// The scores of the best matches, best first: at most kMatchCount, none below
// kThreshold.
using Scores = std::vector<int>;

class Engine {
 public:
  virtual ~Engine() = default;
  virtual std::string_view name() const = 0;
  virtual Scores Find(const std::string& text) = 0;
};

// The best scores so far.
class BestScores {
 public:
  // What a score must be to be of use. (As good as the last: lookups order
  // matches further, so they have to look at those too.)
  int Needed() const {
    return scores_.size() < kMatchCount ? kThreshold : scores_.back();
  }
  void Add(int score);
  Scores Take() && { return std::move(scores_); }

 private:
  Scores scores_;
};

// Scores some texts really and keeps the best: what engines of others need
// behind them to give matches as ours.
Scores Rerank(const StoredTexts& texts, std::span<const uint32_t> places,
              const std::string& query);

// Ours: Database::Lookup in a memory, with all that it does for a match.
std::unique_ptr<Engine> MakeTercet(const Database& database,
                                   std::string_view language);

// The yardstick: scans the signatures of all lengths that can match, compares
// what passes bit-parallel, and scores what is left, the most promising first,
// under a bound that tightens. Everything is in memory. Exact.
std::unique_ptr<Engine> MakeScan(const StoredTexts& texts, const ScanWay& way);

// The same without signatures: compares all of the lengths that can match.
std::unique_ptr<Engine> MakeBruteForce(const StoredTexts& texts);

// SQLite's FTS5 with its trigram tokenizer: the best `kPeerCandidates` by BM25
// that share a trigram, scored really. Null when it was not there to build
// with.
std::unique_ptr<Engine> MakeSqlite(const StoredTexts& texts);

inline constexpr int kPeerCandidates = 200;

}  // namespace tercet::bench

#endif  // TERCET_BENCH_ENGINE_ENGINE_H_
