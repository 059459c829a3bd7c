// Which measure finds the most useful translations? docs/benchmarks.md says how
// to read the tables that this prints.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bench/options.h"
#include "bench/quality/judge.h"
#include "bench/quality/measure.h"
#include "bench/quality/quality_set.h"
#include "service/match/score.h"
#include "service/model/limits.h"

namespace tercet::bench {
namespace {

constexpr uint64_t kQualitySeed = 20261125;

std::vector<std::string_view> SourceTexts(const QualitySet& set) {
  std::vector<std::string_view> texts;
  for (const Sentence& sentence : set.memory) {
    texts.push_back(sentence[LanguagePlace(set.source)]);
  }
  return texts;
}

// The findings for the queries that a lookup with the default threshold answers
// with something.
Findings WhereOursMatches(const Findings& findings, const Findings& ours) {
  Findings some = findings;
  some.by_query.clear();
  for (size_t i = 0; i < ours.by_query.size(); ++i) {
    if (ours.by_query[i].similarity >= kDefaultMinScore / 100.0) {
      some.by_query.push_back(findings.by_query[i]);
    }
  }
  return some;
}

// How much better ours is, marked + or - when that is more than chance.
std::string Advantage(const Findings& findings, const Findings& ours) {
  if (findings.by_query.empty() || findings.measure == ours.measure) return "";
  const Difference d = Compare(ours.by_query, findings.by_query, kQualitySeed);
  return fmt::format("{:+5.2f} [{:+5.2f}, {:+5.2f}] {}", d.mean, d.low, d.high,
                     d.low > 0 ? "+" : (d.high < 0 ? "-" : "="));
}

void PrintRow(const Findings& findings, const Findings& ours) {
  const Findings used = WhereOursMatches(findings, ours);
  const Findings ours_used = WhereOursMatches(ours, ours);
  fmt::print(
      "| {:<26} | {:5.2f} | {:<24} | {:5.2f} | {:<24} | {:5.2f} | {:5.2f} |\n",
      findings.measure, MeanChrf(used), Advantage(used, ours_used),
      MeanChrf(findings), Advantage(findings, ours),
      MeanOfSurest(findings, 0.25), MeanOfSurest(findings, 0.5));
}

// `by_measure`: ours first; of each, the directions of the set.
void PrintSet(const QualitySet& set,
              const std::vector<std::vector<Findings>>& by_measure) {
  for (size_t i = 0; i < set.targets.size(); ++i) {
    const Findings& ours = by_measure.front()[i];
    fmt::print(
        "\n### {}, {} to {}\n\n{} queries, {} with a match of {} or more; {} "
        "sentences in the memory\n\n"
        "| measure                    |  match | ours better by [95 %]    |   "
        "all "
        "| ours better by [95 %]    |  25 % |  50 % |\n"
        "|---|---|---|---|---|---|---|\n",
        set.name, set.source, set.targets[i], set.queries.size(),
        WhereOursMatches(ours, ours).by_query.size(), kDefaultMinScore,
        set.memory.size());
    for (const std::vector<Findings>& findings : by_measure) {
      PrintRow(findings[i], ours);
    }
  }
  std::fflush(stdout);
}

// All measures on one direction of a set, ours first.
struct Direction {
  std::string set;
  std::vector<Findings> by_measure;
};

std::vector<Direction> RunSet(const QualitySet& set) {
  const std::vector<std::string_view> texts = SourceTexts(set);
  std::vector<std::vector<Findings>> by_measure;
  by_measure.push_back(Judge(set, *MakeOurRanking(texts, set.source)));
  for (const Measure& measure : OtherMeasures()) {
    by_measure.push_back(Judge(set, *MakeRanking(measure, texts, set.source)));
  }
  PrintSet(set, by_measure);
  std::vector<Direction> directions(set.targets.size());
  for (size_t i = 0; i < directions.size(); ++i) {
    directions[i].set = set.name;
    for (std::vector<Findings>& findings : by_measure) {
      directions[i].by_measure.push_back(std::move(findings[i]));
    }
  }
  return directions;
}

// A row for each direction, a column for each measure: the mean where ours has
// a match, then the mean of all.
void PrintSummary(const std::vector<Direction>& directions) {
  if (directions.empty()) return;
  for (const bool matches : {true, false}) {
    fmt::print("\n### Summary, {}\n\n| set |",
               matches ? "queries with a match" : "all queries");
    for (const Findings& findings : directions.front().by_measure) {
      fmt::print(" {} |", findings.measure);
    }
    fmt::print("\n|---|");
    for (size_t i = 0; i < directions.front().by_measure.size(); ++i) {
      fmt::print("---|");
    }
    for (const Direction& direction : directions) {
      const Findings& ours = direction.by_measure.front();
      fmt::print("\n| {}, {} to {} |", direction.set, ours.source, ours.target);
      for (const Findings& findings : direction.by_measure) {
        fmt::print(
            " {:.2f} |",
            MeanChrf(matches ? WhereOursMatches(findings, ours) : findings));
      }
    }
    fmt::print("\n");
  }
}

int Run(const Options& options) {
  if (!HasSharedData()) {
    fmt::print("quality: skipped, no data (set TERCET_SHARED_DATA)\n");
    return EXIT_SUCCESS;
  }
  QualityPlan plan{.query_count = options.Number("queries", 300),
                   .seed = kQualitySeed};
  const std::string half = options.Text("half", "both");
  if (half == "first") plan.half = Half::kFirst;
  if (half == "second") plan.half = Half::kSecond;
  const std::string only = options.Text("set", "");
  fmt::print(
      "Quality of the best match's translation (chrF2), scoring version {}\n",
      kScoringVersion);
  std::vector<Direction> directions;
  for (const QualitySet& set : MakeQualitySets(plan)) {
    if (!only.empty() && set.name != only) continue;
    std::ranges::move(RunSet(set), std::back_inserter(directions));
  }
  PrintSummary(directions);
  return EXIT_SUCCESS;
}

}  // namespace
}  // namespace tercet::bench

int main(int argc, char** argv) {
  return tercet::bench::Run(tercet::bench::Options(argc, argv));
}
