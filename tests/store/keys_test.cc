#include "service/store/keys.h"

#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "gtest/gtest.h"
#include "service/base/bytes.h"

namespace tercet {
namespace {

constexpr MemoryNumber kMemory{0x01020304};
constexpr UnitNumber kUnit{0x05060708090A0B0C};
constexpr uint64_t kHash = 0xF1F2F3F4F5F6F7F8;

// The bytes are on disk.
TEST(Keys, NeverChange) {
  EXPECT_EQ(MemoryKey("press"), "mpress");
  EXPECT_EQ(ToHex(UnitKey(kMemory, kUnit)), "750102030405060708090a0b0c");
  EXPECT_EQ(ToHex(UnitIdKey(kMemory, "a-1")), "6901020304612d31");
  EXPECT_EQ(ToHex(ExactKey(kMemory, kHash, kUnit)),
            "7801020304f1f2f3f4f5f6f7f805060708090a0b0c");
  EXPECT_EQ(ToHex(ChangeKey(Revision{0x0102}, 3)),
            "6c000000000000010200000003");
  EXPECT_EQ(ToHex(PurgeKey(kMemory)), "6401020304");
  EXPECT_EQ(kSchemaKey, "!schema");
  EXPECT_EQ(kNextMemoryNumberKey, "n");
  EXPECT_EQ(kRevisionKey, "r");
}

TEST(Keys, ParseGivesBackTheParts) {
  EXPECT_EQ(ParseMemoryKey(MemoryKey("press")), "press");

  const auto unit = ParseUnitKey(UnitKey(kMemory, kUnit));
  ASSERT_TRUE(unit);
  EXPECT_EQ(unit->memory, kMemory);
  EXPECT_EQ(unit->unit, kUnit);

  const auto unit_id = ParseUnitIdKey(UnitIdKey(kMemory, "a-1"));
  ASSERT_TRUE(unit_id);
  EXPECT_EQ(unit_id->memory, kMemory);
  EXPECT_EQ(unit_id->unit_id, "a-1");

  const auto exact = ParseExactKey(ExactKey(kMemory, kHash, kUnit));
  ASSERT_TRUE(exact);
  EXPECT_EQ(exact->memory, kMemory);
  EXPECT_EQ(exact->text_hash, kHash);
  EXPECT_EQ(exact->unit, kUnit);

  const auto change = ParseChangeKey(ChangeKey(Revision{9}, 7));
  ASSERT_TRUE(change);
  EXPECT_EQ(change->revision, Revision{9});
  EXPECT_EQ(change->ordinal, 7u);

  EXPECT_EQ(ParsePurgeKey(PurgeKey(kMemory)), kMemory);
}

// One key of each kind.
std::vector<std::string> KeysOfAllKinds() {
  return {MemoryKey("press"),        UnitKey(kMemory, kUnit),
          UnitIdKey(kMemory, "a-1"), ExactKey(kMemory, kHash, kUnit),
          ChangeKey(Revision{9}, 7), PurgeKey(kMemory),
          std::string(kSchemaKey),   std::string(kNextMemoryNumberKey),
          std::string(kRevisionKey)};
}

int CountParsers(std::string_view key) {
  return ParseMemoryKey(key).has_value() + ParseUnitKey(key).has_value() +
         ParseUnitIdKey(key).has_value() + ParseExactKey(key).has_value() +
         ParseChangeKey(key).has_value() + ParsePurgeKey(key).has_value();
}

TEST(Keys, EachIsOfOneKind) {
  for (const std::string& key : KeysOfAllKinds()) {
    const bool has_parts =
        key != kSchemaKey && key != kNextMemoryNumberKey && key != kRevisionKey;
    EXPECT_EQ(CountParsers(key), has_parts ? 1 : 0) << ToHex(key);
  }
}

TEST(Keys, NumberKeysAreRefusedUnlessOfTheirSize) {
  const std::string bytes(32, '\x01');
  for (size_t size = 0; size <= bytes.size(); ++size) {
    const std::string rest = bytes.substr(0, size);
    EXPECT_EQ(ParseUnitKey("u" + rest).has_value(), size == 12) << size;
    EXPECT_EQ(ParseExactKey("x" + rest).has_value(), size == 20) << size;
    EXPECT_EQ(ParseChangeKey("l" + rest).has_value(), size == 12) << size;
    EXPECT_EQ(ParsePurgeKey("d" + rest).has_value(), size == 4) << size;
  }
}

TEST(Keys, IdKeysAreRefusedUnlessTheirIdIsOne) {
  EXPECT_FALSE(ParseMemoryKey("m"));
  EXPECT_FALSE(ParseMemoryKey("mPress"));
  EXPECT_FALSE(ParseMemoryKey("m" + std::string(64, 'a')));
  EXPECT_FALSE(ParseUnitIdKey(UnitIdKey(kMemory, "")));
  EXPECT_FALSE(ParseUnitIdKey(UnitIdKey(kMemory, "a/b")));
  EXPECT_FALSE(ParseUnitIdKey("i\x01\x02\x03"));
}

// Numbers of every size, so that carries and high bits are met.
template <typename Number>
Number RandomNumber(std::mt19937_64& random) {
  const auto bits = random() % (8 * sizeof(Number)) + 1;
  const Number all = static_cast<Number>(random());
  return all >> (8 * sizeof(Number) - bits);
}

std::string RandomId(std::mt19937_64& random) {
  static constexpr std::string_view kLetters = "019abz-";
  std::string id = "a";
  for (auto size = random() % 5; size > 0; --size) {
    id += kLetters[random() % kLetters.size()];
  }
  return id + "z";
}

// What the properties below are checked for.
struct Sample {
  explicit Sample(std::mt19937_64& random)
      : memory(MemoryNumber(RandomNumber<uint32_t>(random) % 3)),
        hash(RandomNumber<uint64_t>(random)),
        unit(UnitNumber(RandomNumber<uint64_t>(random))),
        revision(Revision(RandomNumber<uint64_t>(random))),
        ordinal(RandomNumber<uint32_t>(random)),
        id(RandomId(random)) {}

