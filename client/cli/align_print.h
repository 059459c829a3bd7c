// What an alignment looks like: TSV, JSON, and a page for a person to check.
#ifndef TERCET_CLIENT_CLI_ALIGN_PRINT_H_
#define TERCET_CLIENT_CLI_ALIGN_PRINT_H_

#include <string>
#include <string_view>
#include <vector>

#include "client/cli/json_shapes.h"
#include "tercet/v1/release_service.pb.h"

namespace tercet::cli {

// The places of the versions of `document` in the order of `files`; those of
// other files follow.
std::vector<int> VersionOrder(const v1::AlignedDocument& document,
                              const std::vector<std::string>& files);

// One bead a line: the sentence numbers of each version (from 0, with commas
// between them, empty where the bead has none), the confidence, the texts.
// docs/cli.md fixes this for scripts.
std::string BeadLines(const v1::AlignedDocument& document,
                      const std::vector<int>& order);

// One object: document, versions, beads.
Json DocumentJson(const v1::AlignedDocument& document,
                  const std::vector<int>& order);

// What was left out, or was odd, as one object.
Json ProblemJson(const v1::AlignProblem& problem);

// `text` fit for HTML, in an element or an attribute.
std::string EscapeHtml(std::string_view text);

// A page of its own, side by side, that needs nothing else: rows of low
// confidence stand out, texts can be edited, and what is left of them saved as
// TSV for `tercet import`.
std::string HtmlPage(const std::vector<v1::AlignedDocument>& documents);

}  // namespace tercet::cli

#endif  // TERCET_CLIENT_CLI_ALIGN_PRINT_H_
