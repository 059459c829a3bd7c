#include "service/index/signature.h"

#include <vector>

#include "fmt/format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/index/simd.h"
#include "tests/index/random_keys.h"

namespace tercet {
namespace {

using ::testing::ElementsAre;

constexpr uint64_t kSeed = 20081122;

using StemKeys = std::vector<StemKey>;

// A key that sets bit `bit`.
StemKey KeyOfBit(unsigned bit) {
  for (StemKey key = 0;; ++key) {
    const Signature signature = MakeSignature(StemKeys{key});
    const Signature wanted = bit < 64 ? Signature{uint64_t{1} << bit, 0}
                                      : Signature{0, uint64_t{1} << (bit - 64)};
    if (signature == wanted) return key;
  }
}

Signature RandomSignature(RandomKeys& random) {
  return MakeSignature(FoldStems(random.Any()));
}

// Runs `test` with every kind of instructions that the processor has.
template <typename Test>
void WithEverySimd(const Test& test) {
  const Simd before = ActiveSimd();
  for (const Simd simd : AvailableSimd()) {
    SCOPED_TRACE(fmt::format("simd {}", static_cast<int>(simd)));
    UseSimd(simd);
    test();
  }
  UseSimd(before);
}

TEST(MakeSignature, HasABitForEveryKey) {
  EXPECT_EQ(MakeSignature({}), Signature{});
  EXPECT_EQ(MakeSignature(StemKeys{KeyOfBit(0)}), (Signature{1, 0}));
  EXPECT_EQ(MakeSignature(StemKeys{KeyOfBit(63), KeyOfBit(64)}),
            (Signature{uint64_t{1} << 63, 1}));
  EXPECT_EQ(MakeSignature(StemKeys{KeyOfBit(127)}),
            (Signature{0, uint64_t{1} << 63}));
}

TEST(MakeSignature, ForgetsOrderAndNumber) {
  EXPECT_EQ(MakeSignature(StemKeys{KeyOfBit(3), KeyOfBit(70), KeyOfBit(3)}),
            MakeSignature(StemKeys{KeyOfBit(70), KeyOfBit(3)}));
}

TEST(DistanceLowerBound, CountsTheBitsOfOneSide) {
  const Signature two = MakeSignature(StemKeys{KeyOfBit(1), KeyOfBit(100)});
  const Signature three =
      MakeSignature(StemKeys{KeyOfBit(1), KeyOfBit(2), KeyOfBit(101)});
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
    ASSERT_LE(DistanceLowerBound(MakeSignature(FoldStems(a)),
                                 MakeSignature(FoldStems(b))),
              PlainDistance(a, b))
        << fmt::format("pair {}, seed {}", i, kSeed);
  }
}

TEST(FilterSignatures, KeepsThoseInsideTheBound) {
  RandomKeys random(kSeed);
  std::vector<Signature> signatures;
  for (int i = 0; i < 2003; ++i) signatures.push_back(RandomSignature(random));
  for (uint32_t max = 0; max <= 128; ++max) {
    const Signature query = RandomSignature(random);
    std::vector<PassedSignature> expected;
    for (uint32_t i = 0; i < signatures.size(); ++i) {
      const uint32_t bound = DistanceLowerBound(signatures[i], query);
      if (bound <= max) expected.push_back({i, bound});
    }
    WithEverySimd([&] {
      std::vector<PassedSignature> passed;
      FilterSignatures(signatures, query, max, passed);
      ASSERT_EQ(passed, expected) << fmt::format("max {}, seed {}", max, kSeed);
    });
  }
}

TEST(FilterSignatures, AppendsToWhatIsThere) {
  std::vector<PassedSignature> passed = {{7, 7}};
  FilterSignatures(std::vector<Signature>(2), {}, 0, passed);
  EXPECT_THAT(passed, ElementsAre(PassedSignature{7, 7}, PassedSignature{0, 0},
                                  PassedSignature{1, 0}));
}

TEST(CheckSignatures, LooksAtThoseNamed) {
  RandomKeys random(kSeed);
  std::vector<Signature> signatures;
  for (int i = 0; i < 500; ++i) signatures.push_back(RandomSignature(random));
  const Signature query = RandomSignature(random);
  std::vector<SignatureCheck> checks;
  std::vector<PassedSignature> expected;
  for (int i = 0; i < 1000; ++i) {
    const auto index = static_cast<uint32_t>(random.Below(signatures.size()));
    const auto max = static_cast<uint32_t>(random.Below(60));
    checks.push_back({index, max});
    const uint32_t bound = DistanceLowerBound(signatures[index], query);
    if (bound <= max) expected.push_back({index, bound});
  }
  WithEverySimd([&] {
    std::vector<PassedSignature> passed;
    CheckSignatures(signatures, query, checks, passed);
    ASSERT_EQ(passed, expected) << "seed " << kSeed;
  });
}

TEST(FindSupersets, FindsThoseWithAllBits) {
  RandomKeys random(kSeed);
  std::vector<Signature> signatures;
  for (int i = 0; i < 1001; ++i) signatures.push_back(RandomSignature(random));
  for (int i = 0; i < 100; ++i) {
    const Signature bits =
        MakeSignature(FoldStems(random.OfLength(random.Below(5), 50)));
    std::vector<uint32_t> expected;
    for (uint32_t k = 0; k < signatures.size(); ++k) {
      if ((signatures[k].low & bits.low) == bits.low &&
          (signatures[k].high & bits.high) == bits.high) {
        expected.push_back(k);
      }
    }
    WithEverySimd([&] {
      std::vector<uint32_t> found;
      FindSupersets(signatures, bits, found);
      ASSERT_EQ(found, expected) << fmt::format("{}, seed {}", i, kSeed);
    });
  }
}

}  // namespace
}  // namespace tercet
