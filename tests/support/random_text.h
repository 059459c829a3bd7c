// News-like text out of a seed, in English, Chinese and Spanish, and the sorts
// of changes that one release makes to the sentences of another.
//
//   RandomText random(seed);
//   Segment stored = random.MakeSegment("es");
//   Segment query = random.Edit(stored, "es");
#ifndef TERCET_TESTS_SUPPORT_RANDOM_TEXT_H_
#define TERCET_TESTS_SUPPORT_RANDOM_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "service/model/segment.h"

namespace tercet {

// The same seed gives the same text, always.
class RandomText {
 public:
  explicit RandomText(uint64_t seed) : random_(seed) {}

  // 0 to `count` - 1. REQUIRES: count > 0.
  size_t Below(size_t count) { return random_() % count; }
  bool OneIn(size_t count) { return Below(count) == 0; }
  template <typename Items>
  const auto& Pick(const Items& items) {
    return items[Below(std::size(items))];
  }

  // A sentence of 3 to 30 words. `language` is "en", "zh" or "es".
  std::string MakeSentence(std::string_view language);

  // A sentence, now and then with tags; or a thing that is none: one word, one
  // character, marks only, tags on white space, several hundred words.
  Segment MakeSegment(std::string_view language);

  // `segment` with one to four changes: other words, numbers, case, marks,
  // spaces, word forms, widths, scripts, accents, tags. At times none.
  Segment Edit(const Segment& segment, std::string_view language);

 private:
  std::string MakeNumber();
  std::string EditText(const std::string& text, std::string_view language);
  std::string Respell(std::string text);
  void AddTags(Segment& segment);

  std::mt19937_64 random_;
};

// Where the characters of `text` begin, its end included.
std::vector<size_t> CharacterStarts(std::string_view text);

}  // namespace tercet

#endif  // TERCET_TESTS_SUPPORT_RANDOM_TEXT_H_
