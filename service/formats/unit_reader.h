// Reading units from exchange files: one interface, whatever the format.
//
//   std::unique_ptr<UnitReader> reader = MakeReader(FileFormat::kTmx, source);
//   while (true) {
//     ASSIGN_OR_RETURN(std::optional<ReadItem> item, reader->Next());
//     if (!item.has_value()) break;
//     ...
//   }
//
// Memory use is bounded by the largest unit, never by the file.
#ifndef TERCET_SERVICE_FORMATS_UNIT_READER_H_
#define TERCET_SERVICE_FORMATS_UNIT_READER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "service/base/status.h"
#include "service/formats/file_format.h"
#include "service/model/unit.h"

namespace tercet {

// Where a reader's bytes come from: a file, a gRPC stream, a string.
class ByteSource {
 public:
  virtual ~ByteSource() = default;

  // The next bytes, valid until the next call; empty at the end.
  virtual StatusOr<std::string_view> Read() = 0;
};

// A unit as it stands in a file. Syntactically sound; whether it is valid
// (ValidateUnit) is for the caller to see.
struct ReadUnit {
  int64_t line = 0;    // Where it begins, counted from 1.
  int64_t offset = 0;  // Likewise, in bytes from 0.
  Unit unit;
  std::string file;  // Of an archive, its name there; else empty.
  // What the file calls it, where it has no external id; may be empty.
  std::string unit_id;
};

// Something wrong at one place of a file. A skipped one stands for a unit that
// could not be read; a warning goes with the unit that was read before it, or,
// where `of_file`, with none.
struct ReadProblem {
  int64_t line = 0;
  int64_t offset = 0;
  std::string reason;   // UPPER_SNAKE_CASE, docs/errors.md.
  std::string message;  // For people: lower case, no stop.
  bool skipped = false;
  bool of_file = false;
  std::string excerpt;  // The beginning of what was not read; may be empty.
  std::string file;     // Of an archive, its name there; else empty.
  // Of a skipped one, what the file calls the unit; may be empty.
  std::string unit_id;
};

// At most so much is shown of a unit.
inline constexpr size_t kExcerptBytes = 160;

using ReadItem = std::variant<ReadUnit, ReadProblem>;

// Not thread-safe.
class UnitReader {
 public:
  virtual ~UnitReader() = default;

  // The next unit or problem in file order; nullopt at the end. An error is
  // final and means that the rest of the file cannot be read (kInvalidArgument
  // with reason FILE_MALFORMED and metadata `line`, or the source's own error).
  // All units before the bad place have been returned.
  virtual StatusOr<std::optional<ReadItem>> Next() = 0;
};

// What a file may leave open.
struct ReadOptions {
  // Of texts that do not say theirs: those of a unit take, in order, the ones
  // that none of its other texts has. In a table without a header and in Moses
  // text they are the columns. The first is the source where the file names
  // none.
  std::vector<LanguageTag> default_languages;
  // The encoding, by any name that the web knows; empty: by the bytes.
  std::string charset;

  // The first two of the defaults; empty where there are none.
  LanguageTag source_language() const {
    return default_languages.empty() ? LanguageTag() : default_languages[0];
  }
  LanguageTag target_language() const {
    return default_languages.size() < 2 ? LanguageTag() : default_languages[1];
  }
};

// Makes the reader of a format. The file may be in any encoding
// (utf8_source.h); lines and offsets are then those of the text in UTF-8.
// `source` must live as long as the reader.
std::unique_ptr<UnitReader> MakeReader(FileFormat format, ByteSource& source,
                                       ReadOptions options = {});

// A source over a string; `bytes` must live as long as the source. Gives at
// most `chunk_bytes` at a time.
std::unique_ptr<ByteSource> MakeStringSource(std::string_view bytes,
                                             size_t chunk_bytes = 64 * 1024);

}  // namespace tercet

#endif  // TERCET_SERVICE_FORMATS_UNIT_READER_H_
