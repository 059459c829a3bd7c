// The strings of PO files: C escapes, on one line or several.
#ifndef TERCET_SERVICE_FORMATS_PO_TEXT_H_
#define TERCET_SERVICE_FORMATS_PO_TEXT_H_

#include <optional>
#include <string>
#include <string_view>

namespace tercet {

// The value of `"..."`, with any spaces around it, or of several, `"..."
// "..."`; nullopt where it is none. What is between the quotes may hold
// anything.
std::optional<std::string> ReadPoString(std::string_view quoted);

// `keyword "text"`, as msgfmt writes it: a text with line breaks has one line
// of the file for each. `end`: the line's end, e.g. LF.
std::string PoStatement(std::string_view keyword, std::string_view text,
                        std::string_view end);

}  // namespace tercet

#endif  // TERCET_SERVICE_FORMATS_PO_TEXT_H_
