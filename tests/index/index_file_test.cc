// An index comes back from its files as it was, or not at all.
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "fmt/format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/index/segment_index.h"
#include "tests/index/random_keys.h"
#include "tests/support/faulty_files.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace tercet {
namespace {

using ::testing::_;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using Index = std::shared_ptr<const SegmentIndex>;

constexpr IndexTuning kAllInFiles = {.min_segments_for_runs = 50,
                                     .max_segments_to_merge_at_once = 20,
                                     .min_bytes_for_file = 0};
constexpr IndexTuning kAllInManifest = {.min_segments_for_runs = 50,
                                        .max_segments_to_merge_at_once = 20};

// Some hundred segments in several chunks, of which some are dead.
Index MakeIndex(uint64_t seed, const IndexTuning& tuning) {
  RandomKeys random(seed);
  Index index = SegmentIndex::Empty(tuning);
  for (uint64_t unit = 0; unit < 200;) {
    IndexChanges changes;
    for (size_t i = random.Below(30); i > 0; --i) {
      const auto variant = static_cast<uint32_t>(random.Below(256));
      changes.added.push_back(
          {.ref = {UnitNumber{(unit % 3 << 34) + unit}, variant},
           .stems = random.OfLength(random.Below(12), 20),
           .print = {.sorts = static_cast<uint32_t>(random.Below(1 << 30)),
                     .placeables = static_cast<uint16_t>(random.Below(9)),
                     .context = static_cast<uint16_t>(random.Below(9)),
                     .penalty = static_cast<uint8_t>(random.Below(4))}});
      ++unit;
    }
    if (unit > 20) changes.removed_units = {UnitNumber{random.Below(unit)}};
    index = index->Apply(std::move(changes));
    if (auto merge = index->PlanMerge(); merge && unit < 150) {
      EXPECT_THAT(merge->Run(NeverStop()), IsOk());
      index = index->Adopt(*merge);
    }
  }
  return index->Apply({.removed_units = {UnitNumber{3}, UnitNumber{180}}});
}

std::vector<std::string> VisitAll(const SegmentIndex& index) {
  std::vector<std::string> visits;
  const Keys query = RandomKeys(1).OfLength(6, 20);
  EXPECT_THAT(index.Visit({.stems = query}, Needed::AtLeast(1), NeverStop(),
                          [&](const Candidate& candidate) -> StatusOr<Needed> {
                            visits.push_back(fmt::format(
                                "{}/{} {} {}",
                                static_cast<uint64_t>(candidate.ref.unit),
                                candidate.ref.variant, candidate.bound.score,
                                candidate.bound.cost));
                            return Needed::AtLeast(1);
                          }),
              IsOk());
  return visits;
}

StatusOr<Index> Load(const std::string& directory, std::string_view manifest,
                     const IndexTuning& tuning = kAllInFiles) {
  return SegmentIndex::Load(FileSystem::Real(), directory, manifest, tuning);
}

std::string Save(const Index& index, const std::string& directory) {
  return index->Save(FileSystem::Real(), directory).value();
}

TEST(IndexFiles, GiveBackTheIndex) {
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE(fmt::format("seed {}", seed));
    for (const IndexTuning& tuning : {kAllInFiles, kAllInManifest}) {
      const TempDir directory;
      const Index index = MakeIndex(seed, tuning);
      const std::string manifest = Save(index, directory.path());
      const Index loaded = Load(directory.path(), manifest, tuning).value();
      EXPECT_EQ(loaded->size(), index->size());
      EXPECT_EQ(loaded->MemoryBytes(), index->MemoryBytes());
      EXPECT_EQ(VisitAll(*loaded), VisitAll(*index));
      EXPECT_GT(VisitAll(*index).size(), 20U);
      EXPECT_TRUE(Save(loaded, directory.path()) == manifest);
      // And goes on from there.
      EXPECT_EQ(loaded->Apply({.removed_units = {UnitNumber{7}}})->size(),
                index->Apply({.removed_units = {UnitNumber{7}}})->size());
    }
  }
}

TEST(IndexFiles, AreSharedAndNamedByWhatTheyHold) {
  const TempDir directory;
  const Index index = MakeIndex(1, kAllInFiles);
  const std::string manifest = Save(index, directory.path());
  const auto names = SegmentIndex::FilesOf(manifest).value();
  EXPECT_EQ(FileSystem::Real().List(directory.path()).value().size(),
            names.size());
  EXPECT_THAT(names, SizeIs(index->chunks().size()));
  // Another one beside it; the same again.
  Save(MakeIndex(2, kAllInFiles), directory.path());
  EXPECT_EQ(Save(index, directory.path()), manifest);
  EXPECT_EQ(VisitAll(*Load(directory.path(), manifest).value()),
            VisitAll(*index));
}

