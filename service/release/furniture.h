// What surrounds the text of a release on any page, told by the words alone:
// breadcrumbs, invitations to share, editors' lines, captions, other stories.
#ifndef TERCET_SERVICE_RELEASE_FURNITURE_H_
#define TERCET_SERVICE_RELEASE_FURNITURE_H_

#include <optional>
#include <string>
#include <string_view>

#include "service/release/page.h"

namespace tercet {

// Why a paragraph is none of the release; nullopt where it is.
std::optional<DropReason> FurnitureReason(const Block& block);

// Whether `text` heads a list of other stories: `Related news`, `相关阅读`.
bool IsRelatedHeading(std::string_view text);

// Takes the marks that agencies end a release with (`（完）`, `Enditem`,
// `（责任编辑：李明）`) off the end of `text`; returns them, or an empty
// string.
std::string TakeEndMark(std::string& text);

// Moves the furniture of `page` from its blocks to what was dropped, and takes
// the date and the category from there where the page has none.
void ClearFurniture(ReleasePage& page);

}  // namespace tercet

#endif  // TERCET_SERVICE_RELEASE_FURNITURE_H_
