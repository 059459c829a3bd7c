#include "service/align/align.h"

#include <fmt/format.h>

#include <set>
#include <span>
#include <utility>

#include "service/align/joint_lattice.h"
#include "service/align/pair_align.h"
#include "service/base/utf8.h"

namespace tercet {
namespace {

Status Invalid(std::string_view message) {
  return MakeError(StatusCode::kInvalidArgument, message,
                   {.reason = "ALIGN_VERSIONS_INVALID"});
}

Status TooLarge(std::string_view message) {
  return MakeError(StatusCode::kInvalidArgument, message,
                   {.reason = "ALIGN_TOO_LARGE"});
}

Status Check(std::span<const DocumentVersion> versions) {
  if (versions.size() < 2 || versions.size() > 3) {
    return Invalid(
        fmt::format("{} versions; two or three are aligned", versions.size()));
  }
  std::set<std::string> languages;
  size_t bytes = 0;
  for (const DocumentVersion& version : versions) {
    if (!languages.insert(version.language).second) {
      return Invalid(
          fmt::format("two versions in language '{}'", version.language));
    }
    size_t sentences = 0;
    for (const auto& paragraph : version.paragraphs) {
      sentences += paragraph.size();
      for (const std::string& sentence : paragraph) {
        bytes += sentence.size();
        if (!IsValidUtf8(sentence)) {
          return Invalid(fmt::format("the text in language '{}' is not UTF-8",
                                     version.language));
        }
      }
    }
    if (sentences > kMaxAlignedSentences) {
      return TooLarge(
          fmt::format("{} sentences in language '{}'; at most {} are aligned",
                      sentences, version.language, kMaxAlignedSentences));
    }
  }
  if (bytes > kMaxAlignedBytes) {
    return TooLarge(fmt::format("{} bytes of text; at most {} are aligned",
                                bytes, kMaxAlignedBytes));
  }
  return OkStatus();
}

PreparedVersion Prepare(const DocumentVersion& version) {
  PreparedVersion prepared{.language = version.language};
  std::vector<SentenceFeatures> sentences;
  for (const auto& paragraph : version.paragraphs) {
    if (paragraph.empty()) continue;
    prepared.paragraph_starts.push_back(
        static_cast<uint32_t>(sentences.size()));
    for (const std::string& sentence : paragraph) {
      sentences.push_back(ExtractFeatures(sentence, version.language));
    }
  }
  prepared.text = MakeVersionText(sentences);
  return prepared;
}

LexiconView ViewOf(const Lexicon* lexicon, std::string_view first,
                   std::string_view second) {
  if (lexicon == nullptr) return {};
  const bool swapped = second < first;
  return {.lexicon = swapped ? lexicon->Find(second, first)
                             : lexicon->Find(first, second),
          .swapped = swapped};
}

// Versions `first` and `second`, by their numbers, and their alignment.
struct AlignedPair {
  size_t first = 0;
  size_t second = 0;
  PairAlignment alignment;
};

class DocumentAligner {
 public:
  DocumentAligner(std::vector<PreparedVersion> versions,
                  const AlignOptions& options)
      : versions_(std::move(versions)), options_(options) {}

  StatusOr<std::vector<Bead>> Align() {
    RETURN_IF_ERROR(AlignPairs());
    if (versions_.size() == 2) return TwoVersions();
    return ThreeVersions();
  }

 private:
  Status AlignPairs() {
    for (size_t second = 1; second < versions_.size(); ++second) {
      for (size_t first = 0; first < second; ++first) {
        const PreparedVersion& a = versions_[first];
        const PreparedVersion& b = versions_[second];
        ASSIGN_OR_RETURN(
            PairAlignment alignment,
            AlignPair(a, b, ViewOf(options_.lexicon, a.language, b.language),
                      options_.stop));
        pairs_.push_back({first, second, std::move(alignment)});
      }
    }
    return OkStatus();
  }

  std::vector<Bead> TwoVersions() const {
    std::vector<Bead> beads;
    for (const PathBead& found : pairs_[0].alignment.lattice.BestPath()) {
      const BeadPlace& place = found.place;
      beads.push_back(
          {.ranges = {{place.first, place.first + place.first_count},
                      {place.second, place.second + place.second_count}},
           .confidence = found.probability});
    }
    AddReasons(beads);
    return beads;
  }

  StatusOr<std::vector<Bead>> ThreeVersions() const {
    // AlignPairs makes them in this order: 0-1, 0-2, 1-2.
    ASSIGN_OR_RETURN(const std::vector<JointBead> path,
                     AlignJointly({.first_second = pairs_[0].alignment.lattice,
                                   .first_third = pairs_[1].alignment.lattice,
                                   .second_third = pairs_[2].alignment.lattice},
                                  options_.stop));
    std::vector<Bead> beads;
    for (const JointBead& found : path) {
      std::vector<SentenceRange> ranges;
      for (size_t v = 0; v < versions_.size(); ++v) {
        ranges.push_back({found.begin[v], found.begin[v] + found.count[v]});
      }
      beads.push_back(
          {.ranges = std::move(ranges), .confidence = found.probability});
    }
    AddReasons(beads);
    return beads;
  }

  void AddReasons(std::vector<Bead>& beads) const {
    for (const AlignedPair& pair : pairs_) {
      BeadWords words(pair.alignment.translations);
      for (Bead& bead : beads) AddReasons(pair, words, bead);
    }
  }

  void AddReasons(const AlignedPair& pair, BeadWords& words, Bead& bead) const {
    const auto units_of = [&](size_t version) {
      const SentenceRange& range = bead.ranges[version];
      return std::span(versions_[version].text.units)
          .subspan(range.begin, range.size());
    };
    const auto first = units_of(pair.first);
    const auto second = units_of(pair.second);
    if (first.empty() || second.empty()) return;
    const GainParts gains = words.Explain(first, second);
    bead.reasons.length +=
        pair.alignment.lengths.Score(LengthOf(first), LengthOf(second));
    bead.reasons.numbers += gains.numbers;
    bead.reasons.cognates += gains.cognates;
    bead.reasons.lexicon += gains.words;
  }

  std::vector<PreparedVersion> versions_;
  const AlignOptions& options_;
  std::vector<AlignedPair> pairs_;
};

}  // namespace

StatusOr<std::vector<Bead>> AlignDocuments(
    std::span<const DocumentVersion> versions, const AlignOptions& options) {
  RETURN_IF_ERROR(Check(versions));
  std::vector<PreparedVersion> prepared;
  for (const DocumentVersion& version : versions) {
    RETURN_IF_ERROR(options.stop());
    prepared.push_back(Prepare(version));
  }
  return DocumentAligner(std::move(prepared), options).Align();
}

}  // namespace tercet
