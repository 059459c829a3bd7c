// References in XML: `&amp;`, `&#x4E2D;`, and those that are none.
#ifndef TERCET_SERVICE_FORMATS_XML_REFERENCE_H_
#define TERCET_SERVICE_FORMATS_XML_REFERENCE_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace tercet {

// No reference takes more: what is longer is a bare `&`.
inline constexpr size_t kMaxXmlReferenceBytes = 128;

struct XmlReference {
  enum class Kind {
    kCharacter,  // Means `text`.
    kUnknown,    // Of an entity that is not XML's or HTML's; stands for itself.
    kInvalid,    // To a character that XML does not know.
    kBare,       // A `&` that stands for itself.
  };

  Kind kind = Kind::kBare;
  size_t bytes = 1;  // It takes in the text.
  std::string text;
};

// Reads the reference at the beginning of `text`, which has
// kMaxXmlReferenceBytes or is all there is. REQUIRES: it begins with `&`.
XmlReference ReadXmlReference(std::string_view text);

}  // namespace tercet

#endif  // TERCET_SERVICE_FORMATS_XML_REFERENCE_H_
