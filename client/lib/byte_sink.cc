#include "client/lib/byte_sink.h"

#include <unistd.h>

#include <cerrno>
#include <utility>

#include "client/lib/file_error.h"

namespace tercet::client {
namespace {

class FileSink : public ByteSink {
 public:
  FileSink(std::string path, std::string part_path, std::FILE* file)
      : path_(std::move(path)), part_path_(std::move(part_path)), file_(file) {}
  FileSink(const FileSink&) = delete;
  FileSink& operator=(const FileSink&) = delete;
  ~FileSink() override {
    if (finished_) return;
    if (file_ != nullptr) std::fclose(file_);
    std::remove(part_path_.c_str());
  }

  Status Write(std::string_view bytes) override {
    if (std::fwrite(bytes.data(), 1, bytes.size(), file_) == bytes.size()) {
      return OkStatus();
    }
    return Unwritable(part_path_, errno);
  }

  // Synced before the rename, or a crash of the machine could leave an empty
  // file under the final name.
  Status Finish() override {
    if (std::fflush(file_) != 0 || fsync(fileno(file_)) != 0) {
      return Unwritable(part_path_, errno);
    }
    if (std::fclose(std::exchange(file_, nullptr)) != 0) {
      return Unwritable(part_path_, errno);
    }
    if (std::rename(part_path_.c_str(), path_.c_str()) != 0) {
      return Unwritable(path_, errno);
    }
    finished_ = true;
    return OkStatus();
  }

 private:
  const std::string path_;
  const std::string part_path_;
  std::FILE* file_;
  bool finished_ = false;
};

class StreamSink : public ByteSink {
 public:
  explicit StreamSink(std::FILE* stream) : stream_(stream) {}

  Status Write(std::string_view bytes) override {
    if (std::fwrite(bytes.data(), 1, bytes.size(), stream_) == bytes.size()) {
      return OkStatus();
    }
    return Unwritable("standard output", errno);
  }

  Status Finish() override {
    if (std::fflush(stream_) == 0) return OkStatus();
    return Unwritable("standard output", errno);
  }

 private:
  std::FILE* stream_;
};

}  // namespace

StatusOr<std::unique_ptr<ByteSink>> OpenFileSink(const std::string& path) {
  const std::string part_path = path + ".part";
  std::FILE* file = std::fopen(part_path.c_str(), "wbe");
  if (file == nullptr) return Unwritable(part_path, errno);
  return std::make_unique<FileSink>(path, part_path, file);
}

std::unique_ptr<ByteSink> MakeStreamSink(std::FILE* stream) {
  return std::make_unique<StreamSink>(stream);
}

}  // namespace tercet::client
