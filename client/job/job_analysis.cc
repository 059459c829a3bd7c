#include "client/job/job_analysis.h"

#include <algorithm>
#include <utility>

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
  files_.push_back({.name = std::move(name), .file = ++file_count_});
}

MatchBand JobAnalysis::Add(const SourceSegment& segment,
                           const MemoryMatch& match) {
  const Direction direction =
      DirectionOf(segment.source_language, segment.target_language);
  const MatchBand band = BandOf(segment, match, direction);
  PartOf(segment, direction).counts[band] += CountSegment(segment.source);
  return band;
}

JobAnalysis::Direction JobAnalysis::DirectionOf(const LanguageTag& source,
                                                const LanguageTag& target) {
  const Language language =
      target.empty() ? Language() : ResolveLanguage(target);
  return {
      .source = ResolveLanguage(source).base,
      .target = language.base + '-' + language.script + '-' + language.region};
}

// The part of the current file that is in the segment's languages.
FileAnalysis& JobAnalysis::PartOf(const SourceSegment& segment,
                                  const Direction& direction) {
  if (files_.back().source_language.empty()) {
    files_.back().source_language = segment.source_language;
    files_.back().target_language = segment.target_language;
  }
  for (size_t i = files_.size(); i-- > 0 && files_[i].file == file_count_;) {
    FileAnalysis& part = files_[i];
    if (DirectionOf(part.source_language, part.target_language) == direction) {
      return part;
    }
  }
  files_.push_back({.name = files_.back().name,
                    .file = file_count_,
                    .source_language = segment.source_language,
                    .target_language = segment.target_language});
  return files_.back();
}

BandCounts JobAnalysis::Total() const {
  BandCounts total;
  for (const FileAnalysis& file : files_) total += file.counts;
  return total;
}

// Every segment is remembered that is or will be translated: what repeats it
// gets its translation. A locked one has none to give, unless it is there.
MatchBand JobAnalysis::BandOf(const SourceSegment& segment,
                              const MemoryMatch& match,
                              const Direction& direction) {
  if (segment.is_locked && !segment.is_translated) return MatchBand::kLocked;
  Seen& seen = seen_[direction];
  const Analysis analysis = Analyze(segment.source, direction.source);
  const auto [known, is_new] =
      seen.files.try_emplace(analysis.exact_hash, file_count_);
  const bool same_file =
      std::exchange(known->second, file_count_) == file_count_;

  const MatchBand by_memory = BandOfMatch(match.score, match.in_context);
  const InternalMatches::Entry entry = {.language = direction.source,
                                        .segment = segment.source,
                                        .analysis = analysis};
  const bool is_open = !segment.is_locked &&
                       (!segment.is_translated || options_.count_translated);
  int internal_score = 0;
  if (options_.internal_matches && is_new) {
    if (is_open && match.score < kBestInternalScore) {
      internal_score = seen.internal.BestScore(
          entry, std::max(match.score + 1, kLeastBandScore));
    }
    seen.internal.Add(entry);
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
