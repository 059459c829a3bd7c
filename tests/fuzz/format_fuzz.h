// What holds for the readers and writers of all formats.
#ifndef TERCET_TESTS_FUZZ_FORMAT_FUZZ_H_
#define TERCET_TESTS_FUZZ_FORMAT_FUZZ_H_

#include <string>
#include <string_view>
#include <vector>

#include "service/formats/unit_reader.h"
#include "service/formats/unit_writer.h"
#include "tests/fuzz/require.h"

namespace tercet {

class FuzzSink final : public ByteSink {
 public:
  Status Write(std::string_view bytes) override {
    bytes_ += bytes;
    return OkStatus();
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

// The units of a file, to its end or its error.
struct FuzzUnits {
  std::vector<Unit> units;
  bool ok = true;
};

inline FuzzUnits ReadUnits(FileFormat format, std::string_view bytes,
                           size_t chunk_bytes,
                           const ReadOptions& options = {}) {
  const auto source = MakeStringSource(bytes, chunk_bytes);
  const auto reader = MakeReader(format, *source, options);
  FuzzUnits read;
  while (true) {
    StatusOr<std::optional<ReadItem>> item = reader->Next();
    read.ok = item.ok();
    if (!item.ok() || !item->has_value()) return read;
    if (auto* unit = std::get_if<ReadUnit>(&**item)) {
      Require(!unit->unit.variants.empty(), "a unit has a variant");
      read.units.push_back(std::move(unit->unit));
    }
  }
}

inline std::string WriteUnits(FileFormat format,
                              const std::vector<Unit>& units) {
  FuzzSink sink;
  const auto writer = MakeWriter(format, {}, sink);
  for (const Unit& unit : units) {
    Require(writer->Write({.unit = unit}).ok(), "a unit is written");
  }
  Require(writer->Finish().ok(), "the file is finished");
  return sink.bytes();
}

// Reads a file of `format` whose first byte is the size of its chunks; what was
// read must be writable in the format `written`, readable again, and then be
// written the same.
inline void TestFormat(FileFormat format, FileFormat written,
                       std::string_view data, const ReadOptions& options = {}) {
  if (data.empty()) return;
  const size_t chunk_bytes = static_cast<unsigned char>(data.front());
  const FuzzUnits read =
      ReadUnits(format, data.substr(1), chunk_bytes, options);
  const std::string file = WriteUnits(written, read.units);
  const FuzzUnits again = ReadUnits(written, file, file.size());
  Require(again.ok, "our own file is readable");
  Require(again.units.size() == read.units.size(), "no unit is lost");
  Require(WriteUnits(written, again.units) == file, "nothing changes");
}

}  // namespace tercet

#endif  // TERCET_TESTS_FUZZ_FORMAT_FUZZ_H_
