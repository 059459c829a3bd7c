#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "bench/engine/tables.h"
#include "bench/must.h"
#include "service/base/stop_check.h"
#include "service/text/analysis.h"

namespace tercet::bench {
namespace {

constexpr size_t kSampled = 2000;

// Of some texts: their words, and how many have a near-twin.
struct TextFigures {
  std::vector<size_t> words;
  size_t twins = 0;

  size_t Words(double share) const {
    return words.empty() ? 0
                         : words[static_cast<size_t>(
                               share * static_cast<double>(words.size() - 1))];
  }
};

TextFigures FiguresOf(const Filled& filled, size_t language, size_t begin,
                      size_t end) {
  TextFigures figures;
  LookupQuery query{.language = Must(LanguageTag::Parse(kLanguages[language])),
                    .min_score = kThreshold,
                    .max_matches = 2};
  const size_t step = std::max<size_t>(1, (end - begin) / kSampled);
  for (size_t i = begin; i < end; i += step) {
    query.segment.text = filled.texts[language][i];
    figures.words.push_back(
        Analyze(query.segment, kLanguages[language]).stems.size());
    // The text itself is one.
    const auto matches =
        Must(filled.database->Lookup(kMemoryId, query, NeverStop()));
    figures.twins += matches.size() > 1 ? 1 : 0;
  }
  std::ranges::sort(figures.words);
  return figures;
}

void PrintRow(const Filled& filled, size_t language, std::string_view what,
              size_t begin, size_t end) {
  if (begin == end) return;
  const TextFigures figures = FiguresOf(filled, language, begin, end);
  fmt::print("| {} {} | {} | {} | {} | {} | {} | {:.0f} % |\n",
             kLanguages[language], what, end - begin, figures.Words(0.1),
             figures.Words(0.5), figures.Words(0.9), figures.Words(0.99),
             100 * static_cast<double>(figures.twins) /
                 static_cast<double>(figures.words.size()));
}

}  // namespace

void PrintText(const Filled& filled, const TablePlan& plan) {
  PrintTitle("Text: " + filled.origin);
  fmt::print(
      "| | texts | words p10 | p50 | p90 | p99 | near-twins (another of 70 "
      "or more) |\n|---|---|---|---|---|---|---|\n");
  for (size_t i = 0; i < kLanguages.size(); ++i) {
    if (filled.texts[i].empty()) continue;
    PrintRow(filled, i, "real", 0, filled.real_count);
    PrintRow(filled, i, "recombined", filled.real_count, plan.unit_count);
  }
}

}  // namespace tercet::bench
