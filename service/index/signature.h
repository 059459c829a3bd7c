// Signatures of bags of keys: a cheap lower bound of the edit distance.
//
// Each key sets one of 128 bits. A bit that one signature has and the other
// lacks comes from at least one token that the other bag lacks, different bits
// from different tokens, and one edit can supply one token at most; so the
// distance is at least the larger of the two counts of such bits.
#ifndef TERCET_SERVICE_INDEX_SIGNATURE_H_
#define TERCET_SERVICE_INDEX_SIGNATURE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace tercet {

struct Signature {
  uint64_t low = 0;
  uint64_t high = 0;

  friend bool operator==(const Signature&, const Signature&) = default;
};

Signature MakeSignature(std::span<const uint32_t> keys);

// At most the edit distance of any two sequences with these signatures.
uint32_t DistanceLowerBound(const Signature& a, const Signature& b);

// Appends the indices of the signatures whose lower bound to `query` is at most
// `max`. Uses the processor's population count where it has one.
void FilterSignatures(std::span<const Signature> signatures,
                      const Signature& query, uint32_t max,
                      std::vector<uint32_t>& passed);

}  // namespace tercet

#endif  // TERCET_SERVICE_INDEX_SIGNATURE_H_
