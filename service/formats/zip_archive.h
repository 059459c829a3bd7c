// The files of a zip archive, one behind the other, as the archive streams in.
// The only place that knows libarchive.
//
//   ZipArchive archive(source);
//   while (true) {
//     ASSIGN_OR_RETURN(std::optional<std::string> name, archive.NextFile());
//     if (!name.has_value()) break;
//     ... archive.Read() ...
//   }
//
// Nothing is written to disk and no name is used as a path.
#ifndef TERCET_SERVICE_FORMATS_ZIP_ARCHIVE_H_
#define TERCET_SERVICE_FORMATS_ZIP_ARCHIVE_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "service/formats/unit_reader.h"

namespace tercet {

// How many files an archive may have, folders included.
inline constexpr int kMaxArchiveFiles = 10'000;

// Reads the file that NextFile has found. Not thread-safe.
class ZipArchive final : public ByteSource {
 public:
  // `source` must outlive the object.
  explicit ZipArchive(ByteSource& source);
  ~ZipArchive() override;

  // Passes over what is left of the file before, and over folders. Nullopt at
  // the end. Fails with ARCHIVE_INVALID: a broken or encrypted archive, one of
  // too many files.
  StatusOr<std::optional<std::string>> NextFile();

  StatusOr<std::string_view> Read() override;

 private:
  class Handle;
  std::unique_ptr<Handle> handle_;
};

// Whether `name` is that of a file to read: no absolute path, none that leads
// out of its folder.
bool IsPlainArchiveName(std::string_view name);

// Whether a system put the file there beside those that people meant: the
// `__MACOSX` of macOS, and what begins with a dot.
bool IsHiddenArchiveName(std::string_view name);

}  // namespace tercet

#endif  // TERCET_SERVICE_FORMATS_ZIP_ARCHIVE_H_
