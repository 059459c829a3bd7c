#include "service/rpc/import_source.h"

#include <memory>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/matchers.h"

namespace tercet {
namespace {

std::string ReadAll(ImportSource& source) {
  std::string bytes;
  while (true) {
    const StatusOr<std::string_view> part = source.Read();
    EXPECT_TRUE(part.ok());
    if (!part.ok() || part->empty()) return bytes;
    bytes += *part;
  }
}

std::string SomeBytes(size_t count) {
  std::string bytes;
  for (size_t i = 0; i < count; ++i) {
    bytes.push_back(static_cast<char>('a' + i * i % 23));
  }
  return bytes;
}

TEST(ImportSource, GivesAndHashesAllBytes) {
  const std::string bytes = SomeBytes(200'000);
  for (const size_t chunk : {7'000, 64 * 1024, 300'000}) {
    const auto chunks = MakeStringSource(bytes, chunk);
    ImportSource source(*chunks);
    ASSERT_EQ(*source.Peek(), bytes.substr(0, 64 * 1024));
    EXPECT_EQ(source.bytes(), 0);
    EXPECT_EQ(ReadAll(source), bytes);
    EXPECT_EQ(source.bytes(), 200'000);
    EXPECT_EQ(source.digest(), HashBytes128(bytes));
    EXPECT_FALSE(source.failed());
  }
}

TEST(ImportSource, PeeksAtAShortFile) {
  for (const std::string& bytes : {std::string(), std::string("short")}) {
    const auto chunks = MakeStringSource(bytes);
    ImportSource source(*chunks);
    EXPECT_EQ(*source.Peek(), bytes);
    EXPECT_EQ(ReadAll(source), bytes);
  }
}

TEST(ImportSource, AcceptsTheBytesThatItExpects) {
  const std::string bytes = SomeBytes(100'000);
  for (const size_t chunk : {999, 1000, 1001, 200'000}) {
    for (const int64_t durable : {1, 1000, 99'999, 100'000}) {
      const auto chunks = MakeStringSource(bytes, chunk);
      ImportSource source(*chunks);
      source.Expect(
          {.bytes = durable,
           .digest = HashBytes128(std::string_view(bytes).substr(0, durable))});
      EXPECT_EQ(ReadAll(source), bytes);
      EXPECT_EQ(source.digest(), HashBytes128(bytes));
    }
  }
}

TEST(ImportSource, RefusesOtherBytesAndTooFew) {
  const std::string bytes = SomeBytes(10'000);
  const ImportCheckpoint durable{.bytes = 5'000,
                                 .digest = HashBytes128(SomeBytes(5'000))};
  std::string other = bytes;
  other[4'999] = '#';
  for (const std::string& wrong : {other, bytes.substr(0, 4'000)}) {
    const auto chunks = MakeStringSource(wrong, 1'000);
    ImportSource source(*chunks);
    source.Expect(durable);
    StatusOr<std::string_view> part = source.Read();
    while (part.ok() && !part->empty()) part = source.Read();
    EXPECT_THAT(part, ReasonIs("IMPORT_CONTENT_CHANGED"));
    EXPECT_TRUE(source.failed());
  }
}

}  // namespace
}  // namespace tercet
