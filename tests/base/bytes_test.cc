#include "service/base/bytes.h"

#include <limits>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tercet {
namespace {

using ::testing::Optional;

std::string U32(uint32_t value) {
  std::string bytes;
  AppendU32(bytes, value);
  return bytes;
}

std::string U64(uint64_t value) {
  std::string bytes;
  AppendU64(bytes, value);
  return bytes;
}

TEST(Bytes, NumbersAreBigEndian) {
  EXPECT_EQ(ToHex(U32(0x01020304)), "01020304");
  EXPECT_EQ(ToHex(U64(0x01020304050607FF)), "01020304050607ff");
}

TEST(Bytes, NumbersSortAsNumbers) {
  const std::vector<uint64_t> ascending = {
      0,
      1,
      127,
      128,
      255,
      256,
      65'535,
      65'536,
      uint64_t{1} << 32,
      std::numeric_limits<uint64_t>::max()};
  for (size_t i = 1; i < ascending.size(); ++i) {
    EXPECT_LT(U64(ascending[i - 1]), U64(ascending[i])) << ascending[i];
  }
}

TEST(Bytes, ReaderGivesBackWhatWasAppended) {
  std::string bytes = "\x2A";
  AppendU32(bytes, 7);
  AppendPrefixed(bytes, "文");
  AppendPrefixed(bytes, "");
  AppendU64(bytes, std::numeric_limits<uint64_t>::max());
  bytes += "rest";

  ByteReader reader(bytes);
  EXPECT_THAT(reader.ReadU8(), Optional(42));
  EXPECT_THAT(reader.ReadU32(), Optional(7));
  EXPECT_THAT(reader.ReadPrefixed(), Optional(std::string("文")));
  EXPECT_THAT(reader.ReadPrefixed(), Optional(std::string()));
  EXPECT_THAT(reader.ReadU64(), Optional(std::numeric_limits<uint64_t>::max()));
  EXPECT_EQ(reader.rest(), "rest");
}

TEST(Bytes, ReaderRefusesWhatIsTooShort) {
  std::string bytes;
  AppendPrefixed(bytes, "four");
  for (size_t size = 0; size < bytes.size(); ++size) {
    ByteReader reader(std::string_view(bytes).substr(0, size));
    EXPECT_EQ(reader.ReadPrefixed(), std::nullopt) << size;
  }
}

TEST(Bytes, ReaderRefusesLengthBeyondTheEnd) {
  const std::string bytes = U32(std::numeric_limits<uint32_t>::max()) + "x";
  EXPECT_EQ(ByteReader(bytes).ReadPrefixed(), std::nullopt);
}

TEST(Bytes, ReaderStaysFailed) {
  ByteReader reader("abc");
  EXPECT_EQ(reader.ReadU32(), std::nullopt);
  EXPECT_EQ(reader.ReadU8(), std::nullopt);
}

TEST(Bytes, HexHasTwoDigitsForEachByte) {
  EXPECT_EQ(ToHex(""), "");
  EXPECT_EQ(ToHex(std::string_view("\0\x0F\xF0\xFF", 4)), "000ff0ff");
}

}  // namespace
}  // namespace tercet
