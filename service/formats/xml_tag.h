// One start tag of XML, with what is odd about it. For xml_pull.
#ifndef TERCET_SERVICE_FORMATS_XML_TAG_H_
#define TERCET_SERVICE_FORMATS_XML_TAG_H_

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "service/formats/xml_pull.h"

namespace tercet {

struct XmlTagOddity {
  std::string_view reason;
  std::string message;
};

struct XmlTag {
  size_t bytes = 0;  // It takes in the text.
  std::string_view name;
  std::vector<XmlAttribute> attributes;
  bool is_empty = false;  // `<a/>`
  std::vector<XmlTagOddity> oddities;
  std::deque<std::string> kept;  // Values that are not in the text as they are.
};

enum class XmlTagResult {
  kWhole,     // `tag` is set; its views are valid as long as `text` and `tag`.
  kNone,      // What begins there is no tag: `a <b and c`.
  kNeedsMore  // It may become one with more text.
};

// Reads the start tag at the beginning of `text`. REQUIRES: it begins with `<`
// and a character for which IsXmlNameStart.
XmlTagResult ReadXmlStartTag(std::string_view text, XmlTag& tag);

bool IsXmlNameStart(char c);

// The text of a CDATA section: line ends are LF, invalid characters left out.
struct CleanXmlText {
  std::string text;
  bool has_invalid = false;
};
CleanXmlText CleanCdata(std::string_view raw);

// For people. `shown`: the reference as written.
std::string UnknownEntityMessage(std::string_view shown);
std::string InvalidReferenceMessage(std::string_view shown);

}  // namespace tercet

#endif  // TERCET_SERVICE_FORMATS_XML_TAG_H_
