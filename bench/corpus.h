// English, Chinese and Spanish units for benchmarks: any number, no two with
// the same text in any language, the same ones for the same options and files.
//
//   Corpus corpus({.seed = kSeed});
//   std::vector<Unit> units = corpus.MakeUnits(1000);
//
// They are real text as long as it lasts (bench/real_text.h), in random order.
// Further units are recombined: each text of one real sentence up to the clause
// border (else word border) nearest its middle, and each text of another from
// there on. The two are about as long as each other, and neither is more than
// kMostOfOne of the result in any language: so lengths are as in real text, and
// a half in common does not make two texts near-twins. docs/benchmarks.md has
// the figures.
#ifndef TERCET_BENCH_CORPUS_H_
#define TERCET_BENCH_CORPUS_H_

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "bench/real_text.h"
#include "service/model/language_tag.h"
#include "service/model/unit.h"

namespace tercet::bench {

inline constexpr uint64_t kSeed = 20261121;
inline constexpr double kMostOfOne = 0.62;

struct CorpusOptions {
  uint64_t seed = kSeed;
  bool chinese = true;  // Without it units are smaller: for ten millions.
};

class Corpus {
 public:
  explicit Corpus(const CorpusOptions& options = {});

  // Where the real text comes from, for people.
  const std::string& origin() const { return origin_; }
  // How many units there are before the first recombined one.
  size_t real_count() const { return real_.size(); }

  // The next `count` units. Where the real text is so little that it does not
  // give as many, the rest have a number at the end.
  std::vector<Unit> MakeUnits(size_t count);

 private:
  // A sentence and where each of its texts may be cut; 0: nowhere.
  struct Source {
    Sentence text;
    std::array<size_t, kLanguages.size()> cut{};
  };

  Sentence NextSentence();
  // Whether no text was there before; all are from then on.
  bool IsNew(const Sentence& sentence);
  const Source& Random() { return real_[random_() % real_.size()]; }
  // One about as long as `source`.
  const Source& RandomLike(const Source& source);
  bool FitTogether(const Source& first, const Source& second) const;

  std::string origin_;
  std::vector<size_t> languages_;  // Places in kLanguages.
  std::vector<LanguageTag> tags_;  // Of kLanguages.
  std::mt19937_64 random_;
  std::vector<Source> real_;     // By length of the English text.
  std::vector<uint32_t> order_;  // The order in which they are given.
  size_t next_ = 0;
  size_t made_ = 0;
  // Hashes of the texts of each language.
  std::array<absl::flat_hash_set<uint64_t>, kLanguages.size()> seen_;
};

}  // namespace tercet::bench

#endif  // TERCET_BENCH_CORPUS_H_
