// What a path through two versions remembers of the units that it has passed
// since its last bead with text in both.
#ifndef TERCET_SERVICE_ALIGN_PATH_STATE_H_
#define TERCET_SERVICE_ALIGN_PATH_STATE_H_

#include <array>
#include <cstddef>

namespace tercet {

// Units that nothing corresponds to have one order that counts, those of the
// first version before those of the second: else a gap of n and m units were as
// many paths as there are orders of them, and looked that much likelier.
//
// And where the first sentences of a paragraph are left out, the next ones
// still begin it.
struct PathState {
  bool passed_first_start = false;   // A block of the first version began
  bool passed_second_start = false;  // in what was passed; one of the second.
  bool is_behind_second_null = false;
};

inline constexpr std::array<PathState, 6> kPathStates = {{
    {false, false, false},  // Right behind a bead with text in both.
    {true, false, false},
    {false, false, true},
    {true, false, true},
    {false, true, true},
    {true, true, true},
}};

// The state, as an index, behind one more unit that nothing corresponds to;
// `starts` when it begins a block.
inline constexpr size_t BehindFirstNull(size_t state, bool starts) {
  return kPathStates[state].passed_first_start || starts ? 1 : 0;
}
inline constexpr size_t BehindSecondNull(size_t state, bool starts) {
  const PathState& from = kPathStates[state];
  return 2U + (from.passed_second_start || starts ? 2U : 0U) +
         (from.passed_first_start ? 1U : 0U);
}

}  // namespace tercet

#endif  // TERCET_SERVICE_ALIGN_PATH_STATE_H_
