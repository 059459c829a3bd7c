// Three versions at once: all alignments whose projections to each pair of
// versions are likely there (docs/adr/0035).
#ifndef TERCET_SERVICE_ALIGN_JOINT_LATTICE_H_
#define TERCET_SERVICE_ALIGN_JOINT_LATTICE_H_

#include <array>
#include <cstdint>
#include <vector>

#include "service/align/pair_lattice.h"
#include "service/base/status.h"
#include "service/base/stop_check.h"

namespace tercet {

// Units [begin[v], begin[v] + count[v]) of each version v.
struct JointBead {
  std::array<uint32_t, 3> begin{};
  std::array<uint32_t, 3> count{};
  float probability = 0;
};

// The lattices of the pairs of versions.
struct PairLattices {
  const PairLattice& first_second;
  const PairLattice& first_third;
  const PairLattice& second_third;
};

// The joint alignment that most likely has most units in the right beads.
// Fails only with what `stop` returns.
StatusOr<std::vector<JointBead>> AlignJointly(const PairLattices& pairs,
                                              const StopCheck& stop);

// The alignment that follows from those of the first version with each of the
// others: beads that share one of its units become one. Never fails; used where
// the pairs contradict each other.
std::vector<JointBead> ComposeAtFirst(const PairLattices& pairs);

}  // namespace tercet

#endif  // TERCET_SERVICE_ALIGN_JOINT_LATTICE_H_
