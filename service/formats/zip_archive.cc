#include "service/formats/zip_archive.h"

#include <archive.h>
#include <archive_entry.h>

#include <cerrno>
#include <new>

#include "fmt/format.h"
#include "service/formats/decompress.h"

namespace tercet {
class ZipArchive::Handle {
 public:
  explicit Handle(ByteSource& source)
      : source_(source), archive_(archive_read_new()) {
    if (archive_ == nullptr) throw std::bad_alloc();
    archive_read_support_format_zip_streamable(archive_);
  }
  ~Handle() { archive_read_free(archive_); }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;

  StatusOr<std::optional<std::string>> NextFile() {
    if (!opened_) {
      opened_ = true;
      if (archive_read_open(archive_, this, nullptr, OnRead, nullptr) !=
          ARCHIVE_OK) {
        return Failed();
      }
    }
    while (true) {
      archive_entry* entry = nullptr;
      const int result = archive_read_next_header(archive_, &entry);
      if (result == ARCHIVE_EOF) {
        // What follows a zip's files is its directory, which streams do not
        // need; a stream that was cut has none.
        RETURN_IF_ERROR(source_status_);
        return std::optional<std::string>();
      }
      if (result < ARCHIVE_WARN) return Failed();
      if (++files_ > kMaxArchiveFiles) {
        return DamagedArchive(
            fmt::format("it has more than {} files", kMaxArchiveFiles));
      }
      if (archive_entry_is_encrypted(entry) != 0) {
        return DamagedArchive("it is encrypted");
      }
      if (archive_entry_filetype(entry) != AE_IFREG) continue;
      const char* name = archive_entry_pathname(entry);
      return std::optional<std::string>(name == nullptr ? "" : name);
    }
  }

  StatusOr<std::string_view> Read() {
    const void* block = nullptr;
    size_t bytes = 0;
    la_int64_t offset = 0;
    while (true) {
      const int result =
          archive_read_data_block(archive_, &block, &bytes, &offset);
      if (result == ARCHIVE_EOF) return std::string_view();
      if (result < ARCHIVE_OK) return Failed();
      if (bytes > 0) {
        return std::string_view(static_cast<const char*>(block), bytes);
      }
    }
  }

 private:
  static la_ssize_t OnRead(archive* archive, void* self, const void** block) {
    Handle& handle = *static_cast<Handle*>(self);
    const StatusOr<std::string_view> chunk = handle.source_.Read();
    if (!chunk.ok()) {
      handle.source_status_ = chunk.status();
      archive_set_error(archive, EIO, "the source failed");
      return -1;
    }
    *block = chunk->data();
    return static_cast<la_ssize_t>(chunk->size());
  }

  Status Failed() {
    RETURN_IF_ERROR(source_status_);
    const char* message = archive_error_string(archive_);
    return DamagedArchive(message == nullptr ? "it is damaged" : message);
  }

  ByteSource& source_;
  archive* archive_;
  bool opened_ = false;
  int files_ = 0;
  Status source_status_;
};

ZipArchive::ZipArchive(ByteSource& source)
    : handle_(std::make_unique<Handle>(source)) {}

ZipArchive::~ZipArchive() = default;

StatusOr<std::optional<std::string>> ZipArchive::NextFile() {
  return handle_->NextFile();
}

StatusOr<std::string_view> ZipArchive::Read() { return handle_->Read(); }

bool IsHiddenArchiveName(std::string_view name) {
  const std::string_view base = name.substr(name.rfind('/') + 1);
  return name.starts_with("__MACOSX/") || base.starts_with('.');
}

bool IsPlainArchiveName(std::string_view name) {
  if (name.empty() || name.starts_with('/') || name.starts_with('\\') ||
      name.find(':') != std::string_view::npos) {
    return false;
  }
  while (!name.empty()) {
    const size_t end = name.find_first_of("/\\");
    const std::string_view part = name.substr(0, end);
    if (part == "..") return false;
    name = end == std::string_view::npos ? "" : name.substr(end + 1);
  }
  return true;
}

}  // namespace tercet
