// Files to translate: XLIFF 1.2 and 2.x, gettext PO. They are read piece by
// piece, and can be written again with targets put in and all else as it was.
//
//   std::unique_ptr<BilingualFile> file =
//       MakeBilingualFile(FileFormat::kXliff, source, {});
//   while (true) {
//     ASSIGN_OR_RETURN(std::optional<FilePiece> piece, file->Next());
//     if (!piece.has_value()) break;
//     std::vector<TargetFill> fills;  // For piece->segments.
//     ...
//     RETURN_IF_ERROR(sink.Write(file->Fill(*piece, fills)));
//   }
//
// Any number of pieces may be read ahead, for instance to look up their
// segments together. Without fills the pieces' bytes, one behind the other, are
// the file, byte for byte. (A file in another encoding than UTF-8 becomes
// UTF-8, and its XML declaration or PO header says so.) Memory use is bounded:
// a translation unit of more than 16 MiB gives no segments but a problem,
// UNIT_TOO_LARGE.
#ifndef TERCET_SERVICE_FORMATS_BILINGUAL_FILE_H_
#define TERCET_SERVICE_FORMATS_BILINGUAL_FILE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "service/base/status.h"
#include "service/formats/file_format.h"
#include "service/formats/unit_reader.h"
#include "service/model/unit.h"

namespace tercet {

// How far a translation is, as the file says.
enum class TargetState : uint8_t {
  kUnsaid,
  kDraft,       // PO: fuzzy. XLIFF: new, needs-..., initial.
  kTranslated,  // XLIFF: translated.
  kApproved,    // XLIFF: approved, signed-off, reviewed, final.
};

// A segment of a file to translate.
struct BilingualSegment {
  int64_t line = 0;             // Of its translation unit.
  int64_t offset = 0;           // Likewise.
  std::string document;         // XLIFF: file/@original.
  std::string key;              // XLIFF: ids of unit and segment. PO: msgctxt.
  std::string unit_id;          // Likewise, without the document.
  LanguageTag source_language;  // Empty where neither file nor options say.
  LanguageTag target_language;
  Segment source;
  // Empty where there is none. More than one only of a PO plural with more
  // than two forms; Fill puts one text in the place of all.
  std::vector<Segment> targets;
  // XLIFF: neither translate="no" nor locked by a tool. PO: not obsolete.
  bool is_translatable = true;
  TargetState state = TargetState::kUnsaid;
  std::string state_name;  // As written, e.g. `needs-review-translation`.
  // XLIFF: the target is the source's text, in a state that nobody's work is in
  // (`new` and the like): a tool has put it there.
  bool is_copied = false;
  Attribution attribution;
  std::vector<std::string> notes;
  std::vector<Property> properties;
};

// Where the segments' targets are in a piece; each format has its own.
struct PieceLayout {
  virtual ~PieceLayout() = default;
};

// A stretch of a file: a translation unit and what stands before it, or what
// stands between and behind units.
struct FilePiece {
  std::string bytes;
  std::vector<BilingualSegment> segments;  // Often one, or none.
  std::vector<ReadProblem> problems;       // What was odd.
  std::unique_ptr<PieceLayout> layout;
  // XLIFF: the unit is not quite XML. What it says was guessed, so its bytes
  // had better stay as they are.
  bool is_mended = false;
  // PO: `bytes` lack a line that is too long to be held.
  bool is_cut = false;
};

// A translation that is offered beside the target.
struct TargetSuggestion {
  int score = 0;  // Percent.
  std::string source;
  std::string target;
  std::string origin;  // Where it is from, e.g. the memory's name.
};

// What is to be put into a segment.
struct TargetFill {
  size_t segment = 0;  // Index in the piece's segments.
  // The target. Its codes are written as those of the segment that they stand
  // for (see code_match.h), those without one are left out. PO, whose texts
  // have no codes: those are written whose content stands in the source.
  std::optional<Segment> target;
  int score = 100;           // Below 100 the target is marked as to be checked.
  bool in_context = false;   // Of a score of 100.
  std::string fuzzy_source;  // PO: what the target translates, if not this.
  // XLIFF only. They, or none, take the place of those that a Fill has put
  // beside the segment before, and of no others.
  std::vector<TargetSuggestion> suggestions;
};

// Not thread-safe.
class BilingualFile {
 public:
  virtual ~BilingualFile() = default;

  // The next piece; nullopt at the end. An error is final, as a UnitReader's.
  virtual StatusOr<std::optional<FilePiece>> Next() = 0;

  // The bytes of `piece` with targets put in. REQUIRES: the piece is of this
  // file; at most one fill for each segment.
  virtual std::string Fill(const FilePiece& piece,
                           std::span<const TargetFill> fills) const = 0;
};

// Opens a file. `source` must outlive the object. REQUIRES: `format` is kXliff
// or kPo.
std::unique_ptr<BilingualFile> MakeBilingualFile(FileFormat format,
                                                 ByteSource& source,
                                                 const ReadOptions& options);

}  // namespace tercet

#endif  // TERCET_SERVICE_FORMATS_BILINGUAL_FILE_H_
