// Aligns two versions: from coarse to fine, and twice, the second time with
// what the first has taught.
#ifndef TERCET_SERVICE_ALIGN_PAIR_ALIGN_H_
#define TERCET_SERVICE_ALIGN_PAIR_ALIGN_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "service/align/length_model.h"
#include "service/align/pair_lattice.h"
#include "service/align/translations.h"
#include "service/align/version_text.h"
#include "service/base/status.h"
#include "service/base/stop_check.h"

namespace tercet {

// One version, ready to be aligned.
struct PreparedVersion {
  std::string_view language;
  VersionText text;
  std::vector<uint32_t> paragraph_starts;  // First sentences, from 0.
};

// What is known of two versions after they were aligned.
struct PairAlignment {
  PairLattice lattice;
  Translations translations;
  LengthModel lengths;
};

// Fails only with what `stop` returns.
StatusOr<PairAlignment> AlignPair(const PreparedVersion& first,
                                  const PreparedVersion& second,
                                  const LexiconView& lexicon,
                                  const StopCheck& stop);

}  // namespace tercet

#endif  // TERCET_SERVICE_ALIGN_PAIR_ALIGN_H_
