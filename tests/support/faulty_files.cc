#include "tests/support/faulty_files.h"

#include <utility>

namespace tercet {
namespace {

class FaultyFile : public OutputFile {
 public:
  FaultyFile(FaultyFiles& files, std::unique_ptr<OutputFile> file)
      : files_(files), file_(std::move(file)) {}

  Status Append(std::string_view bytes) override {
    Status status = files_.Count();
    if (status.ok()) return file_->Append(bytes);
    file_->Append(bytes.substr(0, bytes.size() / 2)).IgnoreError();
    return status;
  }
  // No test pulls the plug.
  Status Sync() override { return files_.Count(); }
  Status Close() override {
    Status status = files_.Count();
    Status closed = file_->Close();
    return status.ok() ? closed : status;
  }

 private:
  FaultyFiles& files_;
  std::unique_ptr<OutputFile> file_;
};

}  // namespace

Status FaultyFiles::Count() {
  ++count_;
  if (count_ != first_ && !(and_all_later_ && count_ > first_)) {
    return OkStatus();
  }
  has_failed_ = true;
  return MakeError(StatusCode::kUnavailable, "injected fault",
                   {.reason = "STORE_IO"});
}

Status FaultyFiles::MakeDirectory(const std::string& path) {
  RETURN_IF_ERROR(Count());
  return Real().MakeDirectory(path);
}

StatusOr<std::unique_ptr<OutputFile>> FaultyFiles::Create(
    const std::string& path) {
  RETURN_IF_ERROR(Count());
  ASSIGN_OR_RETURN(std::unique_ptr<OutputFile> file, Real().Create(path));
  return std::make_unique<FaultyFile>(*this, std::move(file));
}

Status FaultyFiles::Rename(const std::string& from, const std::string& to) {
  RETURN_IF_ERROR(Count());
  return Real().Rename(from, to);
}

Status FaultyFiles::Remove(const std::string& path) {
  RETURN_IF_ERROR(Count());
  return Real().Remove(path);
}

Status FaultyFiles::SyncDirectory(const std::string& path) {
  RETURN_IF_ERROR(Count());
  return Real().SyncDirectory(path);
}

StatusOr<std::vector<std::string>> FaultyFiles::List(const std::string& path) {
  return Real().List(path);
}

StatusOr<FileBytes> FaultyFiles::Map(const std::string& path) {
  return Real().Map(path);
}

}  // namespace tercet
