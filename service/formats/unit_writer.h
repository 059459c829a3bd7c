// Writing units to exchange files: one interface, whatever the format.
//
//   auto writer = MakeWriter(FileFormat::kTmx, {.source_language = en}, sink);
//   RETURN_IF_ERROR(writer->Write({.id = "0k3...", .unit = unit}));
//   RETURN_IF_ERROR(writer->Finish());
#ifndef TERCET_SERVICE_FORMATS_UNIT_WRITER_H_
#define TERCET_SERVICE_FORMATS_UNIT_WRITER_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "service/base/status.h"
#include "service/formats/file_format.h"
#include "service/model/unit.h"

namespace tercet {

// Where a writer's bytes go.
class ByteSink {
 public:
  virtual ~ByteSink() = default;
  virtual Status Write(std::string_view bytes) = 0;
};

// What a writer must know before the first unit.
struct WriterOptions {
  // The columns of formats with a fixed set (TSV, CSV, Moses), in order. Where
  // it is not empty, variants of other languages are not written, in any
  // format.
  std::vector<LanguageTag> languages;
  std::string tool_version;  // For the header of TMX.
};

// A unit on its way out. `id` becomes the `tuid` where the unit has none.
struct WriteUnit {
  std::string_view id;
  const Unit& unit;
};

// What a format could not hold.
struct WriteLosses {
  int64_t left_out_units = 0;
  int64_t changed_texts = 0;
};

// Not thread-safe. Output depends on the units and options alone: equal
// memories give equal bytes.
class UnitWriter {
 public:
  virtual ~UnitWriter() = default;
  virtual Status Write(const WriteUnit& unit) = 0;
  // Writes what closes the file. Call once, after the last unit.
  virtual Status Finish() = 0;
  // So far. What docs/formats says of all units of a format does not count.
  virtual WriteLosses losses() const { return {}; }
};

// Whether there is a writer for a format.
constexpr bool CanWrite(FileFormat format) {
  return format != FileFormat::kXliff && format != FileFormat::kPo;
}

// Makes the writer of a format; it writes the head at once or with the first
// unit. `sink` must live as long as the writer. REQUIRES: CanWrite(format).
std::unique_ptr<UnitWriter> MakeWriter(FileFormat format, WriterOptions options,
                                       ByteSink& sink);

}  // namespace tercet

#endif  // TERCET_SERVICE_FORMATS_UNIT_WRITER_H_
