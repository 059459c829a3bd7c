#include "service/release/read_page.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <utility>

#include "fmt/format.h"
#include "service/release/dateline.h"
#include "service/release/furniture.h"
#include "service/release/html_page.h"
#include "service/release/plain_text.h"
#include "service/release/release_date.h"
#include "service/release/text_page.h"
#include "service/text/charset.h"

namespace tercet {
namespace {

// A longer first paragraph is no headline.
constexpr size_t kMaxTitleBytes = 300;

// How far down a page its dateline may stand.
constexpr size_t kDatelineBlocks = 6;

std::string LowerAscii(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  });
  return lower;
}

PageFormat FormatOfName(std::string_view name) {
  const size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) return PageFormat::kUnknown;
  const std::string ending = LowerAscii(name.substr(dot + 1));
  if (ending == "md" || ending == "markdown") return PageFormat::kMarkdown;
  if (ending == "txt" || ending == "text") return PageFormat::kText;
  if (ending == "wml") return PageFormat::kWml;
  constexpr std::array<std::string_view, 7> kHtmlEndings = {
      "html", "htm", "xhtml", "shtml", "php", "asp", "aspx"};
  return std::find(kHtmlEndings.begin(), kHtmlEndings.end(), ending) !=
                 kHtmlEndings.end()
             ? PageFormat::kHtml
             : PageFormat::kUnknown;
}

PageFormat FormatOfText(std::string_view text) {
  const std::string head = LowerAscii(text.substr(0, 4096));
  for (const char* tag :
       {"<!doctype html", "<html", "<head", "<body", "<p>", "<div", "<table"}) {
    if (head.find(tag) != std::string::npos) return PageFormat::kHtml;
  }
  return PageFormat::kText;
}

bool IsBinary(std::string_view bytes) {
  for (const std::string_view magic :
       {"%PDF-", "PK\x03\x04", "\x89PNG", "\xFF\xD8\xFF", "GIF8",
        "\xD0\xCF\x11\xE0", "\x1F\x8B"}) {
    if (bytes.starts_with(magic)) return true;
  }
  return false;
}

Status Refuse(std::string_view reason, std::string_view message) {
  return MakeError(StatusCode::kInvalidArgument, message,
                   {.reason = std::string(reason)});
}

Status ReadSentences(std::string_view text, ReleasePage& page) {
  for (const std::string_view line : SplitLines(text)) {
    if (page.blocks.size() == kMaxPageBlocks) {
      return Refuse(
          "PAGE_TOO_LARGE",
          fmt::format("the page has more than {} lines", kMaxPageBlocks));
    }
    // An empty line is a sentence too: line numbers are sentence numbers.
    page.blocks.push_back({.text = std::string(line)});
  }
  return OkStatus();
}

Status ReadBlocks(PageFormat format, std::string_view text, ReleasePage& page) {
  switch (format) {
    case PageFormat::kMarkdown:
      return ReadMarkdownPage(text, page);
    case PageFormat::kWml: {
      const std::string html = HtmlOfWml(text, page);
      const ReleasePage macros = page;
      RETURN_IF_ERROR(ReadHtmlPage(html, page));
      if (!macros.title.empty()) page.title = macros.title;
      if (!macros.date.empty()) page.date = macros.date;
      return OkStatus();
    }
    case PageFormat::kText:
      return ReadTextPage(text, page);
    case PageFormat::kSentences:
      return ReadSentences(text, page);
    case PageFormat::kHtml:
    case PageFormat::kUnknown:
      return ReadHtmlPage(text, page);
  }
  return OkStatus();
}

// Without the date that some sites add: `… South Cooperation (11/22/08)`.
void TakeTitleDate(ReleasePage& page) {
  const size_t open = page.title.rfind('(');
  if (open == std::string::npos || open == 0 || !page.title.ends_with(')')) {
    return;
  }
  const std::string_view inner = std::string_view(page.title).substr(open);
  const auto found = FindDate(inner, page.language);
  if (!found.has_value() ||
      !IsDateLine(inner.substr(1, inner.size() - 2), page.language)) {
    return;
  }
  if (page.date.empty()) page.date = found->date;
  page.title = Trim(std::string_view(page.title).substr(0, open));
}

bool SameHeadline(std::string_view a, std::string_view b) {
  return ToLower(Trim(a)) == ToLower(Trim(b));
}