TEST(IndexFiles, StayReadableWhenTheyAreRemoved) {
  const TempDir directory;
  const Index index = MakeIndex(1, kAllInFiles);
  const std::string manifest = Save(index, directory.path());
  const Index loaded = Load(directory.path(), manifest).value();
  const std::vector<std::string> names =
      SegmentIndex::FilesOf(manifest).value();
  for (const std::string& name : names) {
    std::filesystem::remove(directory.Join(name));
  }
  EXPECT_EQ(VisitAll(*loaded), VisitAll(*index));
  EXPECT_THAT(Load(directory.path(), manifest).status(),
              StatusIs(StatusCode::kNotFound, _));
}

TEST(IndexFiles, OfAnEmptyIndexAreNone) {
  const TempDir directory;
  const std::string manifest =
      Save(SegmentIndex::Empty(kAllInFiles), directory.path());
  EXPECT_THAT(SegmentIndex::FilesOf(manifest).value(), IsEmpty());
  EXPECT_EQ(Load(directory.path(), manifest).value()->size(), 0U);
}

// Every bit of a chunk's header, and some of the rest.
TEST(IndexFiles, AreRefusedWhenABitIsWrong) {
  const TempDir directory;
  RandomKeys random(5);
  const std::string manifest =
      Save(MakeIndex(3, kAllInFiles), directory.path());
  const std::string path =
      directory.Join(SegmentIndex::FilesOf(manifest).value().front());
  const std::string whole = ReadFile(path);
  for (size_t bit = 0; bit < whole.size() * 8;
       bit += bit < 8 * ChunkHeaderBytes() ? 1 : 1 + random.Below(999)) {
    // What pads the columns is of no account.
    std::string torn = whole;
    torn[bit / 8] = static_cast<char>(torn[bit / 8] ^ 1 << bit % 8);
    WriteFile(path, torn);
    const StatusOr<Index> loaded = Load(directory.path(), manifest);
    if (loaded.ok()) {
      ASSERT_EQ(whole[bit / 8], 0) << bit;
      continue;
    }
    ASSERT_EQ(GetDetails(loaded.status()).reason, "INDEX_FILE_INVALID") << bit;
  }
}

TEST(IndexFiles, AreRefusedWhenTheyAreShort) {
  const TempDir directory;
  const std::string manifest =
      Save(MakeIndex(3, kAllInFiles), directory.path());
  const std::string path =
      directory.Join(SegmentIndex::FilesOf(manifest).value().front());
  const std::string whole = ReadFile(path);
  for (size_t size = 0; size < whole.size(); size += 1 + size / 20) {
    WriteFile(path, whole.substr(0, size));
    ASSERT_THAT(Load(directory.path(), manifest).status(),
                StatusIs(StatusCode::kDataLoss, _))
        << size;
  }
  WriteFile(path, whole + std::string(64, '\0'));
  EXPECT_THAT(Load(directory.path(), manifest).status(),
              StatusIs(StatusCode::kDataLoss, _));
}

TEST(IndexManifest, IsRefusedWhenItIsNotWhatItWas) {
  const TempDir directory;
  const std::string manifest =
      Save(MakeIndex(4, kAllInManifest), directory.path());
  for (size_t i = 0; i < manifest.size(); i += 1 + i / 50) {
    std::string torn = manifest;
    torn[i] = static_cast<char>(torn[i] ^ 0x10);
    ASSERT_THAT(Load(directory.path(), torn).status(),
                StatusIs(StatusCode::kDataLoss, _))
        << i;
    ASSERT_THAT(Load(directory.path(), manifest.substr(0, i)).status(),
                StatusIs(StatusCode::kDataLoss, _))
        << i;
  }
}

TEST(IndexFiles, SurviveTheFailureOfAnyOperation) {
  for (const bool and_all_later : {false, true}) {
    for (int n = 1;; ++n) {
      const TempDir directory;
      const Index index = MakeIndex(6, kAllInFiles);
      FaultyFiles files;
      and_all_later ? files.FailFrom(n) : files.FailOnly(n);
      const StatusOr<std::string> saved = index->Save(files, directory.path());
      ASSERT_EQ(saved.ok(), !files.has_failed());
      const std::string manifest = Save(index, directory.path());
      ASSERT_EQ(VisitAll(*Load(directory.path(), manifest).value()),
                VisitAll(*index));
      if (saved.ok()) break;
    }
  }
}

}  // namespace
}  // namespace tercet
