#include "service/base/files.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/faulty_files.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace tercet {
namespace {

using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(FileSystem, MapsWhatWasWritten) {
  const TempDir directory;
  FileSystem& files = FileSystem::Real();
  const std::string path = directory.Join("a");
  ASSERT_THAT(WriteFileAtomically(files, path, "first"), IsOk());
  const FileBytes mapped = files.Map(path).value();
  ASSERT_THAT(WriteFileAtomically(files, path, "second"), IsOk());
  EXPECT_EQ(mapped.bytes, "first");
  EXPECT_EQ(files.Map(path).value().bytes, "second");
  EXPECT_THAT(files.List(directory.path()).value(), ElementsAre("a"));
  ASSERT_THAT(files.Remove(path), IsOk());
  EXPECT_EQ(mapped.bytes, "first");
}

TEST(FileSystem, MapsAnEmptyFile) {
  const TempDir directory;
  ASSERT_THAT(WriteFileAtomically(FileSystem::Real(), directory.Join("a"), ""),
              IsOk());
  EXPECT_EQ(FileSystem::Real().Map(directory.Join("a")).value().bytes, "");
}

TEST(FileSystem, SaysWhatIsNotThere) {
  const TempDir directory;
  FileSystem& files = FileSystem::Real();
  EXPECT_THAT(files.Map(directory.Join("a")).status(),
              StatusIs(StatusCode::kNotFound, HasSubstr("/a'")));
  EXPECT_THAT(files.List(directory.Join("b")).status(),
              StatusIs(StatusCode::kNotFound, HasSubstr("/b'")));
  EXPECT_THAT(files.Create(directory.Join("c/d")).status(),
              StatusIs(StatusCode::kNotFound, HasSubstr("c/d")));
}

TEST(WriteFileAtomically, LeavesTheOldFileOrTheNewOne) {
  for (const bool and_all_later : {false, true}) {
    for (int n = 1;; ++n) {
      const TempDir directory;
      const std::string path = directory.Join("a");
      WriteFile(path, "old");
      FaultyFiles files;
      and_all_later ? files.FailFrom(n) : files.FailOnly(n);
      const Status written = WriteFileAtomically(files, path, "new and longer");
      EXPECT_EQ(written.ok(), !files.has_failed());
      EXPECT_THAT(ReadFile(path), AnyOf("old", "new and longer"));
      if (written.ok()) {
        EXPECT_EQ(ReadFile(path), "new and longer");
        EXPECT_GT(n, 5);  // Create, append, sync, close, rename, sync.
        break;
      }
    }
  }
}

}  // namespace
}  // namespace tercet
