// Documents with a known alignment, made from parallel sentences, with what
// goes wrong on the way from a newsroom to a file.
#ifndef TERCET_BENCH_ALIGN_NOISE_H_
#define TERCET_BENCH_ALIGN_NOISE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "bench/align/gold.h"

namespace tercet::bench {

// How often, out of a thousand beads.
struct NoiseRates {
  unsigned dropped = 50;      // A version has lost the sentence.
  unsigned inserted = 30;     // A version has one more, from elsewhere.
  unsigned merged = 50;       // Two sentences of a version have become one.
  unsigned boilerplate = 20;  // A version has a line of a web page more.
  unsigned dropped_runs = 4;  // A version has lost a run of 5 to 15.
};

// The same document with noise; the beads follow it. Merged sentences become
// one sentence, so that a 1-1 and a 1-1 bead become a 1-2 bead. The same seed
// gives the same noise. `strangers` are what inserted sentences are taken from,
// one document in the same languages.
GoldDocument AddNoise(const GoldDocument& document,
                      const GoldDocument& strangers, const NoiseRates& rates,
                      uint64_t seed);

// A column of a TSV, from 0, and the language of its texts.
struct TextColumn {
  size_t number = 0;
  std::string language;
};

// The documents of a TSV of parallel paragraphs, in the languages of `columns`;
// the last column is the document's name. Paragraphs are split into sentences;
// where the versions differ in their number the paragraph is one bead, which
// is left out unless it has at most two sentences in each version: nobody has
// said how they correspond. Documents with fewer than `min_beads` are left out.
std::vector<GoldDocument> ReadParagraphs(const std::string& path,
                                         const std::vector<TextColumn>& columns,
                                         size_t min_beads);

// Documents of `size` sentences from files of parallel lines.
std::vector<GoldDocument> ReadParallelLines(
    const std::vector<std::string>& paths,
    const std::vector<std::string>& languages, size_t size);

// The document in two of its languages.
GoldDocument Project(const GoldDocument& document, size_t first, size_t second);

}  // namespace tercet::bench

#endif  // TERCET_BENCH_ALIGN_NOISE_H_
