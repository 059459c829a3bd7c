// How well the lengths of two texts fit, after Gale and Church (1993).
#ifndef TERCET_SERVICE_ALIGN_LENGTH_MODEL_H_
#define TERCET_SERVICE_ALIGN_LENGTH_MODEL_H_

#include <span>
#include <string_view>

namespace tercet {

// Two lengths that belong together, in characters.
struct LengthPair {
  float first = 0;
  float second = 0;
};

class LengthModel {
 public:
  // What is usual for two base languages.
  LengthModel(std::string_view first, std::string_view second);

  // Takes the usual proportion of the languages in this document, from lengths
  // of texts that translate each other.
  void Adapt(std::span<const LengthPair> pairs);

  // The logarithm of how much likelier the lengths are in a text and its
  // translation than in two unrelated texts. REQUIRES: both are positive.
  double Score(float first, float second) const;

 private:
  float first_scale_ = 1;   // What makes characters of one language
  float second_scale_ = 1;  // those of English.
};

}  // namespace tercet

#endif  // TERCET_SERVICE_ALIGN_LENGTH_MODEL_H_
