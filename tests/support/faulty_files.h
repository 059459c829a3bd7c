// A file system whose n-th operation fails; FaultyEnv's likeness for the files
// that are not LevelDB's.
#ifndef TERCET_TESTS_SUPPORT_FAULTY_FILES_H_
#define TERCET_TESTS_SUPPORT_FAULTY_FILES_H_

#include <atomic>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "service/base/files.h"

namespace tercet {

// Real files. Every operation is counted from 1. A failing append writes the
// first half of its bytes; a sync does not wait for the disk. Thread-safe.
class FaultyFiles : public FileSystem {
 public:
  // Lets the operations `first` to `last` fail. Counting starts again.
  void FailOperations(int64_t first, int64_t last);
  void FailOnly(int64_t n) { FailOperations(n, n); }
  void FailFrom(int64_t n) {
    FailOperations(n, std::numeric_limits<int64_t>::max());
  }
  void FailNone() { FailOperations(0, -1); }

  // Whether an operation has failed since.
  bool has_failed() const { return has_failed_; }

  Status MakeDirectory(const std::string& path) override;
  StatusOr<std::unique_ptr<OutputFile>> Create(
      const std::string& path) override;
  Status Rename(const std::string& from, const std::string& to) override;
  Status Remove(const std::string& path) override;
  Status SyncDirectory(const std::string& path) override;
  StatusOr<std::vector<std::string>> List(const std::string& path) override;
  StatusOr<FileBytes> Map(const std::string& path) override;

  // Counts one operation; the error if it has to fail. For the files.
  Status Count(const std::string& path);

 private:
  std::atomic<int64_t> count_ = 0;
  std::atomic<int64_t> first_ = 0;
  std::atomic<int64_t> last_ = -1;
  std::atomic<bool> has_failed_ = false;
};

}  // namespace tercet

#endif  // TERCET_TESTS_SUPPORT_FAULTY_FILES_H_
