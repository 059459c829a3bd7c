#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <iterator>
#include <map>
#include <utility>

#include "bench/engine/index_alone.h"
#include "bench/engine/tables.h"
#include "bench/must.h"
#include "bench/queries.h"
#include "service/base/stop_check.h"

namespace tercet::bench {
namespace {

constexpr size_t kMillion = 1'000'000;

// An engine, how long its answers take, and how complete they are.
struct Contestant {
  Engine* engine = nullptr;
  Rounds rounds;
  size_t asked = 0;       // Queries that have a match,
  size_t best_found = 0;  // of which the best was found,
  size_t matches = 0;     // and all those that there are,
  size_t found = 0;       // of which so many were.

  void Compare(const Scores& exact, const Scores& scores) {
    if (exact.empty()) return;
    ++asked;
    matches += exact.size();
    best_found += !scores.empty() && scores.front() == exact.front() ? 1 : 0;
    Scores shared;
    std::ranges::set_intersection(exact, scores, std::back_inserter(shared),
                                  std::ranges::greater());
    found += shared.size();
  }

  static double Share(size_t part, size_t whole) {
    return whole == 0
               ? 0
               : 100 * static_cast<double>(part) / static_cast<double>(whole);
  }
};

class LanguageTable {
 public:
  LanguageTable(const Filled& filled, std::string_view language,
                const TablePlan& plan)
      : filled_(filled),
        language_(language),
        plan_(plan),
        place_(LanguagePlace(language)),
        texts_(filled.texts[place_], language),
        tercet_(MakeTercet(*filled.database, language)),
        index_(MakeIndexAlone(texts_)),
        scan_(MakeScan(texts_, ScanWays().front())) {
    for (LookupQuery& query :
         MakeQueries(filled.sample, {.language = language,
                                    .count = plan.query_count,
                                    .seed = kSeed})) {
      queries_.push_back(std::move(query.segment.text));
    }
  }

  std::vector<Goal> Run(PostgresCluster* cluster) {
    PrintTitle(fmt::format("{}: {} segments, {} queries, {} rounds", language_,
                           texts_.size(), queries_.size(), plan_.rounds));
    fmt::print(
        "| engine | p50 us | p99 us | CPU p50 us | CPU p99 us | times slower "
        "| best found | all found |\n|---|---|---|---|---|---|---|---|\n");
    RunExact();
    PrintRow(ours_, ours_);
    PrintRow(ours_alone_, ours_);
    PrintRow(yardstick_, ours_);
    std::vector<Goal> goals = YardstickGoals();
    const auto brute = MakeBruteForce(texts_);
    RunSlow(*brute, "brute force", goals);
    if (plan_.peers) RunPeers(cluster, goals);
    PrintOdd(goals);
    PrintFiltered();
    return goals;
  }

 private:
  // Ours and the yardstick by turns, so that the same machine serves both.
  void RunExact() {
    ours_.engine = tercet_.get();
    ours_alone_.engine = index_.get();
    yardstick_.engine = scan_.get();
    exact_.resize(queries_.size());
    for (size_t round = 0; round < plan_.rounds; ++round) {
      ours_.rounds.Begin();
      ours_alone_.rounds.Begin();
      yardstick_.rounds.Begin();
      for (size_t i = 0; i < queries_.size(); ++i) {
        Scores ours;
        Scores alone;
        Scores scan;
        ours_.rounds.Time([&] { ours = tercet_->Find(queries_[i]); });
        yardstick_.rounds.Time([&] { scan = scan_->Find(queries_[i]); });
        ours_alone_.rounds.Time([&] { alone = index_->Find(queries_[i]); });
        if (round > 0) continue;
        ours_.Compare(scan, ours);
        ours_alone_.Compare(scan, alone);
        yardstick_.Compare(scan, scan);
        different_ += ours == scan && alone == scan ? 0 : 1;
        exact_[i] = std::move(scan);
      }
    }
    if (different_ > 0) {
      fmt::print("WRONG: {} answers are not those of the scan\n", different_);
    }
  }

  void RunSlow(Engine& engine, const std::string& name,
               std::vector<Goal>& goals) {
    Contestant slow{.engine = &engine};
    slow.rounds.Begin();
    const size_t step =
        std::max<size_t>(1, queries_.size() / plan_.slow_query_count);
    for (size_t i = 0; i < queries_.size(); i += step) {
      Scores scores;
      slow.rounds.Time([&] { scores = engine.Find(queries_[i]); });
      slow.Compare(exact_[i], scores);
    }
    PrintRow(slow, ours_);
    goals.push_back(
        {.what = fmt::format("{}: p50 of {} / ours", language_, name),
         .figure = slow.rounds.Wall(0.5) / ours_.rounds.Wall(0.5),
         .goal = 100,
         .unit = "x",
         .counts = plan_.unit_count >= kMillion});
  }

  void RunPeers(PostgresCluster* cluster, std::vector<Goal>& goals) {
    if (const auto sqlite = MakeSqlite(texts_)) {
      RunSlow(*sqlite, "SQLite FTS5", goals);
    } else {
      fmt::print("| SQLite: skipped, libsqlite3-dev was not there |\n");
    }
    if (cluster == nullptr) {
      fmt::print(
          "| PostgreSQL: skipped, postgresql or libpq-dev is not there |\n");
      return;
    }
    for (const TrigramIndex index : {TrigramIndex::kGin, TrigramIndex::kGist}) {
      const auto postgres = cluster->MakeEngine(texts_, index);
      RunSlow(*postgres, std::string(postgres->name()), goals);
    }
  }

