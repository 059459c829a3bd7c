// Files to translate, as the segments that there are to translate: plain text,
// which is cut into sentences, TMX, XLIFF and PO, in any encoding, perhaps
// compressed. The content tells which it is.
//
//   ASSIGN_OR_RETURN(std::unique_ptr<SourceReader> reader,
//                    OpenSourceReader(source, {.source_language = zh}));
//   while (true) {
//     ASSIGN_OR_RETURN(std::optional<SourceItem> item, reader->Next());
//     if (!item.has_value()) break;
//     ...
//   }
//
// Memory use is bounded by the largest unit or paragraph.
#ifndef TERCET_SERVICE_FORMATS_SOURCE_SEGMENTS_H_
#define TERCET_SERVICE_FORMATS_SOURCE_SEGMENTS_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string_view>
#include <variant>

#include "service/base/status.h"
#include "service/formats/bilingual_file.h"
#include "service/formats/unit_reader.h"
#include "service/model/unit.h"

namespace tercet {

// A segment to translate. Its text is not blank.
struct SourceSegment {
  int64_t line = 0;  // Where it, or its unit, begins; counted from 1.
  LanguageTag source_language;
  LanguageTag target_language;  // Empty where neither file nor options say.
  Segment source;
  Origin context;              // Document, key, neighbours.
  bool is_translated = false;  // Has a translation already, and no draft.
  bool is_locked = false;      // The file says that it is not to be translated.
};

using SourceItem = std::variant<SourceSegment, ReadProblem>;

enum class SourceFormat : uint8_t { kText, kTmx, kXliff, kPo };

// `text`, `tmx`, `xliff`, `po`; nullopt for other names.
std::optional<SourceFormat> SourceFormatFromName(std::string_view name);

struct SourceOptions {
  std::optional<SourceFormat> format;  // Nullopt: by the content.
  // Where given they count, and what the file says does not. Of the units of a
  // TMX file the first variant of the source language is taken, else the one
  // that the file calls the source.
  LanguageTag source_language;
  LanguageTag target_language;
  // Where neither they nor the file say anything.
  LanguageTag default_source_language;
  LanguageTag default_target_language;
  // Plain text: a paragraph ends at an empty line, not at each line's end.
  bool is_wrapped = false;
};

// Not thread-safe.
class SourceReader {
 public:
  virtual ~SourceReader() = default;

  // The next segment or problem in file order; nullopt at the end. An error is
  // final, as a UnitReader's.
  virtual StatusOr<std::optional<SourceItem>> Next() = 0;
};

// Opens a file; `source` must outlive the reader. Fails with the source's
// error, with FILE_FORMAT_UNKNOWN for what is none of the formats (an archive,
// HTML), and with FILE_LANGUAGE_UNKNOWN where nothing says the language.
StatusOr<std::unique_ptr<SourceReader>> OpenSourceReader(
    ByteSource& source, const SourceOptions& options);

// What the beginning of a file is, of kSourceHeadBytes if it has so many;
// nullopt for what is no file to translate.
inline constexpr size_t kSourceHeadBytes = 16 * 1024;
std::optional<SourceFormat> DetectSourceFormat(std::string_view head);

// A segment of XLIFF or PO, without neighbours. Fails with
// FILE_LANGUAGE_UNKNOWN where nothing says what language it is in.
StatusOr<SourceSegment> SourceSegmentOf(const BilingualSegment& segment,
                                        const SourceOptions& options);

// What the readers of those formats have to know.
ReadOptions ReadOptionsOf(const SourceOptions& options);

// Whether the segments of a format are running text, in which neighbours are
// context.
inline bool IsRunningText(SourceFormat format) {
  return format == SourceFormat::kText || format == SourceFormat::kXliff;
}

// Whether there is nothing but white space in the text.
bool IsBlank(std::string_view text);

// Tells the segments of running text what stands before and behind them, in
// one document: a segment comes out when its next one has come in. Not
// thread-safe.
class NeighbourQueue {
 public:
  void Push(SourceSegment segment);
  // No more will come.
  void Finish();
  // The next segment whose neighbours are known.
  std::optional<SourceSegment> Pop();

 private:
  std::deque<SourceSegment> ready_;
  std::optional<SourceSegment> last_;
};

}  // namespace tercet

#endif  // TERCET_SERVICE_FORMATS_SOURCE_SEGMENTS_H_
