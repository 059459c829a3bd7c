// The stored source of a match with what differs from the query marked.
#ifndef TERCET_CLIENT_CLI_OUTPUT_DIFF_H_
#define TERCET_CLIENT_CLI_OUTPUT_DIFF_H_

#include <string>
#include <string_view>

#include "client/cli/output/styled_text.h"
#include "tercet/v1/lookup_service.pb.h"

namespace tercet::cli {

// A variant as it is shown: the text with its inline codes in their places.
std::string WithCodes(const v1::Variant& variant);

// The stored source of `match` with its inline codes, in three styles: plain,
// kDeleted for what only it has, kInserted for what only `query` has. Spans
// that lie outside the texts are cut to fit. REQUIRES: query is valid UTF-8.
StyledText MakeDiff(const v1::Match& match, std::string_view query);

// The code points [begin, end) of a text; what lies outside is left out.
// REQUIRES: text is valid UTF-8.
std::string SliceCodePoints(std::string_view text, int begin, int end);

// The text of `variant` with its inline codes, in kHit what stands in `spans`.
// Spans that lie outside the text are cut to fit.
StyledText MarkHits(
    const v1::Variant& variant,
    const google::protobuf::RepeatedPtrField<v1::TextSpan>& spans);

// For output without colours: puts [hits], [-deleted-] and {+inserted+} in
// brackets.
StyledText BracketChanges(const StyledText& diff);

}  // namespace tercet::cli

#endif  // TERCET_CLIENT_CLI_OUTPUT_DIFF_H_
