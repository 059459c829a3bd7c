#include "service/memory/index_snapshot.h"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/faulty_files.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace tercet {
namespace {

using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Every chunk in a file of its own, however small.
constexpr IndexTuning kFilesOnly = {.min_bytes_for_file = 0};

IndexedSegment MakeSegment(uint64_t unit) {
  const auto key = static_cast<uint32_t>(unit);
  return {.ref = {UnitNumber{unit}, 0}, .stems = {key, key + 1, 7}};
}

std::shared_ptr<const SegmentIndex> MakeIndex(uint64_t first, uint64_t last,
                                              const IndexTuning& tuning) {
  auto index = SegmentIndex::Empty(tuning);
  IndexChanges changes;
  for (uint64_t unit = first; unit <= last; ++unit) {
    changes.added.push_back(MakeSegment(unit));
  }
  return index->Apply(std::move(changes));
}

MemoryIndexes MakeIndexes(uint64_t first, const IndexTuning& tuning) {
  return {{MemoryNumber{1},
           {{"en", MakeIndex(first, first + 20, tuning)},
            {"zh", MakeIndex(first + 1, first + 9, tuning)}}},
          {MemoryNumber{7}, {{"en", MakeIndex(first, first, tuning)}}}};
}

SnapshotOrigin MakeOrigin(uint64_t revision) {
  return {.identity = "0123456789abcdef",
          .analysis_version = "a/1",
          .revision = Revision{revision},
          .history_mark = 99};
}

std::vector<std::string> Describe(const MemoryIndexes& indexes) {
  std::vector<std::string> lines;
  for (const auto& [memory, languages] : indexes) {
    for (const auto& [language, index] : languages) {
      std::vector<uint64_t> units;
      const std::vector<uint32_t> stems = {7};
      EXPECT_THAT(
          index->Visit({.stems = stems}, Needed::AtLeast(1), NeverStop(),
                       [&](const Candidate& candidate) -> StatusOr<Needed> {
                         units.push_back(
                             static_cast<uint64_t>(candidate.ref.unit));
                         return Needed::AtLeast(1);
                       }),
          IsOk());
      std::ranges::sort(units);
      lines.push_back(fmt::format("{} {} {}", static_cast<uint32_t>(memory),
                                  language, fmt::join(units, ",")));
    }
  }
  return lines;
}

class SnapshotTest : public ::testing::TestWithParam<bool> {
 protected:
  IndexTuning tuning() const { return GetParam() ? kFilesOnly : IndexTuning(); }
  MemoryIndexes Indexes(uint64_t first) const {
    return MakeIndexes(first, tuning());
  }

  std::vector<std::string> Names() {
    auto names = FileSystem::Real().List(directory_);
    return names.ok() ? *names : std::vector<std::string>();
  }

