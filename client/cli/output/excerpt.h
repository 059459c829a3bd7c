// A long text cut down to what is around its hits.
#ifndef TERCET_CLIENT_CLI_OUTPUT_EXCERPT_H_
#define TERCET_CLIENT_CLI_OUTPUT_EXCERPT_H_

#include "client/cli/output/styled_text.h"

namespace tercet::cli {

// `text` with what is more than about `context` columns from the next kHit
// replaced by `…`; as it is when it has no hit. Cuts at spaces, where one is
// near, and never for less than it saves.
StyledText Excerpt(const StyledText& text, int context);

}  // namespace tercet::cli

#endif  // TERCET_CLIENT_CLI_OUTPUT_EXCERPT_H_
