#include "service/release/text_page.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "service/base/utf8.h"
#include "service/release/furniture.h"
#include "service/release/plain_text.h"

namespace tercet {
namespace {

// Wrapped lines are about as wide as each other, and not wider than this.
constexpr size_t kMaxWrapWidth = 120;

// Wide characters take two columns.
size_t WidthOf(std::string_view line) {
  size_t width = 0;
  for (size_t at = 0; at < line.size();) {
    width += IsWide(DecodeUtf8(line, &at)) ? 2 : 1;
  }
  return width;
}

// Whether the lines are one paragraph that an editor broke: all but the last
// are nearly full. Where the longest word would have fitted nobody knows, so a
// third may be missing.
bool IsWrapped(const std::vector<std::string_view>& lines) {
  size_t widest = 0;
  for (const std::string_view line : lines) {
    widest = std::max(widest, WidthOf(line));
  }
  constexpr size_t kLeastWrapWidth = 40;
  if (widest > kMaxWrapWidth || widest < kLeastWrapWidth) return false;
  return std::all_of(lines.begin(), lines.end() - 1,
                     [widest](std::string_view line) {
                       return 3 * WidthOf(line) >= 2 * widest;
                     });
}

Status TooManyBlocks() {
  return MakeError(
      StatusCode::kInvalidArgument,
      fmt::format("the page has more than {} paragraphs", kMaxPageBlocks),
      {.reason = "PAGE_TOO_LARGE"});
}

Status AddBlock(std::string_view text, BlockKind kind, ReleasePage& page) {
  std::string line = OneLine(text);
  if (line.empty()) return OkStatus();
  if (page.blocks.size() == kMaxPageBlocks) return TooManyBlocks();
  page.blocks.push_back({.kind = kind, .text = std::move(line)});
  return OkStatus();
}

// Lines without an empty one between them.
Status AddLines(std::vector<std::string_view>& lines, ReleasePage& page) {
  if (lines.empty()) return OkStatus();
  if (lines.size() > 1 && IsWrapped(lines)) {
    const std::string_view all(
        lines.front().data(),
        static_cast<size_t>(lines.back().data() + lines.back().size() -
                            lines.front().data()));
    RETURN_IF_ERROR(AddBlock(all, BlockKind::kParagraph, page));
  } else {
    for (const std::string_view line : lines) {
      RETURN_IF_ERROR(AddBlock(line, BlockKind::kParagraph, page));
    }
  }
  lines.clear();
  return OkStatus();
}

}  // namespace

Status ReadTextPage(std::string_view text, ReleasePage& page) {
  std::vector<std::string_view> lines;
  for (const std::string_view line : SplitLines(text)) {
    const std::string_view trimmed = Trim(line);
    if (trimmed.empty()) {
      RETURN_IF_ERROR(AddLines(lines, page));
      continue;
    }
    lines.push_back(line);
    // Furniture is never the begin of a wrapped paragraph.
    if (trimmed.size() < 200 &&
        FurnitureReason({.text = std::string(trimmed)}).has_value()) {
      RETURN_IF_ERROR(AddLines(lines, page));
    }
  }
  return AddLines(lines, page);
}

}  // namespace tercet
