// A LevelDB environment whose n-th file operation fails, for tests that walk
// through every way a write can go wrong:
//
//   for (int n = 1;; ++n) {
//     FaultyEnv env;
//     env.FailFrom(n);
//     ...  // Open, write, remember what was acknowledged.
//     if (!env.has_failed()) break;  // There is no n-th operation.
//     ...  // Reopen with the real one and compare.
//   }
#ifndef TERCET_TESTS_SUPPORT_FAULTY_ENV_H_
#define TERCET_TESTS_SUPPORT_FAULTY_ENV_H_

#include <atomic>
#include <cstdint>
#include <limits>
#include <string>

#include "leveldb/env.h"

namespace tercet {

// Real files. Creating, appending, flushing, syncing, closing, renaming and
// removing are counted from 1; reads, locks and the info log are not. A failing
// append writes the first half of its bytes, as a full disk would. Thread-safe.
class FaultyEnv : public leveldb::EnvWrapper {
 public:
  FaultyEnv() : leveldb::EnvWrapper(leveldb::Env::Default()) {}

  // Lets the operations `first` to `last` fail. Counting starts again.
  void FailOperations(int64_t first, int64_t last);
  void FailOnly(int64_t n) { FailOperations(n, n); }
  // As when the disk has gone for good.
  void FailFrom(int64_t n) {
    FailOperations(n, std::numeric_limits<int64_t>::max());
  }

  // Whether an operation has failed since.
  bool has_failed() const { return has_failed_; }

  leveldb::Status NewWritableFile(const std::string& name,
                                  leveldb::WritableFile** file) override;
  leveldb::Status NewAppendableFile(const std::string& name,
                                    leveldb::WritableFile** file) override;
  leveldb::Status RemoveFile(const std::string& name) override;
  leveldb::Status RenameFile(const std::string& from,
                             const std::string& to) override;

  // Counts one operation; the error if it has to fail. For the files.
  leveldb::Status Count(const std::string& name);

 private:
  std::atomic<int64_t> count_ = 0;
  std::atomic<int64_t> first_ = 0;
  std::atomic<int64_t> last_ = -1;
  std::atomic<bool> has_failed_ = false;
};

}  // namespace tercet

#endif  // TERCET_TESTS_SUPPORT_FAULTY_ENV_H_
