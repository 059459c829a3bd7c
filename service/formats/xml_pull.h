// XML as a stream of events: the only user of expat.
//
//   XmlPull xml(source);
//   while (true) {
//     ASSIGN_OR_RETURN(const XmlEvent* event, xml.Next());
//     if (event == nullptr) break;
//     if (event->kind == XmlEvent::Kind::kStart) { ... event->name ... }
//   }
//
// Reads UTF-8, UTF-16, Latin-1 and windows-1252. Never opens another file: a
// DOCTYPE's external DTD is ignored and external entities are not read.
// Entities that a file declares itself are not expanded in text either.
// Memory use is bounded by the limits below, never by the file.
#ifndef TERCET_SERVICE_FORMATS_XML_PULL_H_
#define TERCET_SERVICE_FORMATS_XML_PULL_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "service/base/status.h"
#include "service/formats/readers.h"

namespace tercet {

// How deep elements may be nested.
inline constexpr int kMaxXmlDepth = 256;

// How long a single tag, comment or the like may be, and what stands before the
// root element in all. Text has no limit: it comes in pieces.
inline constexpr int64_t kMaxXmlTokenBytes = 4 * 1024 * 1024;

// How many different names of elements and attributes there may be.
inline constexpr size_t kMaxXmlNames = 10'000;

struct XmlAttribute {
  std::string_view name;
  std::string_view value;
};

// All views are in UTF-8 and valid until the next call of Next().
struct XmlEvent {
  enum class Kind {
    kStart,  // Of the element `name`, with `attributes` in file order.
    kEnd,    // Of the element `name`; every start has one.
    kText,   // `text`, unescaped; one text may come in several pieces.
    // A reference to the entity `name`, which was left out: it is not declared,
    // or it is and we do not expand it. Known names of HTML are text instead.
    // In an attribute's value it comes before the element's start.
    kSkippedEntity,
  };

  Kind kind = Kind::kStart;
  std::string_view name;  // As written, with any prefix.
  std::string_view text;
  std::span<const XmlAttribute> attributes;
  FilePosition position;
};

// Not thread-safe.
class XmlPull {
 public:
  // `source` must live as long as the object.
  explicit XmlPull(ByteSource& source);
  ~XmlPull();

  // The next event; null at the end. An error is final; everything before the
  // bad place has been returned: FILE_MALFORMED, FILE_ENCODING_UNSUPPORTED or
  // the source's own error.
  StatusOr<const XmlEvent*> Next();

 private:
  class Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace tercet

#endif  // TERCET_SERVICE_FORMATS_XML_PULL_H_
