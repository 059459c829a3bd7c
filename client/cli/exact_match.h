// Units that LookupExact found, as matches.
#ifndef TERCET_CLIENT_CLI_EXACT_MATCH_H_
#define TERCET_CLIENT_CLI_EXACT_MATCH_H_

#include <string>
#include <string_view>
#include <vector>

#include "tercet/v1/lookup_service.pb.h"

namespace tercet::cli {

// What was asked for. The views must live as long as it does.
struct ExactQuery {
  std::string_view language;
  std::string_view text;
  const std::vector<std::string>& targets;  // Languages; empty: all.
};

// A match of score 100 whose source is the variant with the text that was asked
// for and whose targets are the other variants, those of the languages asked
// for if any. Regions are not told apart: each text says its own language.
v1::Match ExactMatch(const v1::Unit& unit, const ExactQuery& query);

}  // namespace tercet::cli

#endif  // TERCET_CLIENT_CLI_EXACT_MATCH_H_
