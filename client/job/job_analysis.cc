#include "client/job/job_analysis.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "service/base/hash.h"
#include "service/text/analysis.h"
#include "service/text/language.h"

namespace tercet {
namespace {

// A better one would be a repetition.
constexpr int kBestInternalScore = 99;

}  // namespace

TextCount BandCounts::Total() const {
  TextCount total;
  for (const TextCount& count : bands) total += count;
  return total;
}

BandCounts& BandCounts::operator+=(const BandCounts& other) {
  for (size_t i = 0; i < kMatchBandCount; ++i) bands[i] += other.bands[i];
  return *this;
}

void JobAnalysis::BeginFile(std::string name) {
  files_.push_back({.name = std::move(name)});
}

MatchBand JobAnalysis::Add(const SourceSegment& segment,
                           const MemoryMatch& match) {
  FileAnalysis& file = files_.back();
  if (file.source_language.empty()) {
    file.source_language = segment.source_language;
    file.target_language = segment.target_language;
  }
  const MatchBand band = BandOf(segment, match);
  file.counts[band] += CountSegment(segment.source);
  return band;
}

BandCounts JobAnalysis::Total() const {
  BandCounts total;
  for (const FileAnalysis& file : files_) total += file.counts;
  return total;
}

// Every segment is remembered, a translated one too: what repeats it gets its
// translation.
MatchBand JobAnalysis::BandOf(const SourceSegment& segment,
                              const MemoryMatch& match) {
  const std::string language = ResolveLanguage(segment.source_language).base;
  const Analysis analysis = Analyze(segment.source, language);
  const uint64_t key = analysis.exact_hash ^ HashBytes64(language);
  const size_t file = files_.size();
  const auto [seen, is_new] = seen_.try_emplace(key, file);
  const bool same_file = std::exchange(seen->second, file) == file;

  const MatchBand by_memory = BandOfMatch(match.score, match.in_context);
  const InternalMatches::Entry entry = {
      .language = language, .segment = segment.source, .analysis = analysis};
  const bool is_open = !segment.is_locked &&
                       (!segment.is_translated || options_.count_translated);
  int internal_score = 0;
  if (options_.internal_matches && is_new) {
    if (is_open && match.score < kBestInternalScore) {
      internal_score = internal_.BestScore(
          entry, std::max(match.score + 1, kLeastBandScore));
    }
    internal_.Add(entry);
  }
  if (segment.is_locked) return MatchBand::kLocked;
  if (!is_open) return MatchBand::kTranslated;
  if (by_memory == MatchBand::kInContext) return by_memory;
  const bool is_repetition = !is_new && !(options_.exact_before_repetition &&
                                          by_memory == MatchBand::kExact);
  if (is_repetition) {
    return same_file ? MatchBand::kRepetition : MatchBand::kCrossFileRepetition;
  }
  return internal_score > 0 ? BandOfInternalMatch(internal_score) : by_memory;
}

}  // namespace tercet
