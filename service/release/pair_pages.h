// Pairs pages by what is in them: the numbers, the names in Latin letters, the
// dates and the lengths of translations agree.
#ifndef TERCET_SERVICE_RELEASE_PAIR_PAGES_H_
#define TERCET_SERVICE_RELEASE_PAIR_PAGES_H_

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "service/release/release.h"

namespace tercet {

// Groups of two or three pages of different languages, as places in `pages`,
// in ascending order; a page is in one group at most. What many pages share
// counts little (tf-idf, Salton and Buckley 1988), and pages whose dates are
// more than three days apart are not paired. The languages must be set.
std::vector<std::vector<size_t>> PairPages(
    std::span<const SourcePage* const> pages);

}  // namespace tercet

#endif  // TERCET_SERVICE_RELEASE_PAIR_PAGES_H_
