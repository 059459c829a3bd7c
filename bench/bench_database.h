// A database in a directory of its own, filled with units of the corpus.
#ifndef TERCET_BENCH_BENCH_DATABASE_H_
#define TERCET_BENCH_BENCH_DATABASE_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "bench/corpus.h"
#include "service/memory/database.h"

namespace tercet::bench {

inline constexpr std::string_view kMemoryId = "bench";

// A new directory, removed with all that is in it by the destructor; or the
// directory `keep`, made if it is missing, which stays.
class TempDirectory {
 public:
  explicit TempDirectory(const std::string& keep = "");
  ~TempDirectory();
  TempDirectory(const TempDirectory&) = delete;
  TempDirectory& operator=(const TempDirectory&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
  bool keep_;
};

// Opens the database of a directory.
std::unique_ptr<Database> OpenDatabase(const TempDirectory& directory,
                                       bool sync);

// Writes units into kMemoryId, kMaxBatchSize at a time.
void WriteUnits(std::vector<Unit> units, Database& database);

// A filled database, and some of the units in it to make queries from.
class BenchDatabase {
 public:
  explicit BenchDatabase(size_t unit_count);

  const TempDirectory& directory() const { return directory_; }
  // Null after Close.
  Database* database() const { return database_.get(); }
  // Closes the database; the directory stays.
  void Close() { database_.reset(); }

  // At most kMaxSample units, from all parts.
  const std::vector<Unit>& sample() const { return sample_; }

  static constexpr size_t kMaxSample = 5000;

 private:
  TempDirectory directory_;
  std::unique_ptr<Database> database_;
  std::vector<Unit> sample_;
};

// What the process keeps in memory (VmRSS), after returning what it freed.
size_t ResidentBytes();

}  // namespace tercet::bench

#endif  // TERCET_BENCH_BENCH_DATABASE_H_
