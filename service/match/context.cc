#include "service/match/context.h"

#include <algorithm>

#include "service/text/icu.h"

namespace tercet {
namespace {

std::string_view Trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  text.remove_prefix(std::min(text.find_first_not_of(kSpace), text.size()));
  return text.substr(0, text.find_last_not_of(kSpace) + 1);
}

}  // namespace

std::string CanonicalNeighbour(std::string_view text) {
  const std::string_view trimmed = Trimmed(text);
  return unicode::IsNfc(trimmed) ? std::string(trimmed)
                                 : unicode::ToNfc(trimmed);
}

bool IsInContext(const Origin& query, const Origin& unit) {
  if (!query.key.empty() && query.key == unit.key) return true;
  const std::string previous = CanonicalNeighbour(query.previous);
  const std::string next = CanonicalNeighbour(query.next);
  // No neighbour on one side is a document's start or end; none on either side
  // says nothing.
  if (previous.empty() && next.empty()) return false;
  return previous == CanonicalNeighbour(unit.previous) &&
         next == CanonicalNeighbour(unit.next);
}

}  // namespace tercet
