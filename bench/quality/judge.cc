#include "bench/quality/judge.h"

#include <algorithm>
#include <random>
#include <utility>

#include "bench/quality/chrf.h"

namespace tercet::bench {
namespace {

Finding FindingOf(const QualitySet& set, const Sentence& query,
                  const TopHits& top, size_t target) {
  Finding finding;
  if (top.empty()) return finding;
  for (const Hit& hit : top) {
    finding.chrf += Chrf(set.memory[hit.place][target], query[target]);
  }
  finding.chrf /= static_cast<double>(top.size());
  finding.similarity = top.front().similarity;
  return finding;
}

}  // namespace

std::vector<Findings> Judge(const QualitySet& set, const Ranking& ranking) {
  std::vector<Findings> all;
  for (const std::string_view target : set.targets) {
    all.push_back({.measure = std::string(ranking.name()),
                   .source = set.source,
                   .target = target});
  }
  for (const Sentence& query : set.queries) {
    const TopHits top =
        ranking.Top(query[LanguagePlace(set.source)], set.leave_out_equal);
    for (Findings& findings : all) {
      findings.by_query.push_back(
          FindingOf(set, query, top, LanguagePlace(findings.target)));
    }
  }
  return all;
}

double MeanChrf(const Findings& findings) { return MeanOfSurest(findings, 1); }

double MeanOfSurest(const Findings& findings, double share) {
  std::vector<Finding> sorted = findings.by_query;
  std::ranges::sort(sorted, std::ranges::greater(), &Finding::similarity);
  const double wanted = share * static_cast<double>(sorted.size());
  double sum = 0;
  double taken = 0;
  for (size_t begin = 0; begin < sorted.size() && taken < wanted;) {
    size_t end = begin;
    double equals = 0;
    while (end < sorted.size() &&
           sorted[end].similarity == sorted[begin].similarity) {
      equals += sorted[end++].chrf;
    }
    const auto count = static_cast<double>(end - begin);
    const double take = std::min(count, wanted - taken);
    sum += equals * take / count;
    taken += take;
    begin = end;
  }
  return taken == 0 ? 0 : sum / taken;
}

Difference Compare(std::span<const Finding> ours,
                   std::span<const Finding> theirs, uint64_t seed) {
  constexpr size_t kSamples = 2000;
  const size_t count = ours.size();
  std::vector<double> differences;
  double sum = 0;
  for (size_t i = 0; i < count; ++i) {
    differences.push_back(ours[i].chrf - theirs[i].chrf);
    sum += differences.back();
  }
  std::mt19937_64 random(seed);
  std::vector<double> means;
  for (size_t sample = 0; sample < kSamples; ++sample) {
    double total = 0;
    for (size_t i = 0; i < count; ++i) total += differences[random() % count];
    means.push_back(total / static_cast<double>(count));
  }
  std::ranges::sort(means);
  return {.mean = sum / static_cast<double>(count),
          .low = means[kSamples * 25 / 1000],
          .high = means[kSamples * 975 / 1000 - 1]};
}

}  // namespace tercet::bench
