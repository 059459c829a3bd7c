// How much text there is, as translators are paid for it. docs/analysis.md
// tells the rules. Thread-safe.
#ifndef TERCET_CLIENT_JOB_TEXT_COUNT_H_
#define TERCET_CLIENT_JOB_TEXT_COUNT_H_

#include <cstdint>
#include <string_view>

#include "service/model/segment.h"

namespace tercet {

struct TextCount {
  int64_t segments = 0;
  int64_t words = 0;       // A Chinese character is one.
  int64_t characters = 0;  // White space apart.
  int64_t spaces = 0;      // Characters that are white space.
  int64_t tags = 0;        // Inline codes.

  TextCount& operator+=(const TextCount& other);
  friend bool operator==(const TextCount&, const TextCount&) = default;
};

// Of one segment. REQUIRES: its text is valid UTF-8.
TextCount CountSegment(const Segment& segment);

}  // namespace tercet

#endif  // TERCET_CLIENT_JOB_TEXT_COUNT_H_
