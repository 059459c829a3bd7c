// A unit as people read it.
#ifndef TERCET_CLIENT_CLI_UNIT_PRINT_H_
#define TERCET_CLIENT_CLI_UNIT_PRINT_H_

#include <string>
#include <vector>

#include "client/cli/output/styled_text.h"
#include "client/cli/session.h"
#include "tercet/v1/resources.pb.h"

namespace tercet::cli {

// A text with its language before it, as `LabelledLines` takes it.
struct LabelledText {
  std::string label;
  StyledText text;
};

// Lines of aligned labels and wrapped texts, `indent` columns from the left and
// at most `width` wide.
std::vector<StyledText> LabelledLines(const std::vector<LabelledText>& texts,
                                      int indent, int width);

// Prints the unit, as JSON where the settings want that.
void PrintUnit(Session& session, const v1::Unit& unit);

}  // namespace tercet::cli

#endif  // TERCET_CLIENT_CLI_UNIT_PRINT_H_
