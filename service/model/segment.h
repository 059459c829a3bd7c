// A segment: a text with inline codes (markup) at places in it.
#ifndef TERCET_SERVICE_MODEL_SEGMENT_H_
#define TERCET_SERVICE_MODEL_SEGMENT_H_

#include <cstdint>
#include <string>
#include <vector>

namespace tercet {

// A typed value (TMX `prop`, XML attribute).
struct Property {
  std::string type;
  std::string value;

  friend bool operator==(const Property&, const Property&) = default;
};

// Markup that the memory keeps exactly and does not interpret.
struct InlineCode {
  // Which TMX element it is. DO NOT CHANGE: stored on disk.
  enum class Kind : uint8_t {
    kBeginPaired = 1,     // bpt
    kEndPaired = 2,       // ept
    kPlaceholder = 3,     // ph
    kIsolated = 4,        // it
    kHighlightBegin = 5,  // hi
    kHighlightEnd = 6,    // /hi
    kUnknownTag = 7,      // ut
  };

  Kind kind = Kind::kPlaceholder;
  uint32_t offset = 0;  // Bytes of text before it; ascending in a segment.
  std::string content;  // Inner XML of the element, unescaped when plain text.
  // Whether `content` is inner XML with elements (`sub`), to be written as it
  // is, rather than plain text, to be escaped.
  bool content_is_xml = false;
  std::vector<Property> attributes;  // In file order: i, x, type, assoc, pos.

  friend bool operator==(const InlineCode&, const InlineCode&) = default;
};

// A text in some language.
struct Segment {
  std::string text;               // Valid UTF-8, without the codes.
  std::vector<InlineCode> codes;  // By offset.

  friend bool operator==(const Segment&, const Segment&) = default;
};

}  // namespace tercet

#endif  // TERCET_SERVICE_MODEL_SEGMENT_H_
