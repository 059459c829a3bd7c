// Whole files, written once and then only read. An interface, so that tests
// can let any operation fail.
//
//   RETURN_IF_ERROR(WriteFileAtomically(FileSystem::Real(), path, bytes));
//   ASSIGN_OR_RETURN(FileBytes file, FileSystem::Real().Map(path));
#ifndef TERCET_SERVICE_BASE_FILES_H_
#define TERCET_SERVICE_BASE_FILES_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "service/base/status.h"

namespace tercet {

// A file's bytes, or any others that somebody keeps alive.
struct FileBytes {
  std::string_view bytes;
  // Shared, for the bytes stay valid as long as anybody uses them.
  std::shared_ptr<const void> owner;
};

// A file that is being written. Closed when it is destroyed.
class OutputFile {
 public:
  virtual ~OutputFile() = default;

  virtual Status Append(std::string_view bytes) = 0;
  // When it returns OK the bytes survive a crash of the machine.
  virtual Status Sync() = 0;
  virtual Status Close() = 0;
};

// Thread-safe. Errors: kNotFound with reason FILE_NOT_FOUND where there is no
// such file, kUnavailable with reason STORE_IO for all else.
class FileSystem {
 public:
  // The operating system's.
  static FileSystem& Real();

  virtual ~FileSystem() = default;

  virtual Status MakeDirectory(const std::string& path) = 0;  // May be there.
  virtual StatusOr<std::unique_ptr<OutputFile>> Create(
      const std::string& path) = 0;
  virtual Status Rename(const std::string& from, const std::string& to) = 0;
  virtual Status Remove(const std::string& path) = 0;
  // When it returns OK the names in it survive a crash of the machine.
  virtual Status SyncDirectory(const std::string& path) = 0;
  // The names in a directory, in byte order.
  virtual StatusOr<std::vector<std::string>> List(const std::string& path) = 0;
  // The file's bytes, mapped read-only and aligned to a page. They stay as they
  // are when the file is removed, not when somebody writes to it.
  virtual StatusOr<FileBytes> Map(const std::string& path) = 0;
};

// Writes a whole file: under another name, synced, renamed, its directory
// synced. After an error `path` is as before, or has the new bytes.
Status WriteFileAtomically(FileSystem& files, const std::string& path,
                           std::string_view bytes);

// The name that WriteFileAtomically first gives to `path`: one that is left
// over from a crash may be removed.
std::string TemporaryName(const std::string& path);

}  // namespace tercet

#endif  // TERCET_SERVICE_BASE_FILES_H_
