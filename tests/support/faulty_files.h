// Real files whose n-th operation fails; as tests/support/faulty_env.h for what
// goes through service/base/files.h.
#ifndef TERCET_TESTS_SUPPORT_FAULTY_FILES_H_
#define TERCET_TESTS_SUPPORT_FAULTY_FILES_H_

#include <memory>
#include <string>
#include <vector>

#include "service/base/files.h"

namespace tercet {

// Everything but reading is counted, from 1. A failing append writes half of
// its bytes.
class FaultyFiles : public FileSystem {
 public:
  // Lets operation `n` fail, and all after it where `and_all_later`.
  explicit FaultyFiles(int n, bool and_all_later = false)
      : first_(n), and_all_later_(and_all_later) {}

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
  Status Count();

 private:
  int first_;
  bool and_all_later_;
  int count_ = 0;
  bool has_failed_ = false;
};

}  // namespace tercet

#endif  // TERCET_TESTS_SUPPORT_FAULTY_FILES_H_
