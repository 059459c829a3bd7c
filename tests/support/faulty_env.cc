#include "tests/support/faulty_env.h"

#include <memory>
#include <utility>

namespace tercet {
namespace {

// A file whose operations the environment may let fail.
class FaultyFile : public leveldb::WritableFile {
 public:
  FaultyFile(FaultyEnv& env, std::string name, leveldb::WritableFile* file)
      : env_(env), name_(std::move(name)), file_(file) {}

  leveldb::Status Append(const leveldb::Slice& data) override {
    leveldb::Status status = env_.Count(name_);
    if (status.ok()) return file_->Append(data);
    // What was written of it stays in the file.
    (void)file_->Append(leveldb::Slice(data.data(), data.size() / 2));
    (void)file_->Flush();
    return status;
  }

  leveldb::Status Close() override {
    leveldb::Status status = env_.Count(name_);
    leveldb::Status closed = file_->Close();
    return status.ok() ? closed : status;
  }

  leveldb::Status Flush() override {
    leveldb::Status status = env_.Count(name_);
    return status.ok() ? file_->Flush() : status;
  }

  leveldb::Status Sync() override {
    leveldb::Status status = env_.Count(name_);
    // A flush will do, and takes microseconds: no test pulls the plug.
    return status.ok() ? file_->Flush() : status;
  }

 private:
  FaultyEnv& env_;
  const std::string name_;
  const std::unique_ptr<leveldb::WritableFile> file_;
};

}  // namespace

void FaultyEnv::FailOperations(int64_t first, int64_t last) {
  count_ = 0;
  first_ = first;
  last_ = last;
  has_failed_ = false;
}

leveldb::Status FaultyEnv::Count(const std::string& name) {
  const int64_t n = ++count_;
  if (n < first_ || n > last_) return leveldb::Status::OK();
  has_failed_ = true;
  return leveldb::Status::IOError(name, "injected fault");
}

leveldb::Status FaultyEnv::NewWritableFile(const std::string& name,
                                           leveldb::WritableFile** file) {
  *file = nullptr;
  leveldb::Status status = Count(name);
  if (status.ok()) status = target()->NewWritableFile(name, file);
  if (status.ok()) *file = new FaultyFile(*this, name, *file);
  return status;
}

leveldb::Status FaultyEnv::NewAppendableFile(const std::string& name,
                                             leveldb::WritableFile** file) {
  *file = nullptr;
  leveldb::Status status = Count(name);
  if (status.ok()) status = target()->NewAppendableFile(name, file);
  if (status.ok()) *file = new FaultyFile(*this, name, *file);
  return status;
}

leveldb::Status FaultyEnv::RemoveFile(const std::string& name) {
  leveldb::Status status = Count(name);
  return status.ok() ? target()->RemoveFile(name) : status;
}

leveldb::Status FaultyEnv::RenameFile(const std::string& from,
                                      const std::string& to) {
  leveldb::Status status = Count(from);
  return status.ok() ? target()->RenameFile(from, to) : status;
}

}  // namespace tercet
