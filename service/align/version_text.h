// The sentences of a version as numbers: its words have ids from 0, the same in
// every sentence.
#ifndef TERCET_SERVICE_ALIGN_VERSION_TEXT_H_
#define TERCET_SERVICE_ALIGN_VERSION_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "service/align/features.h"

namespace tercet {

// A word of a sentence, with how much it counts there.
struct WordCount {
  uint32_t word = 0;
  float weight = 0;
};

// One word of a version.
struct VersionWord {
  Feature feature;
  uint32_t sentences = 0;  // How many sentences have it.
  float frequency = 0;     // Its share of all words, 0 to 1, never 0.
};

// A sentence; or a paragraph, a block of them.
struct TextUnit {
  std::vector<WordCount> words;  // By word.
  float weight = 0;              // Of all words together.
  float length = 0;              // In characters.
};

float LengthOf(std::span<const TextUnit> units);

struct VersionText {
  std::vector<VersionWord> words;
  std::vector<TextUnit> units;
};

VersionText MakeVersionText(std::span<const SentenceFeatures> sentences);

// `units` in blocks, as units. `starts` are the first units of the blocks,
// ascending from 0.
std::vector<TextUnit> JoinUnits(std::span<const TextUnit> units,
                                std::span<const uint32_t> starts);

}  // namespace tercet

#endif  // TERCET_SERVICE_ALIGN_VERSION_TEXT_H_
