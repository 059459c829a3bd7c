// Where a unit stands among those that a search finds, and the token of a page
// that ends there.
#ifndef TERCET_SERVICE_MEMORY_SEARCH_PLACE_H_
#define TERCET_SERVICE_MEMORY_SEARCH_PLACE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "service/store/keys.h"

namespace tercet {

struct SearchPlace {
  uint32_t length = 0;  // Words of the text that was found.
  std::string memory_id;
  UnitNumber unit{};  // Larger ones come first.

  friend bool operator==(const SearchPlace&, const SearchPlace&) = default;
};

// The order of these strings is that of the places. REQUIRES: an id, which has
// no byte below '-'.
std::string EncodeSearchPlace(const SearchPlace& place);
std::optional<SearchPlace> DecodeSearchPlace(std::string_view bytes);

// From where a page goes on.
struct SearchResume {
  Revision revision{};  // Of the first page.
  SearchPlace after;    // The last place of the page before.

  friend bool operator==(const SearchResume&, const SearchResume&) = default;
};

std::string EncodeSearchResume(const SearchResume& resume);
// nullopt for anything that EncodeSearchResume does not give.
std::optional<SearchResume> DecodeSearchResume(std::string_view bytes);

}  // namespace tercet

#endif  // TERCET_SERVICE_MEMORY_SEARCH_PLACE_H_
