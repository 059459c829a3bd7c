// Documents whose right alignment is known.
#ifndef TERCET_BENCH_ALIGN_GOLD_H_
#define TERCET_BENCH_ALIGN_GOLD_H_

#include <string>
#include <vector>

#include "service/align/align.h"

namespace tercet::bench {

// The ranges of a bead, one for each version.
using BeadRanges = std::vector<SentenceRange>;

struct GoldDocument {
  std::string name;
  std::vector<DocumentVersion> versions;
  std::vector<BeadRanges> beads;
};

// Reads the documents of one set of `align_gold`: a folder for each, with a
// file for each of two languages, one sentence a line, and gold.tsv, one bead a
// line: sentence numbers separated by commas, a tab, those of the other. Ends
// the process when there is something wrong with them.
std::vector<GoldDocument> ReadGold(const std::string& folder);

// Lines of a file, without their ends. Empty where there is no file.
std::vector<std::string> ReadLines(const std::string& path);

}  // namespace tercet::bench

#endif  // TERCET_BENCH_ALIGN_GOLD_H_
