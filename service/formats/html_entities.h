// The named characters of HTML that people put into XML without declaring them.
#ifndef TERCET_SERVICE_FORMATS_HTML_ENTITIES_H_
#define TERCET_SERVICE_FORMATS_HTML_ENTITIES_H_

#include <optional>
#include <string_view>

namespace tercet {

// The character of `nbsp`, `eacute`, `mdash` ...: all that HTML 4 names but
// XML's own.
std::optional<char32_t> HtmlEntity(std::string_view name);

}  // namespace tercet

#endif  // TERCET_SERVICE_FORMATS_HTML_ENTITIES_H_
