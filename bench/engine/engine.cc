#include "bench/engine/engine.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

#include "bench/bench_database.h"
#include "bench/must.h"
#include "service/base/stop_check.h"
#include "service/match/score.h"

namespace tercet::bench {
namespace {

class Tercet : public Engine {
 public:
  Tercet(const Database& database, std::string_view language)
      : database_(database) {
    query_.language = Must(LanguageTag::Parse(language));
    query_.min_score = kThreshold;
    query_.max_matches = kMatchCount;
  }

  std::string_view name() const override { return "Tercet"; }

  Scores Find(const std::string& text) override {
    query_.segment.text = text;
    Scores scores;
    for (const Match& match :
         Must(database_.Lookup(kMemoryId, query_, NeverStop()))) {
      scores.push_back(match.score);
    }
    return scores;
  }

 private:
  const Database& database_;
  LookupQuery query_;
};

}  // namespace

void BestScores::Add(int score) {
  if (score < Needed()) return;
  scores_.insert(std::ranges::upper_bound(scores_, score, std::greater()),
                 score);
  if (scores_.size() > kMatchCount) scores_.pop_back();
}

Scores Rerank(const StoredTexts& texts, std::span<const uint32_t> places,
              const std::string& query) {
  const Analysis analysis = texts.AnalyzeText(query);
  BestScores best;
  for (const uint32_t place : places) {
    best.Add(texts.WithAnalysis(place, [&](const Analysis& stored) {
      return ScoreTexts(stored, analysis).score;
    }));
  }
  return std::move(best).Take();
}

std::unique_ptr<Engine> MakeTercet(const Database& database,
                                   std::string_view language) {
  return std::make_unique<Tercet>(database, language);
}

}  // namespace tercet::bench
