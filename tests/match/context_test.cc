#include "service/match/context.h"

#include <gtest/gtest.h>

#include "service/match/segment_print.h"

namespace tercet {
namespace {

struct Case {
  Origin query;
  Origin unit;
  bool in_context;
};

TEST(IsInContext, WantsTheKeyOrBothNeighbours) {
  const Case cases[] = {
      {{.key = "k"}, {.previous = "p", .key = "k"}, true},
      {{.key = "k"}, {.key = "l"}, false},
      {{}, {}, false},
      {{.previous = " "}, {}, false},
      {{.previous = "p", .next = "n"}, {.previous = "p", .next = "n"}, true},
      {{.previous = "p"}, {.previous = "p"}, true},
      {{.previous = "p"}, {.previous = "p", .next = "n"}, false},
      {{.next = "n"}, {.next = "n"}, true},
      {{.next = "N"}, {.next = "n"}, false},
      {{.previous = " p\n", .next = "n"}, {.previous = "p", .next = "n"}, true},
      {{.previous = "e\u0301"}, {.previous = "\u00e9"}, true},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(IsInContext(c.query, c.unit), c.in_context)
        << c.query.previous << "/" << c.query.next << " and " << c.unit.previous
        << "/" << c.unit.next;
    // What the index keeps of it must not rule out what is in context.
    const uint16_t query = ContextPrint(c.query);
    const uint16_t unit = ContextPrint(c.unit);
    const auto agree = [&](uint16_t mask) {
      return (query & mask) != 0 && (query & mask) == (unit & mask);
    };
    if (c.in_context) {
      EXPECT_TRUE(agree(0x00FF) || agree(0xFF00));
    }
  }
}

}  // namespace
}  // namespace tercet
