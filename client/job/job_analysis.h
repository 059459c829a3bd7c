// What there is to translate in the files of a job, by bands: repetitions,
// matches of a memory, of the files themselves. docs/analysis.md has the rules.
//
//   JobAnalysis analysis({.internal_matches = true});
//   analysis.BeginFile("a.txt");
//   analysis.Add(segment, MemoryMatch{.score = 87});
//   ...
//   for (const FileAnalysis& file : analysis.files()) ...
#ifndef TERCET_CLIENT_JOB_JOB_ANALYSIS_H_
#define TERCET_CLIENT_JOB_JOB_ANALYSIS_H_

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "client/job/internal_matches.h"
#include "client/job/match_band.h"
#include "client/job/text_count.h"
#include "service/formats/source_segments.h"

namespace tercet {

// Counts by band.
struct BandCounts {
  std::array<TextCount, kMatchBandCount> bands{};

  TextCount& operator[](MatchBand band) {
    return bands[static_cast<size_t>(band)];
  }
  const TextCount& operator[](MatchBand band) const {
    return bands[static_cast<size_t>(band)];
  }
  TextCount Total() const;
  BandCounts& operator+=(const BandCounts& other);
};

// A file, or of one with several languages what is in one pair of them.
struct FileAnalysis {
  std::string name;
  size_t file = 0;  // Counted from 1.
  // Of the first segment; empty where there is none or nothing says them.
  LanguageTag source_language;
  LanguageTag target_language;
  BandCounts counts;
};

// The best match of a segment in the memories; a score of 0 for none.
struct MemoryMatch {
  int score = 0;  // Penalties taken off.
  bool in_context = false;
};

struct JobAnalysisOptions {
  // Segments that resemble one before them count as internal matches where no
  // memory has a match as good.
  bool internal_matches = false;
  // What has an exact match in a memory is no repetition.
  bool exact_before_repetition = false;
  // What is translated already counts as if it were not.
  bool count_translated = false;
};

// Not thread-safe.
class JobAnalysis {
 public:
  explicit JobAnalysis(const JobAnalysisOptions& options) : options_(options) {}

  void BeginFile(std::string name);

  // Counts the next segment of the file. REQUIRES: a file was begun.
  MatchBand Add(const SourceSegment& segment, const MemoryMatch& match);

  // In order, none without languages beside one that has some.
  const std::vector<FileAnalysis>& files() const { return files_; }
  // So many were begun.
  size_t file_count() const { return file_count_; }
  BandCounts Total() const;

 private:
  // A translation saves no work in another language.
  struct Direction {
    std::string source;  // A base language.
    std::string target;  // A language with script and region.

    // NOLINTNEXTLINE(modernize-use-nullptr): as for SegmentRef.
    friend auto operator<=>(const Direction&, const Direction&) = default;
  };
  // What was seen of one direction.
  struct Seen {
    // By the hash of text and codes: the file where it stood last.
    absl::flat_hash_map<uint64_t, size_t> files;
    InternalMatches internal;
  };

  static Direction DirectionOf(const LanguageTag& source,
                               const LanguageTag& target);
  FileAnalysis& PartOf(const SourceSegment& segment,
                       const Direction& direction);
  MatchBand BandOf(const SourceSegment& segment, const MemoryMatch& match,
                   const Direction& direction);

  const JobAnalysisOptions options_;
  std::vector<FileAnalysis> files_;
  size_t file_count_ = 0;
  std::map<Direction, Seen> seen_;
};

}  // namespace tercet

#endif  // TERCET_CLIENT_JOB_JOB_ANALYSIS_H_