  TempDir dir_;
  const std::string directory_ = dir_.path() + "/index";
  FaultyFiles files_;
  IndexSnapshots snapshots_{files_, directory_};
};

TEST_P(SnapshotTest, GivesBackWhatWasSaved) {
  const MemoryIndexes indexes = Indexes(1);
  const auto bytes = snapshots_.Save(MakeOrigin(3), indexes);
  ASSERT_THAT(bytes, IsOk());
  const auto loaded = snapshots_.Load();
  ASSERT_THAT(loaded, IsOk());
  ASSERT_TRUE(loaded->has_value());
  EXPECT_EQ((*loaded)->origin, MakeOrigin(3));
  EXPECT_EQ((*loaded)->disk_bytes, *bytes);
  EXPECT_EQ(Describe((*loaded)->indexes), Describe(indexes));
  EXPECT_THAT(Names(), SizeIs(GetParam() ? 4 : 1));
}

TEST_P(SnapshotTest, IsMissingBeforeTheFirst) {
  const auto loaded = snapshots_.Load();
  ASSERT_THAT(loaded, IsOk());
  EXPECT_FALSE(loaded->has_value());
  EXPECT_THAT(snapshots_.Discard(), IsOk());
}

TEST_P(SnapshotTest, KeepsNoFileThatNobodyNeeds) {
  ASSERT_THAT(snapshots_.Save(MakeOrigin(3), Indexes(1)), IsOk());
  const size_t count = Names().size();
  ASSERT_THAT(snapshots_.Save(MakeOrigin(4), Indexes(500)), IsOk());
  EXPECT_THAT(Names(), SizeIs(count));
  ASSERT_THAT(snapshots_.Save(MakeOrigin(5), {}), IsOk());
  EXPECT_THAT(Names(), ElementsAre("SNAPSHOT"));
  EXPECT_THAT(snapshots_.Discard(), IsOk());
  EXPECT_THAT(Names(), IsEmpty());
}

// The one before, the new one, or none: never anything else.
TEST_P(SnapshotTest, SurvivesTheFailureOfAnyOperation) {
  const MemoryIndexes before = Indexes(1);
  const MemoryIndexes after = Indexes(500);
  for (const bool for_good : {false, true}) {
    for (int n = 1;; ++n) {
      SCOPED_TRACE(fmt::format("operation {}, for good {}", n, for_good));
      files_.FailNone();
      ASSERT_THAT(snapshots_.Save(MakeOrigin(3), before), IsOk());
      for_good ? files_.FailFrom(n) : files_.FailOnly(n);
      const auto saved = snapshots_.Save(MakeOrigin(4), after);
      EXPECT_EQ(saved.ok(), !files_.has_failed());
      const bool done = saved.ok();
      files_.FailNone();
      auto loaded = snapshots_.Load();
      ASSERT_THAT(loaded, IsOk());
      ASSERT_TRUE(loaded->has_value());
      const bool is_new = (*loaded)->origin == MakeOrigin(4);
      EXPECT_EQ(Describe((*loaded)->indexes),
                Describe(is_new ? after : before));
      if (done) {
        EXPECT_TRUE(is_new);
        EXPECT_GT(n, 5);
        break;
      }
    }
  }
}

TEST_P(SnapshotTest, ADiscardedOneIsGoneWhateverFailsLater) {
  for (int n = 1;; ++n) {
    SCOPED_TRACE(fmt::format("operation {}", n));
    files_.FailNone();
    ASSERT_THAT(snapshots_.Save(MakeOrigin(3), Indexes(1)), IsOk());
    files_.FailFrom(n);
    const Status discarded = snapshots_.Discard();
    files_.FailNone();
    const auto loaded = snapshots_.Load();
    ASSERT_THAT(loaded, IsOk());
    EXPECT_EQ(loaded->has_value(), n == 1);
    if (discarded.ok()) break;
  }
}

TEST_P(SnapshotTest, TrustsNoDamagedFile) {
  const MemoryIndexes indexes = Indexes(1);
  ASSERT_THAT(snapshots_.Save(MakeOrigin(3), indexes), IsOk());
  const auto expect_useless = [&](const std::string& what) {
    const auto loaded = snapshots_.Load();
    EXPECT_THAT(loaded, ReasonIs("INDEX_FILE_INVALID")) << what;
  };
  // Bytes between the columns of a chunk mean nothing.
  const auto expect_useless_or_the_same = [&](const std::string& what) {
    const auto loaded = snapshots_.Load();
    if (!loaded.ok()) return expect_useless(what);
    EXPECT_EQ(Describe((*loaded)->indexes), Describe(indexes)) << what;
  };
  for (const std::string& name : Names()) {
    const std::string path = directory_ + "/" + name;
    const std::string whole = ReadFile(path);
    for (size_t i = 0; i < whole.size(); i += 1 + whole.size() / 300) {
      std::string damaged = whole;
      damaged[i] = static_cast<char>(damaged[i] ^ (1 << (i % 8)));
      WriteFile(path, damaged);
      const std::string what = fmt::format("{} flipped at {}", name, i);
      name == "SNAPSHOT" ? expect_useless(what)
                         : expect_useless_or_the_same(what);
      WriteFile(path, whole.substr(0, i));
      expect_useless(fmt::format("{} torn at {}", name, i));
    }
    WriteFile(path, whole + "x");
    expect_useless(name + " too long");
    WriteFile(path, whole);
    if (name == "SNAPSHOT") continue;
    std::filesystem::remove(path);
    EXPECT_THAT(snapshots_.Load(), AnyOf(ReasonIs("FILE_NOT_FOUND"),
                                         ReasonIs("INDEX_FILE_INVALID")));
    WriteFile(path, whole);
  }
  EXPECT_EQ(Describe((*snapshots_.Load())->indexes), Describe(indexes));
}

INSTANTIATE_TEST_SUITE_P(All, SnapshotTest, ::testing::Bool(),
                         [](const auto& info) {
                           return info.param ? "InFiles" : "Embedded";
                         });

}  // namespace
}  // namespace tercet
