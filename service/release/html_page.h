// A page of HTML: its paragraphs, and what its mark-up says of it.
#ifndef TERCET_SERVICE_RELEASE_HTML_PAGE_H_
#define TERCET_SERVICE_RELEASE_HTML_PAGE_H_

#include <string>
#include <string_view>

#include "service/base/status.h"
#include "service/release/page.h"

namespace tercet {

// Fills language, title, date, category, blocks and dropped. Leaves out what
// elements, classes, ids and roles call navigation, captions, sharing, related
// stories or comments; where that would leave next to nothing, classes do not
// count. Fails with PAGE_TOO_DEEP or PAGE_TOO_LARGE.
// REQUIRES: html is valid UTF-8 of at most kMaxPageBytes.
Status ReadHtmlPage(std::string_view html, ReleasePage& page);

// The encoding that `<meta>` or `<?xml?>` at the head of `bytes` names; empty
// for none.
std::string DeclaredCharset(std::string_view bytes);

}  // namespace tercet

#endif  // TERCET_SERVICE_RELEASE_HTML_PAGE_H_
