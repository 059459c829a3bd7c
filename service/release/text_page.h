// Pages that are not HTML: plain text and the text that converters make of
// DOCX, Markdown, and WML (HTML with macros, as Debian's site is written in).
#ifndef TERCET_SERVICE_RELEASE_TEXT_PAGE_H_
#define TERCET_SERVICE_RELEASE_TEXT_PAGE_H_

#include <string>
#include <string_view>

#include "service/base/status.h"
#include "service/release/page.h"

namespace tercet {

// Paragraphs are parted by empty lines; lines of like length inside one are one
// wrapped paragraph, others are paragraphs of their own. Fails with
// PAGE_TOO_LARGE. REQUIRES here and below: text is valid UTF-8.
Status ReadTextPage(std::string_view text, ReleasePage& page);

// CommonMark, without pictures, code and raw HTML; `title`, `date`, `lang` and
// `category` of a front matter between `---` lines are the page's. Fails with
// PAGE_TOO_LARGE.
Status ReadMarkdownPage(std::string_view text, ReleasePage& page);

// The HTML that is in WML: macro lines and calls are gone, `[CN:x:][HKTW:y:]`
// is y. The title and the date that macros define become those of `page`.
std::string HtmlOfWml(std::string_view text, ReleasePage& page);

}  // namespace tercet

#endif  // TERCET_SERVICE_RELEASE_TEXT_PAGE_H_
