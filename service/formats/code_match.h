// Which codes of a segment stand for which of another: those of a match's
// target for those of the text that it is put into.
//
//   const CodeMatches matches = MatchCodes(target.codes, source.codes);
//   if (matches[0].has_value()) Write(source.codes[*matches[0]]);
#ifndef TERCET_SERVICE_FORMATS_CODE_MATCH_H_
#define TERCET_SERVICE_FORMATS_CODE_MATCH_H_

#include <cstddef>
#include <optional>
#include <vector>

#include "service/model/segment.h"

namespace tercet {

// For each code the index of another, or nullopt.
using CodeMatches = std::vector<std::optional<size_t>>;

// For each code the other one of its pair (bpt and ept of one `i`, hi and /hi).
CodeMatches PairCodes(const std::vector<InlineCode>& codes);

// For each of `codes` the one of `known` to be put in its place; each of them
// at most once, and of a pair both or none. The same code comes first, then one
// with the same content (of any kind, as `ph` for `bpt`), then one of the same
// kind and number, then the next of the same kind. Nullopt: there is none.
CodeMatches MatchCodes(const std::vector<InlineCode>& codes,
                       const std::vector<InlineCode>& known);

}  // namespace tercet

#endif  // TERCET_SERVICE_FORMATS_CODE_MATCH_H_
