// From the pages of a release to translation units.
//
//   AlignedRelease aligned = SplitRelease(std::move(release));
//   RETURN_IF_ERROR(AlignRelease({}, aligned));
//   for (const AlignedUnit& unit : UnitsOf(aligned)) ...
#ifndef TERCET_SERVICE_RELEASE_ALIGN_RELEASE_H_
#define TERCET_SERVICE_RELEASE_ALIGN_RELEASE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "service/align/align.h"
#include "service/align/lexicon.h"
#include "service/base/status.h"
#include "service/model/unit.h"
#include "service/release/release.h"

namespace tercet {

// A sentence of a version. The headline is the first, alone in paragraph 0.
struct ReleaseSentence {
  std::string text;
  uint32_t paragraph = 0;
};

struct AlignedVersion {
  std::string file;
  LanguageTag language;
  ReleasePage page;  // Without its blocks.
  std::vector<ReleaseSentence> sentences;
};

struct AlignedRelease {
  std::string document;
  std::vector<AlignedVersion> versions;
  std::vector<Bead> beads;  // Ranges in the order of the versions.
};

// A unit with text in two languages at least.
struct AlignedUnit {
  Unit unit;  // Marked as aligned by machine.
  double confidence = 0;
  size_t bead = 0;  // Its place.
};

// Cuts the pages into sentences; of pages of ready-made ones each block is one.
AlignedRelease SplitRelease(Release release);

// Finds the beads. A bead with text that could not be decoded has confidence 0.
// Fails as AlignDocuments (service/align/align.h) does.
Status AlignRelease(const AlignOptions& options, AlignedRelease& release);

// The text of a bead in one version: its sentences, joined as the language
// joins them; empty where the version has none.
std::string BeadText(const AlignedRelease& release, const Bead& bead,
                     size_t version);

// The units, in order of the beads. A text that is plainly in another language
// than its version is left out: it was not translated. Document, release date,
// agency, category, place and neighbours are in their origin and properties
// (docs/releases.md).
std::vector<AlignedUnit> UnitsOf(const AlignedRelease& release);

// Learns words from the beads that are surely right.
void LearnFrom(const AlignedRelease& release, Lexicon& lexicon);

}  // namespace tercet

#endif  // TERCET_SERVICE_RELEASE_ALIGN_RELEASE_H_
