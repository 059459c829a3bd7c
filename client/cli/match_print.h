// What a lookup found, as people read it.
#ifndef TERCET_CLIENT_CLI_MATCH_PRINT_H_
#define TERCET_CLIENT_CLI_MATCH_PRINT_H_

#include <string>
#include <string_view>
#include <vector>

#include "client/cli/output/styled_text.h"
#include "tercet/v1/lookup_service.pb.h"

namespace tercet::cli {

// `aligned by machine -3`; reasons that are not known are shown as they are.
std::string DescribePenalty(const v1::Penalty& penalty);

struct MatchLayout {
  int width = 80;
  bool color = false;    // Else differences are bracketed.
  bool explain = false;  // Says how the score comes about.
};

// A line with score, kind, place and penalties; the stored source with its
// differences; the numbers and dates that differ; the targets, adapted to them
// where the server did that. REQUIRES: query is valid UTF-8.
std::vector<StyledText> MatchLines(const v1::Match& match,
                                   std::string_view query,
                                   const MatchLayout& layout);

}  // namespace tercet::cli

#endif  // TERCET_CLIENT_CLI_MATCH_PRINT_H_
