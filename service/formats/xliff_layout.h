// Where things are in a piece of XLIFF, for the writing of targets.
#ifndef TERCET_SERVICE_FORMATS_XLIFF_LAYOUT_H_
#define TERCET_SERVICE_FORMATS_XLIFF_LAYOUT_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/formats/bilingual_file.h"
#include "service/formats/xliff_content.h"

namespace tercet {

// A stretch of a piece's bytes.
struct XliffRange {
  size_t begin = 0;
  size_t end = 0;
};

struct XliffTarget {
  XliffRange tag;      // `<target ...>`
  XliffRange element;  // With its end.
  XliffContent content;
};

// What the origin of suggestions begins with that a Fill has written; the
// memory's name follows.
inline constexpr std::string_view kOwnOrigin = "tercet:";

// A suggestion that a Fill has written.
struct XliffSuggestion {
  XliffRange element;
  std::string segment;  // 1.2: its `mid`. 2.x: what its `ref` names.
};

// One segment.
struct XliffSlot {
  XliffText source;
  std::optional<XliffRange> source_mark;  // 1.2: the content of its `mrk` ...
  std::string mark_id;                    // ... in `seg-source`, its `mid` ...
  std::optional<XliffRange> target_mark;  // ... and that in the target.
  std::optional<XliffTarget> target;      // 2.x; of 1.2 see below.
  size_t insert_at = 0;                   // 2.x: where a target may come ...
  std::string indent;                     // ... behind this white space.
  // The tag with the state: 2.x `<segment>`, Trados `<sdl:seg>`.
  std::optional<XliffRange> state_tag;
  std::string segment_id;    // 2.x
  bool keeps_space = false;  // Its source says xml:space="preserve".
};

struct XliffLayout final : PieceLayout {
  bool is_version_2 = false;
  XliffRange unit_tag;
  std::string indent;  // The white space before `<source>`.
  std::string
      language;  // A target's `xml:lang`; empty where sources have none.
  std::vector<XliffSlot> slots;

  // 1.2: the target is one for all segments.
  std::optional<XliffTarget> target;
  XliffRange seg_source;  // Its content.
  size_t insert_at = 0;   // Where a target may come.

  // Where suggestions go, behind any that are there.
  size_t suggest_at = 0;
  std::vector<XliffSuggestion> own_suggestions;
  bool has_matches = false;  // 2.x: in a `matches` that is there, ...
  XliffRange matches;        // ... here, ...
  size_t match_count = 0;    // ... of so many.
};

// As BilingualFile::Fill.
std::string FillXliff(const FilePiece& piece, const XliffLayout& layout,
                      std::span<const TargetFill> fills);

}  // namespace tercet

#endif  // TERCET_SERVICE_FORMATS_XLIFF_LAYOUT_H_
