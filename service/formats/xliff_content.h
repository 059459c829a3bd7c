// The content of XLIFF's `source`, `seg-source` and `target`: text with inline
// codes, perhaps cut into segments by `mrk`.
#ifndef TERCET_SERVICE_FORMATS_XLIFF_CONTENT_H_
#define TERCET_SERVICE_FORMATS_XLIFF_CONTENT_H_

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "service/base/status.h"
#include "service/formats/unit_reader.h"
#include "service/formats/xml_pull.h"
#include "service/model/segment.h"

namespace tercet {

// The name without its prefix.
std::string_view LocalName(std::string_view name);

// Reads events, and appends what they stand for to a piece's bytes.
class XliffCursor {
 public:
  // Both must outlive the object.
  XliffCursor(XmlPull& xml, std::vector<ReadProblem>& problems)
      : xml_(xml), problems_(problems) {}

  // The next start, end or text; null at the end of the file. Oddities become
  // problems, of the file where no unit is open.
  StatusOr<const XmlEvent*> Next();

  // Likewise, inside of an element. Fails where the unit that was begun takes
  // more than 16 MiB; is_too_large() then.
  StatusOr<const XmlEvent*> NextInside();

  // From the start tag that was read last; up to EndUnit.
  void BeginUnit();
  void EndUnit();
  // Whether the end of the unit was read. REQUIRES: a unit is begun.
  bool is_behind_unit() const { return depth_ <= outside_; }
  // What was odd in the unit: problems from that one on.
  size_t first_problem() const { return first_problem_; }
  bool is_too_large() const { return is_too_large_; }

  // Where the last event begins and ends in `bytes`.
  size_t begin() const { return begin_; }
  size_t end() const { return bytes.size(); }

  std::string bytes;  // What was read; for the owner to take.

 private:
  XmlPull& xml_;
  std::vector<ReadProblem>& problems_;
  size_t begin_ = 0;
  int depth_ = 0;     // How many elements are open, ...
  int outside_ = -1;  // ... and how many will be behind the unit; -1: no unit.
  size_t first_problem_ = 0;
  bool is_too_large_ = false;
};

// Text, and its codes as they are written in the file.
struct XliffText {
  Segment segment;
  std::vector<std::string> markup;  // Of each code.
};

// A part of a content that `<mrk mtype="seg">` holds.
struct XliffMark {
  std::string id;    // `mid`
  size_t begin = 0;  // Its element's content in the piece's bytes.
  size_t end = 0;
  XliffText text;
};

struct XliffContent {
  size_t begin = 0;  // In the piece's bytes, between the tags.
  size_t end = 0;
  bool is_empty_tag = false;  // `<target/>`
  XliffText text;             // All of it.
  std::vector<XliffMark> marks;
};

// The numbers that a unit's codes get by their ids, from 1, in the order in
// which they appear.
using XliffNumbers = std::map<std::string, int, std::less<>>;

struct XliffContentOptions {
  bool is_version_2 = false;
  bool keeps_space = false;  // xml:space="preserve"
};

// Reads up to the end of the element whose start `cursor` has read last.
StatusOr<XliffContent> ReadXliffContent(XliffCursor& cursor,
                                        const XliffContentOptions& options,
                                        XliffNumbers& numbers);

// The content of a target. `known`: the codes that it can use, those of the
// segment's source; others are left out.
std::string XliffContentOf(const Segment& target, const XliffText& known,
                           bool is_version_2);

}  // namespace tercet

#endif  // TERCET_SERVICE_FORMATS_XLIFF_CONTENT_H_
