// Which sentences of the language versions of a document translate each other.
//
//   std::vector<DocumentVersion> versions = {
//       {"en", {{"Trade grew.", "Prices fell."}}},
//       {"zh", {{"贸易增长，物价下降。"}}}};
//   ASSIGN_OR_RETURN(std::vector<Bead> beads, AlignDocuments(versions, {}));
//   // beads[0].ranges: [0, 2) of the first version, [0, 1) of the second
//
// docs/alignment.md tells how, and how well. Pure and deterministic.
// Thread-safe.
#ifndef TERCET_SERVICE_ALIGN_ALIGN_H_
#define TERCET_SERVICE_ALIGN_ALIGN_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "service/align/lexicon.h"
#include "service/base/status.h"
#include "service/base/stop_check.h"

namespace tercet {

// The most sentences of one version, and text of all versions together.
inline constexpr size_t kMaxAlignedSentences = 100'000;
inline constexpr size_t kMaxAlignedBytes = 64 * 1024 * 1024;

// A document in one language. Sentences are numbered from 0 through all
// paragraphs. Text that has no paragraphs is one paragraph.
struct DocumentVersion {
  std::string language;  // A base language: `zh` (text/language.h).
  std::vector<std::vector<std::string>> paragraphs;  // Of sentences.
};

// Sentences [begin, end) of a version; empty where begin == end.
struct SentenceRange {
  uint32_t begin = 0;
  uint32_t end = 0;

  uint32_t size() const { return end - begin; }
  friend bool operator==(const SentenceRange&, const SentenceRange&) = default;
};

// What spoke for a bead (positive) or against it (negative), in natural
// logarithms of how much likelier the texts are as translations than apart,
// added up over the pairs of versions.
// All are 0 for a bead with text in one version only.
struct BeadReasons {
  double length = 0;    // The lengths.
  double numbers = 0;   // Numbers and dates, by value.
  double cognates = 0;  // Names, addresses, words that are alike.
  double lexicon = 0;   // Known translations of words.

  friend bool operator==(const BeadReasons&, const BeadReasons&) = default;
};

// A few neighbouring sentences of each version that translate each other.
struct Bead {
  // One for each version, in the order of the versions; at least one is not
  // empty. Where a range is empty its begin tells the place.
  std::vector<SentenceRange> ranges;
  // How likely the bead is right as a whole, 0 to 1.
  double confidence = 0;
  BeadReasons reasons;
};

// What alignment may use and when it stops.
struct AlignOptions {
  // Known translations, or null. Only read.
  const Lexicon* lexicon = nullptr;
  StopCheck stop = NeverStop();
};

// Aligns two or three versions. Every sentence is in exactly one bead, and the
// ranges of each version ascend from bead to bead.
//
// Errors: kInvalidArgument with reason ALIGN_VERSIONS_INVALID (not two or three
// versions, two of one language, text that is not UTF-8) or ALIGN_TOO_LARGE
// (see the limits above); what `options.stop` returns. A version without
// sentences is none: the others' sentences are then beads by themselves.
StatusOr<std::vector<Bead>> AlignDocuments(
    std::span<const DocumentVersion> versions, const AlignOptions& options);

}  // namespace tercet

#endif  // TERCET_SERVICE_ALIGN_ALIGN_H_
