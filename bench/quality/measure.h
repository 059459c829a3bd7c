// Measures of how alike two texts are, as translation memories use them: ours,
// and textbook versions of what others do.
#ifndef TERCET_BENCH_QUALITY_MEASURE_H_
#define TERCET_BENCH_QUALITY_MEASURE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace tercet::bench {

// What a measure keeps of a text: characters or words in order, or bags of
// n-grams. What each of the three is, the measure decides.
using Profile = std::array<std::vector<uint32_t>, 3>;

// A query, prepared to be compared with many texts.
class Comparison {
 public:
  virtual ~Comparison() = default;
  // From 0, nothing in common, to 1, the same.
  virtual double With(const Profile& stored) const = 0;
  // What With cannot exceed, without much work.
  virtual double AtMost(const Profile&) const { return 1; }
};

struct Measure {
  std::string_view name;
  std::string_view used_by;
  Profile (*profile)(std::string_view text, std::string_view language);
  std::unique_ptr<Comparison> (*compare)(const Profile& query);
};

// Those of others. Words are ours (service/text/tokenize.h), which is a gift to
// them where the language is Chinese.
std::span<const Measure> OtherMeasures();

// By name. REQUIRES: there is one.
const Measure& OtherMeasure(std::string_view name);

// A stored text and how alike it is, from 0 to 1.
struct Hit {
  size_t place = 0;
  double similarity = 0;

  friend bool operator==(const Hit&, const Hit&) = default;
};

// The texts that share the first place, in order; none when the best is not
// alike at all.
using TopHits = std::vector<Hit>;

// Texts to search by one measure. Texts are kept by reference.
class Ranking {
 public:
  virtual ~Ranking() = default;
  virtual std::string_view name() const = 0;
  // Those that equal the query are skipped with `skip_equal`.
  virtual TopHits Top(std::string_view query, bool skip_equal) const = 0;
};

std::unique_ptr<Ranking> MakeRanking(const Measure& measure,
                                     std::span<const std::string_view> texts,
                                     std::string_view language);

// Ours: score, then kind, then cost, as lookups order matches; the similarity
// is the score.
std::unique_ptr<Ranking> MakeOurRanking(std::span<const std::string_view> texts,
                                        std::string_view language);

}  // namespace tercet::bench

#endif  // TERCET_BENCH_QUALITY_MEASURE_H_
