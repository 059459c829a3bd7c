#include "client/cli/output/excerpt.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "client/cli/output/display_width.h"
#include "service/base/utf8.h"

namespace tercet::cli {
namespace {

constexpr std::string_view kLeftOut = "…";
// How far a cut moves to come to a space.
constexpr size_t kNearBytes = 16;

// How many bytes of `text` take `columns` columns.
size_t HeadBytes(std::string_view text, int columns) {
  size_t end = 0;
  while (end < text.size()) {
    size_t next = end;
    columns -= DisplayWidth(DecodeUtf8(text, &next));
    if (columns < 0) break;
    end = next;
  }
  return end;
}

std::string_view Head(std::string_view text, int columns) {
  const size_t end = HeadBytes(text, columns);
  const size_t space = text.substr(0, end).rfind(' ');
  return text.substr(
      0, space != text.npos && space + kNearBytes > end ? space + 1 : end);
}

std::string_view Tail(std::string_view text, int columns) {
  // Taking a column at a time from the front would be slow only on texts that
  // no terminal shows.
  const size_t begin =
      HeadBytes(text, std::max(0, DisplayWidth(text) - columns));
  const size_t space = text.find(' ', begin);
  return text.substr(space != text.npos && space < begin + kNearBytes ? space
                                                                      : begin);
}

}  // namespace

StyledText Excerpt(const StyledText& text, int context) {
  const auto is_hit = [](const Span& span) {
    return span.style == Style::kHit;
  };
  const auto first = std::ranges::find_if(text, is_hit);
  if (first == text.end()) return text;
  const auto last = std::find_if(text.rbegin(), text.rend(), is_hit).base() - 1;
  StyledText excerpt;
  for (auto span = text.begin(); span != text.end(); ++span) {
    const bool before = span > first;  // A hit stands before it.
    const bool behind = span < last;
    const int kept = (before ? context : 0) + (behind ? context : 0);
    if (is_hit(*span) ||
        DisplayWidth(span->text) <= kept + static_cast<int>(kNearBytes)) {
      Append(excerpt, span->text, span->style);
      continue;
    }
    if (before) Append(excerpt, Head(span->text, context), span->style);
    Append(excerpt, kLeftOut, Style::kDim);
    if (behind) Append(excerpt, Tail(span->text, context), span->style);
  }
  return excerpt;
}

}  // namespace tercet::cli
