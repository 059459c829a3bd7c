#include "bench/bench_database.h"

#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "bench/must.h"
#include "service/model/limits.h"

namespace tercet::bench {

TempDirectory::TempDirectory(const std::string& keep)
    : path_(keep), keep_(!keep.empty()) {
  if (keep_) {
    std::filesystem::create_directories(path_);
    return;
  }
  const auto name =
      std::filesystem::temp_directory_path() / "tercet-bench-XXXXXX";
  path_ = name.string();
  if (mkdtemp(path_.data()) == nullptr) {
    fmt::print(stderr, "benchmark: cannot make {}\n", path_);
    std::exit(EXIT_FAILURE);
  }
}

TempDirectory::~TempDirectory() {
  if (keep_) return;
  std::error_code error;
  std::filesystem::remove_all(path_, error);
}

std::unique_ptr<Database> OpenDatabase(const TempDirectory& directory,
                                       bool sync) {
  return Must(
      Database::Open({.directory = directory.path(), .sync_writes = sync}));
}

void WriteUnits(std::vector<Unit> units, Database& database) {
  std::vector<NewUnit> batch;
  for (Unit& unit : units) {
    batch.push_back({.unit = std::move(unit)});
    if (batch.size() == kMaxBatchSize || &unit == &units.back()) {
      Must(database
               .CreateUnits(kMemoryId, std::exchange(batch, {}),
                            {.create_memory = true})
               .status());
    }
  }
}

BenchDatabase::BenchDatabase(size_t unit_count)
    : database_(OpenDatabase(directory_, /*sync=*/false)) {
  constexpr size_t kStep = 10'000;
  Corpus corpus;
  for (size_t done = 0; done < unit_count; done += kStep) {
    std::vector<Unit> units =
        corpus.MakeUnits(std::min(kStep, unit_count - done));
    // A real unit is as likely as a recombined one to be asked for.
    const size_t keep = std::max<size_t>(
        1, std::min(units.size(), kMaxSample * units.size() / unit_count));
    sample_.insert(sample_.end(), units.begin(),
                   units.begin() + static_cast<ptrdiff_t>(keep));
    WriteUnits(std::move(units), *database_);
  }
}

size_t ResidentBytes() {
  malloc_trim(0);
  std::ifstream statm("/proc/self/statm");
  size_t total = 0;
  size_t resident = 0;
  statm >> total >> resident;
  return resident * static_cast<size_t>(sysconf(_SC_PAGESIZE));
}

}  // namespace tercet::bench
