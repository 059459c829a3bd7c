// Walking over the elements of a TMX file, unit by unit: collects what is wrong
// and counts what is kept, so that a unit of any size takes bounded memory.
#ifndef TERCET_SERVICE_FORMATS_TMX_SCAN_H_
#define TERCET_SERVICE_FORMATS_TMX_SCAN_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/base/status.h"
#include "service/formats/readers.h"
#include "service/formats/xml_pull.h"

namespace tercet {

// The element's name in lower case and without a prefix: old tools write
// `<TU>`, others `<tmx:tu>`.
std::string TmxElementName(const XmlEvent& event);

// Not thread-safe.
class TmxScan {
 public:
  // `xml` must live as long as the object.
  explicit TmxScan(XmlPull& xml) : xml_(xml) {}

  // Forgets the warnings and the count, for the next unit.
  void Reset();

  // The next start, end or text; oddities become warnings. The end of
  // the file is an error: use only inside of an element.
  StatusOr<XmlEvent> Next();

  // Reads up to the end of the element whose start was read last.
  Status SkipElement();

  // As above; the text of the element and of those in it.
  StatusOr<std::string> ReadText();

  void Warn(const FilePosition& position, std::string_view reason,
            std::string message);

  // Whether so many more bytes can be kept. After the first refusal the unit is
  // too large and all later answers are no.
  bool Charge(size_t bytes);
  bool too_large() const { return too_large_; }

  // Remembers that the unit has elements nested too deep.
  void MarkTooDeep() { too_deep_ = true; }
  bool too_deep() const { return too_deep_; }

  // Appends, if it can be kept.
  void Append(std::string& out, std::string_view text);

  const std::vector<ReadProblem>& warnings() const { return warnings_; }

 private:
  XmlPull& xml_;
  std::vector<ReadProblem> warnings_;
  size_t bytes_ = 0;
  bool too_large_ = false;
  bool too_deep_ = false;
};

// How deep elements may be nested in a text.
inline constexpr size_t kMaxNestedElements = 100;

}  // namespace tercet

#endif  // TERCET_SERVICE_FORMATS_TMX_SCAN_H_