  static void PrintRow(const Contestant& c, const Contestant& ours) {
    fmt::print(
        "| {} | {:.0f} | {:.0f} | {:.0f} | {:.0f} | {:.1f} | {:.1f} % | {:.1f} "
        "% |\n",
        c.engine->name(), c.rounds.Wall(0.5), c.rounds.Wall(0.99),
        c.rounds.Cpu(0.5), c.rounds.Cpu(0.99),
        c.rounds.Wall(0.5) / ours.rounds.Wall(0.5),
        Contestant::Share(c.best_found, c.asked),
        Contestant::Share(c.found, c.matches));
    std::fflush(stdout);
  }

  // CPU time: of a core of its own it is the same, of a shared one it is true.
  std::vector<Goal> YardstickGoals() const {
    const bool large = plan_.unit_count >= 10 * kMillion;
    double median_goal = language_ == "zh" ? 4 : 7;
    double tail_goal = language_ == "zh" ? 25 : 5;
    if (large) median_goal = 14;
    if (large) tail_goal = 11;
    const bool counts = plan_.unit_count >= kMillion;
    return {{.what = fmt::format("{}: answers that differ from brute force",
                                 language_),
             .figure = static_cast<double>(different_),
             .goal = 0,
             .at_least = false},
            {.what = fmt::format("{}: p50 of the scan / ours", language_),
             .figure = yardstick_.rounds.Cpu(0.5) / ours_.rounds.Cpu(0.5),
             .goal = median_goal,
             .unit = "x",
             .counts = counts},
            {.what = fmt::format("{}: p50 of the scan / our index alone",
                                 language_),
             .figure = yardstick_.rounds.Cpu(0.5) / ours_alone_.rounds.Cpu(0.5),
             .goal = median_goal,
             .unit = "x",
             .counts = counts},
            {.what = fmt::format("{}: p99 of the scan / ours", language_),
             .figure = yardstick_.rounds.Cpu(0.99) / ours_.rounds.Cpu(0.99),
             .goal = tail_goal,
             .unit = "x",
             .counts = counts}};
  }

  void PrintOdd(std::vector<Goal>& goals) {
    if (filled_.odd.empty()) return;
    PrintTitle(fmt::format("{}: odd texts, CPU", language_));
    fmt::print(
        "| queries | p50 us | max us | p50 / ordinary p50 | scan p50 us | "
        "same answers |\n|---|---|---|---|---|---|\n");
    double worst = 0;
    for (const OddKind& kind : filled_.odd) {
      const double slower = PrintOddKind(kind);
      if (kind.name != "64 KiB") worst = std::max(worst, slower);
    }
    goals.push_back(
        {.what = fmt::format("{}: slowest odd kind / ordinary p50", language_),
         .figure = worst,
         .goal = 20,
         .at_least = false,
         .unit = "x"});
  }

  double PrintOddKind(const OddKind& kind) {
    Rounds ours;
    Rounds scan;
    bool same = true;
    for (size_t round = 0; round < plan_.rounds; ++round) {
      ours.Begin();
      scan.Begin();
      for (const Sentence& query : kind.queries) {
        Scores found;
        Scores exact;
        ours.Time([&] { found = tercet_->Find(query[place_]); });
        scan.Time([&] { exact = scan_->Find(query[place_]); });
        same = same && found == exact;
      }
    }
    const double slower = ours.Cpu(0.5) / ours_.rounds.Cpu(0.5);
    fmt::print("| {} | {:.0f} | {:.0f} | {:.1f} | {:.0f} | {} |\n", kind.name,
               ours.Cpu(0.5), ours.Cpu(1), slower, scan.Cpu(0.5),
               same ? "yes" : "NO");
    std::fflush(stdout);
    return slower;
  }

  // What a filter costs that leaves one unit in 10,000.
  void PrintFiltered() {
    LookupQuery query{.language = Must(LanguageTag::Parse(language_)),
                      .max_matches = kMatchCount,
                      .filter = {.documents = {std::string(kRareDocument)}}};
    PrintTitle(fmt::format("{}: only one unit in {} allowed, CPU", language_,
                           kOneInRare));
    fmt::print(
        "| threshold | p50 us | p99 us | matches |\n|---|---|---|---|\n");
    for (const int threshold : {kThreshold, 50}) {
      query.min_score = threshold;
      Rounds rounds;
      rounds.Begin();
      size_t matches = 0;
      // Low thresholds take long: all that reaches them is read.
      const size_t step = threshold == kThreshold ? 1 : queries_.size() / 20;
      for (size_t i = 0; i < queries_.size(); i += std::max<size_t>(1, step)) {
        query.segment.text = queries_[i];
        rounds.Time([&] {
          matches +=
              Must(filled_.database->Lookup(kMemoryId, query, NeverStop()))
                  .size();
        });
      }
      fmt::print("| {} | {:.0f} | {:.0f} | {} |\n", threshold, rounds.Cpu(0.5),
                 rounds.Cpu(0.99), matches);
      std::fflush(stdout);
    }
  }

  const Filled& filled_;
  std::string language_;
  const TablePlan& plan_;
  size_t place_;
  StoredTexts texts_;
  std::unique_ptr<Engine> tercet_;
  std::unique_ptr<Engine> index_;
  std::unique_ptr<Engine> scan_;
  std::vector<std::string> queries_;
  std::vector<Scores> exact_;
  Contestant ours_;
  Contestant ours_alone_;
  Contestant yardstick_;
  size_t different_ = 0;
};

}  // namespace

std::vector<Goal> LatencyTable(const Filled& filled, std::string_view language,
                               const TablePlan& plan,
                               PostgresCluster* cluster) {
  return LanguageTable(filled, language, plan).Run(cluster);
}

}  // namespace tercet::bench
