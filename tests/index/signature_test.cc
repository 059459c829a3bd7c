#include "service/index/signature.h"

#include <vector>

#include "fmt/format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/index/random_keys.h"

namespace tercet {
namespace {

using ::testing::ElementsAre;

constexpr uint64_t kSeed = 20081122;

// A key that sets bit `bit`.
uint32_t KeyOfBit(uint32_t bit) { return bit << 20; }

TEST(MakeSignature, HasABitForEveryKey) {
  EXPECT_EQ(MakeSignature({}), Signature{});
  EXPECT_EQ(MakeSignature(Keys{KeyOfBit(0)}), (Signature{1, 0}));
  EXPECT_EQ(MakeSignature(Keys{KeyOfBit(63), KeyOfBit(64)}),
            (Signature{uint64_t{1} << 63, 1}));
  EXPECT_EQ(MakeSignature(Keys{KeyOfBit(127)}),
            (Signature{0, uint64_t{1} << 63}));
}

TEST(MakeSignature, ForgetsOrderAndNumber) {
  EXPECT_EQ(MakeSignature(Keys{KeyOfBit(3), KeyOfBit(70), KeyOfBit(3)}),
            MakeSignature(Keys{KeyOfBit(70), KeyOfBit(3)}));
}

TEST(DistanceLowerBound, CountsTheBitsOfOneSide) {
  const Signature two = MakeSignature(Keys{KeyOfBit(1), KeyOfBit(100)});
  const Signature three =
      MakeSignature(Keys{KeyOfBit(1), KeyOfBit(2), KeyOfBit(101)});
  EXPECT_EQ(DistanceLowerBound(two, two), 0U);
  EXPECT_EQ(DistanceLowerBound(two, three), 2U);
  EXPECT_EQ(DistanceLowerBound(three, two), 2U);
  EXPECT_EQ(DistanceLowerBound(two, {}), 2U);
}

TEST(DistanceLowerBound, NeverExceedsTheDistance) {
  RandomKeys random(kSeed);
  for (int i = 0; i < 5000; ++i) {
    const Keys a = random.Any();
    const Keys b = i % 2 == 0 ? random.Any() : random.Edited(a, 10);
    ASSERT_LE(DistanceLowerBound(MakeSignature(a), MakeSignature(b)),
              PlainDistance(a, b))
        << fmt::format("pair {}, seed {}", i, kSeed);
  }
}

// DistanceLowerBound is compiled for every processor, the filter for this one.
TEST(FilterSignatures, KeepsThoseInsideTheBound) {
  RandomKeys random(kSeed);
  std::vector<Signature> signatures;
  for (int i = 0; i < 2000; ++i) {
    signatures.push_back(MakeSignature(random.Any()));
  }
  for (uint32_t max = 0; max <= 128; ++max) {
    const Signature query = MakeSignature(random.Any());
    std::vector<uint32_t> expected;
    for (uint32_t i = 0; i < signatures.size(); ++i) {
      if (DistanceLowerBound(signatures[i], query) <= max) {
        expected.push_back(i);
      }
    }
    std::vector<uint32_t> passed;
    FilterSignatures(signatures, query, max, passed);
    ASSERT_EQ(passed, expected) << fmt::format("max {}, seed {}", max, kSeed);
  }
}

TEST(FilterSignatures, AppendsToWhatIsThere) {
  std::vector<uint32_t> passed = {7};
  FilterSignatures(std::vector<Signature>(2), {}, 0, passed);
  EXPECT_THAT(passed, ElementsAre(7, 0, 1));
}

}  // namespace
}  // namespace tercet
