// Which measure finds the most useful translations? docs/benchmarks.md says how
// to read the tables that this prints.
#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "bench/options.h"
#include "bench/quality/judge.h"
#include "bench/quality/measure.h"
#include "bench/quality/quality_set.h"
#include "service/match/score.h"

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

void PrintRow(const Findings& findings, const Findings& ours) {
  fmt::print("| {:<28} | {:5.2f} |", findings.measure, MeanChrf(findings));
  if (&findings == &ours) {
    fmt::print("{:24}|", "");
  } else {
    const Difference d =
        Compare(ours.by_query, findings.by_query, kQualitySeed);
    fmt::print(" {:+5.2f} [{:+5.2f}, {:+5.2f}] {}|", d.mean, d.low, d.high,
               d.low > 0    ? "+"
               : d.high < 0 ? "-"
                            : "=");
  }
  fmt::print(" {:5.2f} | {:5.2f} | {:5.2f} |\n", MeanOfSurest(findings, 0.25),
             MeanOfSurest(findings, 0.5), MeanOfSurest(findings, 0.75));
}

// `by_measure`: ours first; of each, the directions of the set.
void PrintSet(const QualitySet& set,
              const std::vector<std::vector<Findings>>& by_measure) {
  for (size_t i = 0; i < set.targets.size(); ++i) {
    fmt::print(
        "\n{}, {} to {}: {} queries, {} in memory\n\n"
        "| measure                      |  chrF | ours better by [95 %]  |"
        "  25 % |  50 % |  75 % |\n"
        "|---|---|---|---|---|---|\n",
        set.name, set.source, set.targets[i], set.queries.size(),
        set.memory.size());
    for (const std::vector<Findings>& findings : by_measure) {
      PrintRow(findings[i], by_measure.front()[i]);
    }
  }
  std::fflush(stdout);
}

void RunSet(const QualitySet& set) {
  const std::vector<std::string_view> texts = SourceTexts(set);
  std::vector<std::vector<Findings>> by_measure;
  by_measure.push_back(Judge(set, *MakeOurRanking(texts, set.source)));
  for (const Measure& measure : OtherMeasures()) {
    by_measure.push_back(Judge(set, *MakeRanking(measure, texts, set.source)));
  }
  PrintSet(set, by_measure);
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
  for (const QualitySet& set : MakeQualitySets(plan)) {
    if (only.empty() || set.name == only) RunSet(set);
  }
  return EXIT_SUCCESS;
}

}  // namespace
}  // namespace tercet::bench

int main(int argc, char** argv) {
  return tercet::bench::Run(tercet::bench::Options(argc, argv));
}
