// The slow twin of Database::Search: reads every unit, compares every phrase at
// every place of every text, and sorts what it finds.
#ifndef TERCET_TESTS_SUPPORT_PLAIN_SEARCH_H_
#define TERCET_TESTS_SUPPORT_PLAIN_SEARCH_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/memory/database.h"

namespace tercet {

// All units that meet the conditions, in order.
StatusOr<std::vector<SearchHit>> PlainSearch(
    const Database& database, std::optional<std::string_view> memory_id,
    const SearchQuery& query);

// A line for each hit, with all that a search says of it.
std::vector<std::string> Describe(const std::vector<SearchHit>& hits);

}  // namespace tercet

#endif  // TERCET_TESTS_SUPPORT_PLAIN_SEARCH_H_
