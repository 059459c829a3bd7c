#include "tests/support/faulty_files.h"

#include <utility>

#include "fmt/format.h"

namespace tercet {
namespace {

class FaultyOutputFile final : public OutputFile {
 public:
  FaultyOutputFile(FaultyFiles& files, std::string path,
                   std::unique_ptr<OutputFile> file)
      : files_(files), path_(std::move(path)), file_(std::move(file)) {}

  Status Append(std::string_view bytes) override {
    const Status status = files_.Count(path_);
    if (status.ok()) return file_->Append(bytes);
    // What was written of it stays in the file.
    file_->Append(bytes.substr(0, bytes.size() / 2)).IgnoreError();
    return status;
  }

  Status Sync() override { return files_.Count(path_); }

  Status Close() override {
    const Status status = files_.Count(path_);
    const Status closed = file_->Close();
    return status.ok() ? closed : status;
  }

 private:
  FaultyFiles& files_;
  const std::string path_;
  const std::unique_ptr<OutputFile> file_;
};

}  // namespace

void FaultyFiles::FailOperations(int64_t first, int64_t last) {
  count_ = 0;
  first_ = first;
  last_ = last;
  has_failed_ = false;
}

Status FaultyFiles::Count(const std::string& path) {
  const int64_t n = ++count_;
  if (n < first_ || n > last_) return OkStatus();
  has_failed_ = true;
  return MakeError(StatusCode::kUnavailable,
                   fmt::format("injected fault at '{}'", path),
                   {.reason = "STORE_IO"});
}

Status FaultyFiles::MakeDirectory(const std::string& path) {
  RETURN_IF_ERROR(Count(path));
  return Real().MakeDirectory(path);
}

StatusOr<std::unique_ptr<OutputFile>> FaultyFiles::Create(
    const std::string& path) {
  RETURN_IF_ERROR(Count(path));
  ASSIGN_OR_RETURN(std::unique_ptr<OutputFile> file, Real().Create(path));
  return std::make_unique<FaultyOutputFile>(*this, path, std::move(file));
}

Status FaultyFiles::Rename(const std::string& from, const std::string& to) {
  RETURN_IF_ERROR(Count(from));
  return Real().Rename(from, to);
}

Status FaultyFiles::Remove(const std::string& path) {
  RETURN_IF_ERROR(Count(path));
  return Real().Remove(path);
}

Status FaultyFiles::SyncDirectory(const std::string& path) {
  return Count(path);
}

StatusOr<std::vector<std::string>> FaultyFiles::List(const std::string& path) {
  RETURN_IF_ERROR(Count(path));
  return Real().List(path);
}

StatusOr<FileBytes> FaultyFiles::Map(const std::string& path) {
  RETURN_IF_ERROR(Count(path));
  return Real().Map(path);
}

}  // namespace tercet
