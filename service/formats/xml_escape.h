// Text on its way into XML. The result is well-formed whatever the text is.
//
// What XML 1.0 cannot hold even escaped (controls but TAB, LF and CR; U+FFFE,
// U+FFFF) becomes visible instead: a control its picture (U+0007 -> U+2407),
// anything else, bytes that are not UTF-8 included, U+FFFD.
#ifndef TERCET_SERVICE_FORMATS_XML_ESCAPE_H_
#define TERCET_SERVICE_FORMATS_XML_ESCAPE_H_

#include <string>
#include <string_view>

namespace tercet {

// Appends `text` as character data. CR is written as a reference, as parsers
// would turn it into LF.
void AppendXmlText(std::string& out, std::string_view text);

// Appends ` name="value"`. REQUIRES: name is a valid attribute name.
void AppendXmlAttribute(std::string& out, std::string_view name,
                        std::string_view value);

// Whether `c` is a character that XML 1.0 can hold.
bool IsXmlCharacter(char32_t c);

// Whether `name` may be an attribute's name in any file of ours: ASCII, and no
// prefix but `xml:`, as we declare no other.
bool IsPlainXmlName(std::string_view name);

}  // namespace tercet

#endif  // TERCET_SERVICE_FORMATS_XML_ESCAPE_H_
