// How a score comes about, line by line, so that one can recompute it.
#ifndef TERCET_CLIENT_CLI_EXPLAIN_PRINT_H_
#define TERCET_CLIENT_CLI_EXPLAIN_PRINT_H_

#include <string_view>
#include <vector>

#include "client/cli/output/styled_text.h"
#include "tercet/v1/lookup_service.pb.h"

namespace tercet::cli {

// The sum of the penalties, the formula of the text score and what each edit
// adds to it. REQUIRES: query is valid UTF-8.
std::vector<StyledText> ExplainLines(const v1::Match& match,
                                     std::string_view query);

// The numbers, dates and the like that differ: `5 → 7, + 2008`; empty where
// none does.
std::string ValuesInWords(const v1::Match& match, std::string_view query);

}  // namespace tercet::cli

#endif  // TERCET_CLIENT_CLI_EXPLAIN_PRINT_H_
