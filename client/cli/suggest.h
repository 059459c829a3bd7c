// What somebody who mistyped a name probably meant.
#ifndef TERCET_CLIENT_CLI_SUGGEST_H_
#define TERCET_CLIENT_CLI_SUGGEST_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tercet::cli {

// The least number of characters to insert, delete, replace or swap with their
// neighbour (each once) to turn `a` into `b`; bytes count as characters.
int EditDistance(std::string_view a, std::string_view b);

// The name most like `typed`, any case, if it is like enough: a third of the
// letters may be wrong, or `typed` begins it and has three letters or more. The
// first of equals.
std::optional<std::string> Closest(std::string_view typed,
                                   const std::vector<std::string>& names);

// `: did you mean 'lookup'?`, or nothing.
std::string DidYouMean(const std::optional<std::string>& name);

}  // namespace tercet::cli

#endif  // TERCET_CLIENT_CLI_SUGGEST_H_
