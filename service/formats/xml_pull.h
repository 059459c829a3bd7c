// XML as a stream of events, from files that are often not quite XML.
//
//   XmlPull xml(source);
//   while (true) {
//     ASSIGN_OR_RETURN(const XmlEvent* event, xml.Next());
//     if (event == nullptr) break;
//     if (event->kind == XmlEvent::Kind::kStart) { ... event->name ... }
//   }
//
// What XML forbids and tools write all the same is mended, and told as an
// oddity: bare `&` and `<`, characters that XML does not know, end tags of
// other elements, undeclared entities. Well-formed XML has no oddity.
//
// Never opens another file, and never expands what a file declares itself: a
// DOCTYPE is passed over. Memory use is bounded by the limits below.
#ifndef TERCET_SERVICE_FORMATS_XML_PULL_H_
#define TERCET_SERVICE_FORMATS_XML_PULL_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "service/base/status.h"
#include "service/formats/readers.h"

namespace tercet {

// How deep elements may be nested.
inline constexpr size_t kMaxXmlDepth = 16 * 1024;

// How long a single tag, comment or the like may be, and what stands before the
// root element in all. Text has no limit: it comes in pieces.
inline constexpr size_t kMaxXmlTokenBytes = 4 * 1024 * 1024;

// How many different names of elements there may be, case aside.
inline constexpr size_t kMaxXmlNames = 10'000;

struct XmlAttribute {
  std::string_view name;
  std::string_view value;
};

// All views are valid until the next call of Next().
struct XmlEvent {
  enum class Kind {
    kStart,  // Of the element `name`, with `attributes` in file order.
    kEnd,    // Of the element `name`; every start has one.
    kText,   // `text`, unescaped; one text may come in several pieces.
    kOther,  // A comment, a declaration, anything outside of the root element.
    // Something was mended: `reason` (UPPER_SNAKE_CASE) and `text`, for people.
    // Comes before the event in which it was.
    kOddity,
  };

  Kind kind = Kind::kStart;
  std::string_view name;  // As written, with any prefix.
  std::string_view text;
  std::string_view reason;
  std::span<const XmlAttribute> attributes;
  // What it stands for in the file. All of a file's `raw`, one behind the
  // other, are the file.
  std::string_view raw;
  FilePosition position;  // Of `raw`.
};

// Not thread-safe.
class XmlPull {
 public:
  // `source` gives UTF-8 (utf8_source.h) and must live as long as the object.
  explicit XmlPull(ByteSource& source);
  ~XmlPull();

  // The next event; null at the end. An error is final; everything before the
  // bad place has been returned: FILE_MALFORMED or the source's own error.
  StatusOr<const XmlEvent*> Next();

 private:
  class Parser;
  std::unique_ptr<Parser> parser_;
};

// The value of an attribute, by its exact name; nullopt where there is none.
// Valid as long as the event.
std::optional<std::string_view> FindAttribute(const XmlEvent& event,
                                              std::string_view name);

}  // namespace tercet

#endif  // TERCET_SERVICE_FORMATS_XML_PULL_H_
