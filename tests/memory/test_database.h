// A database in a directory of its own, and short words for what tests do.
#ifndef TERCET_TESTS_MEMORY_TEST_DATABASE_H_
#define TERCET_TESTS_MEMORY_TEST_DATABASE_H_

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "fmt/format.h"
#include "service/memory/database.h"
#include "tests/support/fake_clock.h"
#include "tests/support/faulty_env.h"
#include "tests/support/faulty_files.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace tercet {

// The value; without one it ends the test program, saying why.
template <typename T>
T Must(StatusOr<T> value) {
  if (!value.ok()) {
    fmt::print(stderr, "unexpected {}\n", DescribeStatus(value.status()));
    std::abort();
  }
  return *std::move(value);
}
inline void Must(const Status& status) {
  if (status.ok()) return;
  fmt::print(stderr, "unexpected {}\n", DescribeStatus(status));
  std::abort();
}

// The size of each file under a directory, by its path in it.
inline std::map<std::string, uintmax_t> FileSizes(const std::string& root) {
  std::map<std::string, uintmax_t> sizes;
  std::error_code gone;
  for (std::filesystem::recursive_directory_iterator at(root, gone), end;
       !gone && at != end; at.increment(gone)) {
    if (!at->is_regular_file(gone)) continue;
    sizes[std::filesystem::relative(at->path(), root).string()] =
        at->file_size(gone);
  }
  return sizes;
}

inline LanguageTag Tag(std::string_view code) {
  return Must(LanguageTag::Parse(code));
}

inline Variant MakeVariant(std::string_view language, std::string_view text) {
  return {.language = Tag(language), .segment = {.text = std::string(text)}};
}

// MakeUnit({{"en", "Yes."}, {"es", "Sí."}})
struct LanguageAndText {
  std::string_view language;
  std::string_view text;
};
inline Unit MakeUnit(std::initializer_list<LanguageAndText> variants) {
  Unit unit;
  for (const LanguageAndText& variant : variants) {
    unit.variants.push_back(MakeVariant(variant.language, variant.text));
  }
  return unit;
}

inline LookupQuery MakeQuery(std::string_view language, std::string_view text) {
  return {.language = Tag(language), .segment = {.text = std::string(text)}};
}

// A database that can be closed and opened again.
class TestDatabase {
 public:
  TestDatabase() { Reopen(); }
  ~TestDatabase() { Close(); }

  Database& operator*() { return *database_; }
  Database* operator->() { return database_.get(); }
  FakeClock& clock() { return clock_; }
  FaultyFiles& files() { return files_; }
  IndexUpkeep& upkeep() { return upkeep_; }  // From the next opening on.
  const std::string& path() const { return dir_.path(); }

  DatabaseOptions options() {
    return {.directory = dir_.path(),
            .clock = &clock_,
            .env = &env_,
            .files = &files_,
            .index_upkeep = upkeep_,
            .index_listener = [this](const IndexEvent& event) {
              absl::MutexLock lock(&mutex_);
              events_.push_back(event.kind);
              if (event.kind != IndexEvent::Kind::kRebuilding) return;
              mutex_.Await(absl::Condition(
                  +[](bool* held) { return !*held; }, &rebuild_held_));
            }};
  }

  void Close() {
    LetRebuild();
    database_.reset();
  }
  void Reopen() {
    Close();
    database_ = Must(Database::Open(options()));
  }
  // Opens it so that it has no index until LetRebuild is called.
  void ReopenWithoutIndex() {
    Close();
    {
      absl::MutexLock lock(&mutex_);
      rebuild_held_ = true;
    }
    std::filesystem::remove_all(dir_.path() + "/index");
    const uint64_t most_units = std::exchange(upkeep_.most_units_at_start, 0);
    database_ = Must(Database::Open(options()));
    upkeep_.most_units_at_start = most_units;
  }
  // As after kill -9: with the files as they are now.
  void Crash() {
    const std::string copy = dir_.path() + ".crash";
    // LevelDB may be compacting: only a copy during which no file came, went
    // or grew shows the directory at one moment.
    bool is_of_one_moment = false;
    while (!is_of_one_moment) {
      std::filesystem::remove_all(copy);
      const std::map<std::string, uintmax_t> before = FileSizes(dir_.path());
      std::error_code error;
      std::filesystem::copy(dir_.path(), copy,
                            std::filesystem::copy_options::recursive, error);
      is_of_one_moment = !error && FileSizes(dir_.path()) == before &&
                         FileSizes(copy) == before;
    }
    Close();
    std::filesystem::remove_all(dir_.path());
    std::filesystem::rename(copy, dir_.path());
    Reopen();
  }
  void LetRebuild() {
    absl::MutexLock lock(&mutex_);
    rebuild_held_ = false;
  }
  // What was reported of the index since it was asked last, in order.
  std::vector<IndexEvent::Kind> TakeEvents() {
    absl::MutexLock lock(&mutex_);
    return std::exchange(events_, {});
  }

  Memory CreateMemory(std::string_view id, int penalty = 0) {
    return Must(database_->CreateMemory(id, {.penalty = penalty}, {}));
  }

  // Creates or merges one unit, with its memory where that is missing.
  WrittenUnit Write(std::string_view memory_id, Unit unit,
                    WriteMode mode = WriteMode::kAddVariants) {
    return Write(memory_id, NewUnit{.unit = std::move(unit), .mode = mode});
  }
  WrittenUnit Write(std::string_view memory_id, NewUnit unit) {
    std::vector<NewUnit> units;
    units.push_back(std::move(unit));
    return Must(database_->CreateUnits(memory_id, std::move(units),
                                       {.create_memory = true}))
        .front();
  }

  std::vector<Match> Lookup(const LookupQuery& query) {
    return Must(database_->Lookup(std::nullopt, query, NeverStop()));
  }

  std::vector<UnitEntry> WalkAll(std::string_view memory_id) {
    const auto walk = Must(database_->WalkUnits(memory_id));
    std::vector<UnitEntry> entries;
    while (std::optional<UnitEntry> entry = Must(walk->Next())) {
      entries.push_back(*std::move(entry));
    }
    return entries;
  }

 private:
  TempDir dir_;
  FaultyEnv env_;  // Never fails, and does not wait for the disk.
  FaultyFiles files_;
  FakeClock clock_{1'227'312'000'000'000};  // 2008-11-22.
  IndexUpkeep upkeep_{.most_units_at_start = 1'000'000};
  absl::Mutex mutex_;
  bool rebuild_held_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<IndexEvent::Kind> events_ ABSL_GUARDED_BY(mutex_);
  std::unique_ptr<Database> database_;  // Last: it calls the listener.
};

}  // namespace tercet

#endif  // TERCET_TESTS_MEMORY_TEST_DATABASE_H_
