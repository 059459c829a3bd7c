#include "client/lib/byte_sink.h"

#include <filesystem>
#include <memory>

#include "client/lib/byte_source.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace tercet::client {
namespace {

using ::testing::HasSubstr;

TEST(FileSink, AppearsOnlyWhenItIsWhole) {
  const TempDir directory;
  const std::string path = directory.Join("press.tmx");
  WriteFile(path, "old");
  {
    auto sink = OpenFileSink(path);
    ASSERT_THAT(sink, IsOk());
    ASSERT_THAT((*sink)->Write("new"), IsOk());
    EXPECT_EQ(ReadFile(path), "old");
    ASSERT_THAT((*sink)->Finish(), IsOk());
  }
  EXPECT_EQ(ReadFile(path), "new");
  EXPECT_FALSE(std::filesystem::exists(path + ".part"));
}

TEST(FileSink, LeavesNothingWhenItIsGivenUp) {
  const TempDir directory;
  const std::string path = directory.Join("press.tmx");
  {
    auto sink = OpenFileSink(path);
    ASSERT_THAT(sink, IsOk());
    ASSERT_THAT((*sink)->Write("half"), IsOk());
  }
  EXPECT_TRUE(std::filesystem::is_empty(directory.path()));
}

TEST(FileSink, FailsWhereItCannotWrite) {
  EXPECT_THAT(OpenFileSink("/no/such/directory/f"),
              ReasonIs("FILE_UNWRITABLE"));
}

TEST(FileSink, ReportsAFullDisk) {
  if (!std::filesystem::exists("/dev/full")) GTEST_SKIP();
  std::FILE* full = std::fopen("/dev/full", "w");
  const std::unique_ptr<ByteSink> sink = MakeStreamSink(full);
  const Status written = sink->Write("x");
  EXPECT_THAT(
      written.ok() ? sink->Finish() : written,
      StatusIs(StatusCode::kResourceExhausted, HasSubstr("standard output")));
  std::fclose(full);
}

TEST(FileSource, SaysWhyItCannotRead) {
  const TempDir directory;
  EXPECT_THAT(OpenFileSource(directory.Join("none")),
              StatusIs(StatusCode::kNotFound, HasSubstr("No such file")));
  EXPECT_THAT(OpenFileSource(directory.path()), ReasonIs("FILE_UNREADABLE"));
}

TEST(FileSource, KnowsItsSize) {
  const TempDir directory;
  WriteFile(directory.Join("f"), "12345");
  const auto source = OpenFileSource(directory.Join("f"));
  ASSERT_THAT(source, IsOk());
  EXPECT_EQ((*source)->total_bytes(), 5);
}

}  // namespace
}  // namespace tercet::client
