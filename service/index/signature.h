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

#include "service/match/edit_distance.h"

namespace tercet {

// DO NOT CHANGE: stored on disk.
struct Signature {
  uint64_t low = 0;
  uint64_t high = 0;

  friend bool operator==(const Signature&, const Signature&) = default;
};

Signature MakeSignature(std::span<const StemKey> keys);

// At most the edit distance of any two sequences with these signatures.
uint32_t DistanceLowerBound(const Signature& a, const Signature& b);

// A place in a span of signatures, and its DistanceLowerBound to a query.
struct PassedSignature {
  uint32_t index = 0;
  uint32_t lower_bound = 0;

  friend bool operator==(const PassedSignature&,
                         const PassedSignature&) = default;
};

// Appends those signatures whose lower bound to `query` is at most `max`, in
// order.
void FilterSignatures(std::span<const Signature> signatures,
                      const Signature& query, uint32_t max,
                      std::vector<PassedSignature>& passed);

// A place in a span of signatures, and what its lower bound may be.
struct SignatureCheck {
  uint32_t index = 0;
  uint32_t max = 0;
};

// As above for those that `checks` name.
void CheckSignatures(std::span<const Signature> signatures,
                     const Signature& query,
                     std::span<const SignatureCheck> checks,
                     std::vector<PassedSignature>& passed);

// Appends the places of the signatures that have all bits of `bits`, in order.
void FindSupersets(std::span<const Signature> signatures, const Signature& bits,
                   std::vector<uint32_t>& found);

}  // namespace tercet

#endif  // TERCET_SERVICE_INDEX_SIGNATURE_H_
