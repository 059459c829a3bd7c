// Reading and writing whole files in memory, for the tests of the formats.
#ifndef TERCET_TESTS_FORMATS_FORMAT_HELPERS_H_
#define TERCET_TESTS_FORMATS_FORMAT_HELPERS_H_

#include <string>
#include <string_view>
#include <vector>

#include "service/formats/unit_reader.h"
#include "service/formats/unit_writer.h"

namespace tercet {

// All that a reader gave.
struct FileContent {
  std::vector<ReadUnit> units;
  std::vector<ReadProblem> problems;
  std::vector<std::string> items;  // Both, in order, as text.
  Status end;                      // The error that ended it, or OK.

  // The units' values.
  std::vector<Unit> values() const;
};

FileContent ReadAll(FileFormat format, std::string_view bytes,
                    size_t chunk_bytes = 64 * 1024);
FileContent ReadAll(FileFormat format, ByteSource& source,
                    ReadOptions options = {});

// The file that holds the units; "error: ..." where a writer failed.
std::string WriteAll(FileFormat format, const std::vector<Unit>& units,
                     WriterOptions options = {});

// A TMX file with this in its `body`, in the 3 lines before which are its head.
std::string TmxWith(std::string_view body);

// The tag. REQUIRES: code is valid.
LanguageTag Tag(std::string_view code);

// A unit with texts in these languages.
struct Text {
  std::string_view language;
  std::string_view text;
};
Unit MakeUnit(const std::vector<Text>& texts);

// A source that gives `bytes` and then fails.
class FailingSource final : public ByteSource {
 public:
  explicit FailingSource(std::string_view bytes) : bytes_(bytes) {}
  StatusOr<std::string_view> Read() override;

 private:
  std::string_view bytes_;
};

}  // namespace tercet

#endif  // TERCET_TESTS_FORMATS_FORMAT_HELPERS_H_