// The title stands in the text, too; or it is only there.
void FindTitle(ReleasePage& page) {
  const auto is_title = [&page](const Block& block) {
    return SameHeadline(block.text, page.title);
  };
  if (page.title.empty() && !page.blocks.empty()) {
    const Block& first = page.blocks.front();
    const bool headline =
        page.blocks.size() > 1 && first.text.size() <= kMaxTitleBytes &&
        !FindDateline(first.text, page.language).has_value() &&
        (first.kind == BlockKind::kHeading || !EndsSentence(first.text));
    if (headline) page.title = first.text;
  }
  const auto in_text = std::find_if(
      page.blocks.begin(),
      page.blocks.begin() +
          static_cast<std::ptrdiff_t>(std::min<size_t>(page.blocks.size(), 12)),
      is_title);
  if (in_text != page.blocks.end() && is_title(*in_text)) {
    page.blocks.erase(in_text);
  }
  TakeTitleDate(page);
}

// Menus that stand above the headline.
void DropLinksAboveTitle(ReleasePage& page) {
  if (page.title.empty()) return;
  const auto title = std::find_if(page.blocks.begin(), page.blocks.end(),
                                  [&page](const Block& block) {
                                    return block.kind == BlockKind::kHeading &&
                                           SameHeadline(block.text, page.title);
                                  });
  if (title == page.blocks.end()) return;
  std::vector<Block> kept;
  for (auto block = page.blocks.begin(); block != page.blocks.end(); ++block) {
    if (block < title && block->link_share > 0.8) {
      page.dropped.push_back({DropReason::kNavigation, std::move(block->text)});
    } else {
      kept.push_back(std::move(*block));
    }
  }
  page.blocks = std::move(kept);
}

void TakeDateline(ReleasePage& page) {
  const size_t end = std::min(page.blocks.size(), kDatelineBlocks);
  for (size_t i = 0; i < end; ++i) {
    Block& block = page.blocks[i];
    std::optional<FoundDateline> found =
        FindDateline(block.text, page.language);
    if (!found.has_value()) continue;
    page.dateline = std::move(found->dateline);
    block.text = Trim(std::string_view(block.text).substr(found->end));
    if (block.text.empty()) {
      page.blocks.erase(page.blocks.begin() + static_cast<std::ptrdiff_t>(i));
    }
    break;
  }
  CivilDate& date = page.dateline.date;
  if (page.date.empty()) page.date = date;
  // The year is that of the release; at the turn of the year the day tells.
  if (!date.empty() && date.year == 0 && page.date.year != 0) {
    date.year = page.date.year;
    if (date.month == 12 && page.date.month == 1) --date.year;
  }
}

Status CheckBytes(std::string_view bytes) {
  if (bytes.size() > kMaxPageBytes) {
    return Refuse("PAGE_TOO_LARGE",
                  fmt::format("the page has {} bytes; the most is {}",
                              bytes.size(), kMaxPageBytes));
  }
  if (IsBinary(bytes)) {
    return Refuse("PAGE_BINARY",
                  "this is no text; convert it to text or HTML first");
  }
  return OkStatus();
}

}  // namespace

StatusOr<ReleasePage> ReadPage(const PageFile& file) {
  RETURN_IF_ERROR(CheckBytes(file.bytes));
  const std::string in_page = DeclaredCharset(file.bytes);
  DecodedText decoded =
      DecodeText(file.bytes, file.charset.empty() ? in_page : file.charset);
  ReleasePage page = {.language = std::string(file.language),
                      .warnings = std::move(decoded.warnings),
                      .charset = std::move(decoded.charset)};
  PageFormat format = file.format;
  if (format == PageFormat::kUnknown) format = FormatOfName(file.name);
  if (format == PageFormat::kUnknown) format = FormatOfText(decoded.text);
  RETURN_IF_ERROR(ReadBlocks(format, decoded.text, page));
  if (!file.language.empty()) page.language = file.language;
  if (format == PageFormat::kSentences) return page;
  DropLinksAboveTitle(page);
  ClearFurniture(page);
  FindTitle(page);
  TakeDateline(page);
  if (page.blocks.empty() && page.title.empty()) {
    return Refuse("PAGE_EMPTY", page.dropped.empty()
                                    ? "there is no text in the page"
                                    : "there is no text in the page but "
                                      "navigation and the like");
  }
  return page;
}

}  // namespace tercet
