// Real sentences in English, Chinese and Spanish, from $TERCET_SHARED_DATA,
// else from ../shared/data beside the sources; from the sample memory that the
// repository ships where there is no such folder.
#ifndef TERCET_BENCH_REAL_TEXT_H_
#define TERCET_BENCH_REAL_TEXT_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tercet::bench {

inline constexpr std::array<std::string_view, 3> kLanguages = {"en", "zh",
                                                               "es"};

// One sentence in the order of kLanguages.
using Sentence = std::array<std::string, kLanguages.size()>;

// The place of a language in kLanguages. REQUIRES: it is one of them.
size_t LanguagePlace(std::string_view language);

enum class TextSet : uint8_t {
  kNews,     // TICO-19 (medical news) and PUD (news, encyclopaedia).
  kManuals,  // Software manuals.
  kPhrases,  // Tatoeba.
  kSample,   // deploy/samples/press.tmx, which is always there.
};

// Whether all sets and the edits are there.
bool HasSharedData();

// The sentences of a set, in the order of its files; only those that all three
// languages have. Ends the program when a file is missing.
std::vector<Sentence> ReadText(TextSet set);

// A sentence that somebody changed, before and after.
struct EditedSentence {
  Sentence before;
  Sentence after;  // English and Chinese only.
};

// Python's documentation, 3.8 and 3.12. Texts that are not there are empty.
std::vector<EditedSentence> ReadEdits();

}  // namespace tercet::bench

#endif  // TERCET_BENCH_REAL_TEXT_H_
