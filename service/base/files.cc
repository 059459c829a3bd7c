#include "service/base/files.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace tercet {
namespace {

Status FileError(std::string_view what, const std::string& path, int error) {
  const bool missing = error == ENOENT;
  return MakeError(missing ? StatusCode::kNotFound : StatusCode::kUnavailable,
                   fmt::format("cannot {} '{}': {}", what, path,
                               std::generic_category().message(error)),
                   {.reason = missing ? "FILE_NOT_FOUND" : "STORE_IO",
                    .metadata = {{"path", path}}});
}

// Calls `call` again while a signal interrupts it.
template <typename Call>
auto Retry(const Call& call) {
  auto result = call();
  while (result == -1 && errno == EINTR) result = call();
  return result;
}

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() { Close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int number() const { return number_; }

  // 0 or an error number.
  int Close() {
    if (number_ < 0) return 0;
    const int result = close(std::exchange(number_, -1));
    return result == 0 ? 0 : errno;
  }

 private:
  int number_;
};

class RealOutputFile final : public OutputFile {
 public:
  RealOutputFile(std::string path, int number)
      : path_(std::move(path)), file_(number) {}

  Status Append(std::string_view bytes) override {
    while (!bytes.empty()) {
      const ssize_t written = Retry(
          [&] { return write(file_.number(), bytes.data(), bytes.size()); });
      if (written < 0) return FileError("write", path_, errno);
      bytes.remove_prefix(static_cast<size_t>(written));
    }
    return OkStatus();
  }

  Status Sync() override {
    if (Retry([&] { return fsync(file_.number()); }) != 0) {
      return FileError("sync", path_, errno);
    }
    return OkStatus();
  }

  Status Close() override {
    const int error = file_.Close();
    return error == 0 ? OkStatus() : FileError("close", path_, error);
  }

 private:
  std::string path_;
  Descriptor file_;
};

// Unmaps when the last user lets go.
std::shared_ptr<const void> OwnMapping(void* start, size_t size) {
  return {start, [size](const void* mapped) {
            munmap(const_cast<void*>(mapped), size);
          }};
}

class RealFileSystem final : public FileSystem {
 public:
  Status MakeDirectory(const std::string& path) override {
    if (mkdir(path.c_str(), 0777) != 0 && errno != EEXIST) {
      return FileError("make directory", path, errno);
    }
    return OkStatus();
  }

  StatusOr<std::unique_ptr<OutputFile>> Create(
      const std::string& path) override {
    const int number = Retry([&] {
      return open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    });
    if (number < 0) return FileError("create", path, errno);
    return std::make_unique<RealOutputFile>(path, number);
  }

  Status Rename(const std::string& from, const std::string& to) override {
    if (rename(from.c_str(), to.c_str()) != 0) {
      return FileError("rename", from, errno);
    }
    return OkStatus();
  }

  Status Remove(const std::string& path) override {
    if (unlink(path.c_str()) != 0) return FileError("remove", path, errno);
    return OkStatus();
  }

  Status SyncDirectory(const std::string& path) override {
    const Descriptor directory(Retry([&] {
      return open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    }));
    if (directory.number() < 0) return FileError("open", path, errno);
    if (Retry([&] { return fsync(directory.number()); }) != 0) {
      return FileError("sync", path, errno);
    }
    return OkStatus();
  }

  StatusOr<std::vector<std::string>> List(const std::string& path) override {
    DIR* const directory = opendir(path.c_str());
    if (directory == nullptr) return FileError("list", path, errno);
    std::vector<std::string> names;
    errno = 0;
    while (const dirent* entry = readdir(directory)) {
      const std::string_view name = entry->d_name;
      if (name != "." && name != "..") names.emplace_back(name);
    }
    const int error = errno;
    closedir(directory);
    if (error != 0) return FileError("list", path, error);
    std::ranges::sort(names);
    return names;
  }

  StatusOr<FileBytes> Map(const std::string& path) override {
    const Descriptor file(
        Retry([&] { return open(path.c_str(), O_RDONLY | O_CLOEXEC); }));
    if (file.number() < 0) return FileError("open", path, errno);
    struct stat status {};
    if (fstat(file.number(), &status) != 0) {
      return FileError("stat", path, errno);
    }
    const auto size = static_cast<size_t>(status.st_size);
    if (size == 0) return FileBytes{};
    void* const start =
        mmap(nullptr, size, PROT_READ, MAP_SHARED, file.number(), 0);
    if (start == MAP_FAILED) return FileError("map", path, errno);
    return FileBytes{.bytes = {static_cast<const char*>(start), size},
                     .owner = OwnMapping(start, size)};
  }
};

std::string DirectoryOf(const std::string& path) {
  const size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

Status WriteAndSync(FileSystem& files, const std::string& path,
                    std::string_view bytes) {
  ASSIGN_OR_RETURN(const std::unique_ptr<OutputFile> file, files.Create(path));
  RETURN_IF_ERROR(file->Append(bytes));
  RETURN_IF_ERROR(file->Sync());
  return file->Close();
}

}  // namespace

FileSystem& FileSystem::Real() {
  static RealFileSystem real;
  return real;
}

std::string TemporaryName(const std::string& path) { return path + ".tmp"; }

Status WriteFileAtomically(FileSystem& files, const std::string& path,
                           std::string_view bytes) {
  const std::string temporary = TemporaryName(path);
  Status written = WriteAndSync(files, temporary, bytes);
  if (written.ok()) written = files.Rename(temporary, path);
  if (!written.ok()) {
    files.Remove(temporary).IgnoreError();  // What failed is the news.
    return written;
  }
  return files.SyncDirectory(DirectoryOf(path));
}

}  // namespace tercet
