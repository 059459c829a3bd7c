#include "service/base/hash.h"

#include <string>

#include "gtest/gtest.h"

namespace tercet {
namespace {

// The values are XXH3's own for the empty input. They are on disk: a change of
// any of them makes stored data unreadable.
TEST(Hash, IsXxh3) {
  EXPECT_EQ(HashBytes64(""), 0x2d06800538d394c2u);
  EXPECT_EQ(HashBytes128(""),
            (Hash128{.high = 0x99aa06d3014798d8u, .low = 0x6001c324468d497fu}));
}

// The inputs reach each of XXH3's ways: up to 16, 128, 240 bytes and above.
TEST(Hash, NeverChanges) {
  struct Case {
    size_t size;
    uint64_t hash;
    Hash128 hash128;
  };
  const Case kCases[] = {
      {1,
       0xc44bdff4074eecdbu,
       {.high = 0xa6cd5e9392000f6au, .low = 0xc44bdff4074eecdbu}},
      {16,
       0x8355e3a6f61770dbu,
       {.high = 0x72950631827607e2u, .low = 0x842812cc870dcae2u}},
      {100,
       0x004e4f921a64bd1cu,
       {.high = 0xda95ef16fd9566f3u, .low = 0x29b20ba5f03ec01eu}},
      {200,
       0xf42a8864feaf0703u,
       {.high = 0xcb0395310643ba0eu, .low = 0xdd97e9af3609d9f5u}},
      {1000,
       0xd33dd80b46f60e50u,
       {.high = 0x076f7e02b7120d2au, .low = 0xd33dd80b46f60e50u}},
  };
  for (const Case& c : kCases) {
    std::string bytes;
    for (size_t i = 0; i < c.size; ++i) bytes.push_back(static_cast<char>(i));
    EXPECT_EQ(HashBytes64(bytes), c.hash) << c.size;
    EXPECT_EQ(HashBytes128(bytes), c.hash128) << c.size;
  }
}

}  // namespace
}  // namespace tercet
