// What a fuzz target demands of the code under test.
#ifndef TERCET_TESTS_FUZZ_REQUIRE_H_
#define TERCET_TESTS_FUZZ_REQUIRE_H_

#include <cstdio>
#include <cstdlib>

namespace tercet {

// Ends the program, as libFuzzer wants it, unless `holds`.
inline void Require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "required, but does not hold: %s\n", what);
  std::abort();
}

}  // namespace tercet

#endif  // TERCET_TESTS_FUZZ_REQUIRE_H_
