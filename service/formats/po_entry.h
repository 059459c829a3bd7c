// One entry of a PO file, with the places of its parts.
#ifndef TERCET_SERVICE_FORMATS_PO_ENTRY_H_
#define TERCET_SERVICE_FORMATS_PO_ENTRY_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/formats/readers.h"

namespace tercet {

// A `msgid`, `msgstr[1]` or the like.
struct PoString {
  size_t begin = 0;  // Of its lines, in the piece's bytes.
  size_t end = 0;
  std::string text;
};

// A line of the entry that is no string.
struct PoComment {
  size_t begin = 0;
  size_t end = 0;
  char kind = ' ';   // ` ` translators', `.` extracted, `:` places, `,` flags,
                     // `|` what it was before.
  std::string text;  // Behind `# ` or the like, without the line's end.
};

struct PoEntry {
  FilePosition position;  // Of its first line.
  std::vector<PoComment> comments;
  std::optional<PoString> context;
  std::optional<PoString> id;
  std::optional<PoString> plural;
  std::vector<PoString> translations;  // msgstr, or msgstr[0] and on.
  bool is_obsolete = false;
  std::string line_end = "\n";

  bool HasFlag(std::string_view flag) const;
};

// Where a line belongs, and what it says.
enum class PoLine { kBlank, kComment, kString, kContinuation, kOther };

// Takes lines, one by one, into an entry.
class PoEntryBuilder {
 public:
  // Whether a line of this kind begins the next entry.
  bool BeginsNext(std::string_view line) const;

  // Adds a line that stands at `begin` of the piece's bytes; false where it is
  // nothing that PO knows.
  bool Add(std::string_view raw, size_t begin, const FilePosition& position);

  const PoEntry& entry() const { return entry_; }
  bool has_strings() const { return entry_.id.has_value(); }

 private:
  bool AddComment(std::string_view line, size_t begin, size_t end);
  bool AddString(std::string_view line, size_t begin, size_t end);

  PoEntry entry_;
  bool has_position_ = false;
  // The string that continuation lines belong to. An index of translations_;
  // or one of the three others.
  enum class Open { kNone, kContext, kId, kPlural, kTranslation };
  Open open_ = Open::kNone;
};

}  // namespace tercet

#endif  // TERCET_SERVICE_FORMATS_PO_ENTRY_H_
