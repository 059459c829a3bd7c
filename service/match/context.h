// Whether a query stands where a stored unit stood: docs/scoring.md, "Context".
// Pure functions; thread-safe.
#ifndef TERCET_SERVICE_MATCH_CONTEXT_H_
#define TERCET_SERVICE_MATCH_CONTEXT_H_

#include <string>
#include <string_view>

#include "service/model/unit.h"

namespace tercet {

// A neighbour as it is compared: without the white space around it, composed
// (NFC).
std::string CanonicalNeighbour(std::string_view text);

// Whether the keys are equal and not empty, or both neighbours are equal and
// not both empty.
bool IsInContext(const Origin& query, const Origin& unit);

}  // namespace tercet

#endif  // TERCET_SERVICE_MATCH_CONTEXT_H_