  MemoryNumber memory;
  uint64_t hash;
  UnitNumber unit;
  Revision revision;
  uint32_t ordinal;
  std::string id;
};

TEST(Keys, OrderIsThatOfTheirParts) {
  constexpr uint64_t kSeed = 20261123;
  SCOPED_TRACE(kSeed);
  std::mt19937_64 random(kSeed);
  for (int i = 0; i < 20'000; ++i) {
    const Sample a(random);
    const Sample b(random);
    EXPECT_EQ(MemoryKey(a.id) < MemoryKey(b.id), a.id < b.id);
    EXPECT_EQ(UnitKey(a.memory, a.unit) < UnitKey(b.memory, b.unit),
              std::tie(a.memory, a.unit) < std::tie(b.memory, b.unit));
    EXPECT_EQ(UnitIdKey(a.memory, a.id) < UnitIdKey(b.memory, b.id),
              std::tie(a.memory, a.id) < std::tie(b.memory, b.id));
    EXPECT_EQ(
        ExactKey(a.memory, a.hash, a.unit) < ExactKey(b.memory, b.hash, b.unit),
        std::tie(a.memory, a.hash, a.unit) <
            std::tie(b.memory, b.hash, b.unit));
    EXPECT_EQ(
        ChangeKey(a.revision, a.ordinal) < ChangeKey(b.revision, b.ordinal),
        std::tie(a.revision, a.ordinal) < std::tie(b.revision, b.ordinal));
    if (HasFailure()) FAIL() << "sample " << i;
  }
}

bool IsInWalk(std::string_view prefix, std::string_view key) {
  return key >= prefix && key < PrefixEnd(prefix);
}

TEST(Keys, WalkOverAPrefixMeetsItsKeysAndNoOther) {
  constexpr MemoryNumber kOther{0x01020305};
  constexpr UnitNumber kLast{std::numeric_limits<uint64_t>::max()};
  EXPECT_TRUE(IsInWalk(UnitKeyPrefix(kMemory), UnitKey(kMemory, kLast)));
  EXPECT_FALSE(IsInWalk(UnitKeyPrefix(kMemory), UnitKey(kOther, kUnit)));
  EXPECT_TRUE(IsInWalk(UnitIdKeyPrefix(kMemory), UnitIdKey(kMemory, "zz")));
  EXPECT_FALSE(IsInWalk(UnitIdKeyPrefix(kMemory), UnitIdKey(kOther, "0")));
  EXPECT_TRUE(
      IsInWalk(ExactKeyPrefix(kMemory), ExactKey(kMemory, kHash, kLast)));
  EXPECT_TRUE(IsInWalk(ExactKeyPrefix(kMemory, kHash),
                       ExactKey(kMemory, kHash, kLast)));
  EXPECT_FALSE(IsInWalk(ExactKeyPrefix(kMemory, kHash),
                        ExactKey(kMemory, kHash + 1, UnitNumber{0})));
  EXPECT_TRUE(IsInWalk(ChangeKeyPrefix(), ChangeKey(Revision{~0ull}, ~0u)));

  struct Case {
    std::string prefix;
    int kind;  // Its place in KeysOfAllKinds.
  };
  const Case kCases[] = {
      {MemoryKeyPrefix(), 0},        {UnitKeyPrefix(kMemory), 1},
      {UnitIdKeyPrefix(kMemory), 2}, {ExactKeyPrefix(kMemory), 3},
      {ChangeKeyPrefix(), 4},        {PurgeKeyPrefix(), 5}};
  const std::vector<std::string> keys = KeysOfAllKinds();
  for (const Case& c : kCases) {
    for (int kind = 0; kind < static_cast<int>(keys.size()); ++kind) {
      EXPECT_EQ(IsInWalk(c.prefix, keys[kind]), kind == c.kind)
          << ToHex(c.prefix) << " " << ToHex(keys[kind]);
    }
  }
}

TEST(Keys, PrefixEndCarriesOverFullBytes) {
  EXPECT_EQ(PrefixEnd("a"), "b");
  EXPECT_EQ(PrefixEnd("a\xFF\xFF"), "b");
  EXPECT_EQ(PrefixEnd("a\x7F"), "a\x80");
}

}  // namespace
}  // namespace tercet
