// What alignment sees of a sentence: its words, and of those that a translation
// carries over (numbers, names, marks) what they share with it. Thread-safe.
#ifndef TERCET_SERVICE_ALIGN_FEATURES_H_
#define TERCET_SERVICE_ALIGN_FEATURES_H_

#include <cstdint>
#include <string_view>
#include <vector>

namespace tercet {

// Which sort of evidence a word is, for Bead's reasons.
enum class FeatureKind : uint8_t { kWord, kCognate, kNumber, kMark };

// A word of a sentence. Keys are 32-bit hashes of strings.
struct Feature {
  // The word: a stem; one Han character, or two neighbouring ones.
  uint32_t word = 0;
  // What its translations into any language share with it: the value of a
  // number, the beginning of a name. 0: nothing.
  uint32_t anchor = 0;
  FeatureKind kind = FeatureKind::kWord;
  float weight = 1;  // Against a plain word.
};

struct SentenceFeatures {
  std::vector<Feature> features;
  uint32_t characters = 0;  // Code points that are not white space.
};

// REQUIRES: text is valid UTF-8. `language` is a base language (`zh`).
SentenceFeatures ExtractFeatures(std::string_view text,
                                 std::string_view language);

}  // namespace tercet

#endif  // TERCET_SERVICE_ALIGN_FEATURES_H_
