// Text in pieces of different looks, measured and wrapped before any escape
// sequence is in it.
#ifndef TERCET_CLIENT_CLI_OUTPUT_STYLED_TEXT_H_
#define TERCET_CLIENT_CLI_OUTPUT_STYLED_TEXT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tercet::cli {

enum class Style : uint8_t {
  kPlain,
  kBold,
  kDim,
  kError,     // The word `error`.
  kExact,     // Scores of 100,
  kNear,      // of 95 to 99,
  kHigh,      // of 85 to 94,
  kLow,       // and below.
  kDeleted,   // In the stored text, not in the query.
  kInserted,  // In the query, not in the stored text.
  kHit,       // What was searched for.
};

struct Span {
  std::string text;
  Style style = Style::kPlain;

  friend bool operator==(const Span&, const Span&) = default;
};

using StyledText = std::vector<Span>;

// Appends `text`, to the last span where that has the same style.
void Append(StyledText& styled, std::string_view text,
            Style style = Style::kPlain);

// The columns it takes.
int DisplayWidth(const StyledText& styled);

// Breaks into lines of at most `width` columns, at spaces (which are dropped
// there) and next to wide characters, but never before closing or after opening
// punctuation; what has no such place is broken anywhere. One line at least.
// REQUIRES: width >= 2.
std::vector<StyledText> Wrap(const StyledText& styled, int width);

// As bytes for a terminal; with `color` in ANSI sequences, else the bare text.
std::string Render(const StyledText& styled, bool color);

}  // namespace tercet::cli

#endif  // TERCET_CLIENT_CLI_OUTPUT_STYLED_TEXT_H_
