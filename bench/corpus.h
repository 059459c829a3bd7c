// English, Chinese and Spanish units for benchmarks: any number, every one with
// another English text, the same ones for the same seed and files.
//
//   Corpus corpus(kSeed);
//   std::vector<Unit> units = corpus.MakeUnits(1000);
//
// They are real text as long as it lasts, in random order: the files of
// $TERCET_SHARED_DATA, else of ../shared/data beside the sources (medical news
// of TICO-19 and software manuals, 43,000 units), else of the sample memory
// that the repository ships. Further units are recombined: each text of one
// unit up to the clause border nearest its middle, and each text of another
// from there on. So lengths, words and near-duplicates are as in real text.
#ifndef TERCET_BENCH_CORPUS_H_
#define TERCET_BENCH_CORPUS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "service/model/unit.h"

namespace tercet::bench {

inline constexpr uint64_t kSeed = 20261121;
inline constexpr std::array<std::string_view, 3> kLanguages = {"en", "zh",
                                                               "es"};

// One sentence in the order of kLanguages.
using Sentence = std::array<std::string, kLanguages.size()>;

class Corpus {
 public:
  explicit Corpus(uint64_t seed);

  // Where the real text comes from, for people.
  const std::string& origin() const { return origin_; }
  // How many units there are before the first recombined one.
  size_t real_count() const { return real_.size(); }

  // The next `count` units.
  std::vector<Unit> MakeUnits(size_t count);

 private:
  Sentence NextSentence();
  Sentence Recombine();

  std::string origin_;
  std::vector<Sentence> real_;
  std::mt19937_64 random_;
  size_t next_ = 0;
  std::unordered_set<uint64_t> seen_;  // Hashes of English texts.
};

}  // namespace tercet::bench

#endif  // TERCET_BENCH_CORPUS_H_
