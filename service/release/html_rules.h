// What elements and their names say about what is in them.
#ifndef TERCET_SERVICE_RELEASE_HTML_RULES_H_
#define TERCET_SERVICE_RELEASE_HTML_RULES_H_

#include <optional>
#include <string_view>

#include "service/release/page.h"

namespace tercet {

// Elements that stand on lines of their own.
bool IsHtmlBlock(std::string_view element);

// Elements that hold nothing to read: scripts, styles, form controls.
bool IsUnreadable(std::string_view element);

// Why an element's text is none of the release, by its name alone.
std::optional<DropReason> ReasonOfElement(std::string_view element);

// By the words of a class, an id or a role: `article-share` is sharing.
std::optional<DropReason> ReasonOfClass(std::string_view value);

// Whether a `<meta>` of that name or property has the release's date, title or
// category.
bool IsDateMeta(std::string_view name);
bool IsTitleMeta(std::string_view name);
bool IsCategoryMeta(std::string_view name);

}  // namespace tercet

#endif  // TERCET_SERVICE_RELEASE_HTML_RULES_H_
