#include "service/formats/input_reader.h"

#include <utility>

#include "fmt/format.h"
#include "service/base/utf8.h"
#include "service/formats/decompress.h"
#include "service/formats/detect_format.h"
#include "service/formats/names.h"
#include "service/formats/peek_source.h"
#include "service/formats/zip_archive.h"

namespace tercet {
namespace {

// What a format is told by.
constexpr size_t kHeadBytes = 16 * 1024;
constexpr size_t kShownBytes = 200;
constexpr std::string_view kZipMagic = "PK\x03\x04";

// The name of what is in a compressed file: `a.tmx` of `a.tmx.gz`.
std::string_view WithoutCompression(std::string_view name) {
  for (const std::string_view ending : {".gz", ".zst"}) {
    if (name.size() > ending.size() &&
        EqualsIgnoringCase(name.substr(name.size() - ending.size()), ending)) {
      return name.substr(0, name.size() - ending.size());
    }
  }
  return name;
}

Status UnknownFormat(std::string_view name) {
  return MakeError(
      StatusCode::kInvalidArgument,
      fmt::format("cannot tell the format of '{}' by its content: it is none "
                  "of TMX, XLIFF, PO, TSV, CSV and JSON lines",
                  PrintableUtf8(name, kShownBytes)),
      {.reason = "FILE_FORMAT_UNKNOWN"});
}

// One file, perhaps compressed.
class OneFile {
 public:
  // `source` must outlive the object.
  OneFile(ByteSource& source, const InputOptions& options)
      : unpacked_(MakeDecompressingSource(source)), head_(*unpacked_) {
    std::optional<FileFormat> format = options.format;
    const std::string_view name = WithoutCompression(options.name);
    if (!format) {
      format = DetectFormat(head_.Peek(kHeadBytes), name, options.reader);
    }
    if (format) reader_ = MakeReader(*format, head_, options.reader);
    name_ = name;
  }

  StatusOr<std::optional<ReadItem>> Next() {
    if (reader_ != nullptr) return reader_->Next();
    // The source's own error goes before.
    while (true) {
      ASSIGN_OR_RETURN(const std::string_view rest, head_.Read());
      if (rest.empty()) return UnknownFormat(name_);
    }
  }

 private:
  std::unique_ptr<ByteSource> unpacked_;
  PeekSource head_;
  std::unique_ptr<UnitReader> reader_;
  std::string name_;
};

// The files of an archive.
class ArchiveReader {
 public:
  ArchiveReader(ByteSource& source, InputOptions options)
      : counted_(source),
        archive_(counted_),
        guarded_(archive_, counted_),
        options_(std::move(options)) {}

  StatusOr<std::optional<ReadItem>> Next() {
    while (true) {
      if (file_ == nullptr) {
        ASSIGN_OR_RETURN(const std::optional<std::string> name,
                         archive_.NextFile());
        if (!name.has_value()) return AtEnd();
        if (IsHiddenArchiveName(*name)) continue;
        if (!IsPlainArchiveName(*name)) {
          return std::optional<ReadItem>(
              Problem(*name, "ARCHIVE_FILE_REFUSED",
                      "a file of that name is not read"));
        }
        Open(*name);
      }
      StatusOr<std::optional<ReadItem>> item = file_->Next();
      if (!item.ok()) {
        // One of the archive itself cannot be passed over.
        if (guarded_.failed()) return item;
        KeepError(item.status());
        file_.reset();
        return std::optional<ReadItem>(Problem(options_.name,
                                               GetDetails(item.status()).reason,
                                               MessageOf(item.status())));
      }
      if (item->has_value()) return Named(*std::move(*item));
      file_.reset();
    }
  }

 private:
  void Open(const std::string& name) {
    options_.name = name;
    file_ = std::make_unique<OneFile>(guarded_, options_);
  }

  std::optional<ReadItem> Named(ReadItem item) {
    if (auto* unit = std::get_if<ReadUnit>(&item)) {
      unit->file = options_.name;
      has_unit_ = true;
    } else {
      std::get<ReadProblem>(item).file = options_.name;
    }
    return item;
  }

  static ReadProblem Problem(std::string_view name, std::string_view reason,
                             std::string_view message) {
    return {.line = 1,
            .reason = std::string(reason),
            .message = std::string(message),
            .of_file = true,
            .file = PrintableUtf8(name, kShownBytes)};
  }

  // The first that is not about a file of another kind, else the first.
  void KeepError(const Status& error) {
    const bool is_other =
        GetDetails(first_error_).reason == "FILE_FORMAT_UNKNOWN";
    if (first_error_.ok() || is_other) first_error_ = error;
  }

  StatusOr<std::optional<ReadItem>> AtEnd() {
    // What is no file of units may lie beside some; one that could not be read
    // to its end is an error, as it is alone.
    const bool is_other =
        GetDetails(first_error_).reason == "FILE_FORMAT_UNKNOWN";
    if (!first_error_.ok() && (!has_unit_ || !is_other)) return first_error_;
    return std::optional<ReadItem>();
  }

  CountingSource counted_;
  ZipArchive archive_;
  ExpansionGuard guarded_;
  InputOptions options_;
  std::unique_ptr<OneFile> file_;
  bool has_unit_ = false;
  Status first_error_;
};

class InputReader final : public UnitReader {
 public:
  InputReader(ByteSource& source, InputOptions options)
      : head_(source), options_(std::move(options)) {}

  StatusOr<std::optional<ReadItem>> Next() override {
    if (file_ == nullptr && archive_ == nullptr) {
      if (head_.Peek(kZipMagic.size()) == kZipMagic) {
        archive_ = std::make_unique<ArchiveReader>(head_, options_);
      } else {
        file_ = std::make_unique<OneFile>(head_, options_);
      }
    }
    if (!status_.ok()) return status_;
    StatusOr<std::optional<ReadItem>> item =
        archive_ != nullptr ? archive_->Next() : file_->Next();
    status_ = item.status();
    return item;
  }

 private:
  PeekSource head_;
  const InputOptions options_;
  std::unique_ptr<OneFile> file_;
  std::unique_ptr<ArchiveReader> archive_;
  Status status_;
};

}  // namespace

std::unique_ptr<UnitReader> MakeInputReader(ByteSource& source,
                                            InputOptions options) {
  return std::make_unique<InputReader>(source, std::move(options));
}

std::string DescribeInput(std::string_view head, const InputOptions& options) {
  if (options.format) return std::string(FormatName(*options.format));
  if (head.starts_with(kZipMagic)) return "zip archive";
  const std::unique_ptr<ByteSource> source = MakeStringSource(head);
  const std::unique_ptr<ByteSource> unpacked = MakeDecompressingSource(*source);
  PeekSource text(*unpacked);
  const std::optional<FileFormat> format = DetectFormat(
      text.Peek(kHeadBytes), WithoutCompression(options.name), options.reader);
  return std::string(format ? FormatName(*format) : "unknown format");
}

}  // namespace tercet
