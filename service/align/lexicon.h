// Which words of two languages translate each other, learnt from pairs of
// sentences: IBM model 1 (Brown et al. 1993) in both directions at once, by
// online EM (Liang and Klein 2009).
//
//   Lexicon lexicon;
//   lexicon.Learn({"en", "Trade grew."}, {"es", "El comercio creció."});
//
// A value: copies are independent. Any number of threads may read one that
// nobody changes.
#ifndef TERCET_SERVICE_ALIGN_LEXICON_H_
#define TERCET_SERVICE_ALIGN_LEXICON_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tercet {

// A sentence and its base language (`zh`).
struct LanguageText {
  std::string_view language;
  std::string_view text;
};

// Two words of two documents, by their places in the lists asked for, and how
// likely one of a sentence comes with the other in its translation.
struct WordTranslation {
  uint32_t first = 0;
  uint32_t second = 0;
  float forward = 0;   // P(second | first), 0 to 1.
  float backward = 0;  // P(first | second), 0 to 1.
};

// What is known of the words of two documents.
struct KnownWords {
  std::vector<WordTranslation> translations;  // By first.
  // How likely each word has a known translation in the translation of its
  // sentence, 0 to 1; 0 for unknown words.
  std::vector<float> first_reliability;
  std::vector<float> second_reliability;
};

// What is known of two languages.
class LexiconPair {
 public:
  // Counts the words that may translate each other in one more pair of
  // sentences, given as keys of words (align/features.h), each once.
  void Learn(std::span<const uint32_t> first, std::span<const uint32_t> second);

  // Adds what another pair of the same languages has learnt.
  void Merge(const LexiconPair& other);

  // What is known of these words, each of which is there once.
  KnownWords Find(std::span<const uint32_t> first,
                  std::span<const uint32_t> second) const;

  size_t words() const { return rows_.size(); }

 private:
  struct Entry {
    uint32_t word = 0;
    float count = 0;
  };
  struct Totals {
    float sentences = 0;  // That had the word.
    float linked = 0;     // In how many of them it was linked to others.
  };
  struct Row {
    Totals totals;
    std::vector<Entry> entries;  // By word.
  };

  struct Meeting;

  // How strong each pair of words is as known so far.
  Meeting Meet(std::span<const uint32_t> first,
               std::span<const uint32_t> second);
  static float Reliability(const Totals& totals);
  static void AddTotals(Totals& totals, const Totals& more);
  static void Add(uint32_t second_word, float count, Row& row);
  // Forgets the words that were seen least, when there are too many.
  void Prune();

  std::unordered_map<uint32_t, Row> rows_;        // By first word.
  std::unordered_map<uint32_t, Totals> columns_;  // By second word.
};

// What is known of all pairs of languages. Its memory is bounded: about 300 MB
// for each pair of languages however much it learns.
class Lexicon {
 public:
  // Learns from sentences that translate each other, each from each. Two in one
  // language teach nothing. REQUIRES: texts are valid UTF-8.
  void Learn(std::span<const LanguageText> texts);
  void Learn(const LanguageText& a, const LanguageText& b);

  // Adds what `other` has learnt from other sentences.
  void Merge(const Lexicon& other);

  // What is known of two languages in alphabetical order; null when nothing.
  // Valid until the lexicon changes.
  const LexiconPair* Find(std::string_view first,
                          std::string_view second) const;

  bool empty() const { return pairs_.empty(); }

 private:
  std::map<std::string, LexiconPair, std::less<>> pairs_;  // `en\tzh`
};

}  // namespace tercet

#endif  // TERCET_SERVICE_ALIGN_LEXICON_H_
