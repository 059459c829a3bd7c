#include "service/release/html_page.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "service/base/utf8.h"
#include "service/release/html_events.h"
#include "service/release/html_rules.h"
#include "service/release/plain_text.h"
#include "service/release/release_date.h"

namespace tercet {
namespace {

// `<br>` until a block is whole. The parser turns all controls into spaces.
constexpr char kLineBreak = '\v';

// How much of a dropped part is told.
constexpr size_t kDroppedBytes = 2000;

// Where to look for a declaration of the encoding, as browsers do.
constexpr size_t kHeadBytes = 2048;

std::string Lower(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  });
  return lower;
}

std::string_view Find(std::span<const HtmlAttribute> attributes,
                      std::string_view name) {
  for (const HtmlAttribute& attribute : attributes) {
    if (attribute.name == name) return attribute.value;
  }
  return {};
}

bool IsHidden(std::span<const HtmlAttribute> attributes) {
  for (const HtmlAttribute& attribute : attributes) {
    if (attribute.name == "hidden") return true;
    if (attribute.name != "style") continue;
    std::string style = Lower(attribute.value);
    std::erase(style, ' ');
    if (style.find("display:none") != std::string::npos) return true;
  }
  return false;
}

// Whether a line starts as paragraphs of Chinese pages do.
bool IsIndented(std::string_view line) {
  return line.starts_with("\u3000\u3000") || line.starts_with("\u00A0\u00A0");
}

// The paragraphs of a block in which `<br>` parts lines: an empty line, an
// indented one and one after the end of a sentence begin a new paragraph.
std::vector<std::string> ParagraphsOf(std::string_view text) {
  std::vector<std::string> paragraphs(1);
  while (!text.empty()) {
    const size_t end = text.find(kLineBreak);
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    while (!line.empty() && line.front() == '\n') line.remove_prefix(1);
    const bool apart = Trim(line).empty() || IsIndented(line) ||
                       EndsSentence(paragraphs.back());
    if (apart && !paragraphs.back().empty()) paragraphs.emplace_back();
    if (!paragraphs.back().empty()) paragraphs.back().push_back('\n');
    paragraphs.back().append(line);
  }
  return paragraphs;
}

// Builds a page from the events.
class PageBuilder final : public HtmlHandler {
 public:
  PageBuilder(ReleasePage& page, bool use_classes)
      : page_(page), use_classes_(use_classes) {}

  void OnStart(std::string_view name,
               std::span<const HtmlAttribute> attributes) override {
    if (silent_ > 0 || IsUnreadable(name) || IsHidden(attributes)) {
      ++silent_;
      return;
    }
    if (skipping_.has_value()) {
      ++skip_depth_;
      if (IsHtmlBlock(name)) skipped_.push_back(' ');
      return;
    }
    if (const auto reason = ReasonOf(name, attributes)) {
      Flush();
      skipping_ = reason;
      skip_depth_ = 1;
      return;
    }
    Open(name, attributes);
  }

  void OnEnd(std::string_view name) override {
    if (silent_ > 0) {
      --silent_;
      return;
    }
    if (skipping_.has_value()) {
      if (--skip_depth_ == 0) EndSkipping();
      return;
    }
    Close(name);
  }

  void OnText(std::string_view text) override {
    if (silent_ > 0) return;
    if (skipping_.has_value()) {
      if (skipped_.size() < kDroppedBytes) skipped_.append(text);
      return;
    }
    if (in_title_) {
      head_title_.append(text);
      return;
    }
    text_.append(text);
    if (links_ > 0) link_bytes_ += text.size();
  }

  // Call once, at the end.
  Status Finish() {
    Flush();
    if (skipping_.has_value()) EndSkipping();
    if (page_.blocks.size() > kMaxPageBlocks) {
      return MakeError(
          StatusCode::kInvalidArgument,
          fmt::format("the page has more than {} paragraphs", kMaxPageBlocks),
          {.reason = "PAGE_TOO_LARGE"});
    }
    ChooseTitle();
    return OkStatus();
  }

 private:
  std::optional<DropReason> ReasonOf(
      std::string_view name, std::span<const HtmlAttribute> attributes) const {
    if (name == "html" || name == "body" || name == "main" ||
        name == "article") {
      return std::nullopt;
    }
    if (const auto reason = ReasonOfElement(name)) return reason;
    if (!use_classes_) return std::nullopt;
    for (const char* attribute : {"class", "id", "role"}) {
      if (const auto reason = ReasonOfClass(Find(attributes, attribute))) {
        return reason;
      }
    }
    return std::nullopt;
  }

  void Open(std::string_view name, std::span<const HtmlAttribute> attributes) {
    if (name == "br") {
      text_.push_back(kLineBreak);
    } else if (name == "a") {
      ++links_;
    } else if (name == "q") {
      text_.append(OpenQuote());
    } else if (name == "title") {
      in_title_ = head_title_.empty();
    } else if (name == "html") {
      page_.language = Trim(Find(attributes, "lang"));
      if (page_.language.empty()) {
        page_.language = Trim(Find(attributes, "xml:lang"));
      }
    } else if (name == "meta") {
      TakeMeta(attributes);
    } else if (name == "time") {
      TakeDate(Find(attributes, "datetime"));
    } else if (IsHtmlBlock(name)) {
      Flush();
      kind_ = KindOf(name);
      in_first_heading_ = name == "h1" && first_heading_.empty();
    }
  }

  void Close(std::string_view name) {
    if (name == "a") {
      links_ = std::max(0, links_ - 1);
    } else if (name == "q") {
      text_.append(CloseQuote());
    } else if (name == "title") {
      in_title_ = false;
    } else if (IsHtmlBlock(name)) {
      Flush();
      kind_ = BlockKind::kParagraph;
      in_first_heading_ = false;
    }
  }

  static BlockKind KindOf(std::string_view name) {
    if (name.size() == 2 && name[0] == 'h' && name[1] >= '1' &&
        name[1] <= '6') {
      return BlockKind::kHeading;
    }
    return name == "li" || name == "dd" || name == "td" ? BlockKind::kListItem
                                                        : BlockKind::kParagraph;
  }

  bool IsSpanish() const { return page_.language.starts_with("es"); }
  std::string_view OpenQuote() const { return IsSpanish() ? "«" : "“"; }
  std::string_view CloseQuote() const { return IsSpanish() ? "»" : "”"; }

  void TakeMeta(std::span<const HtmlAttribute> attributes) {
    std::string name = Lower(Find(attributes, "name"));
    if (name.empty()) name = Lower(Find(attributes, "property"));
    if (name.empty()) name = Lower(Find(attributes, "itemprop"));
    const std::string_view content = Find(attributes, "content");
    if (IsDateMeta(name)) TakeDate(content);
    if (IsTitleMeta(name) && meta_title_.empty()) {
      meta_title_ = OneLine(content);
    }
    if (IsCategoryMeta(name) && page_.category.empty()) {
      page_.category = OneLine(content);
    }
    if (Lower(Find(attributes, "http-equiv")) == "content-language" &&
        page_.language.empty()) {
      page_.language = Trim(content);
    }
  }

  void TakeDate(std::string_view text) {
    if (!page_.date.empty()) return;
    const auto found = FindDate(text.substr(0, 64), page_.language);
    if (found.has_value() && found->date.year != 0) page_.date = found->date;
  }

  void Flush() {
    const std::string raw = std::exchange(text_, {});
    const size_t link_bytes = std::exchange(link_bytes_, 0);
    const double link_share =
        raw.empty()
            ? 0
            : static_cast<double>(link_bytes) /
                  static_cast<double>(std::max<size_t>(Trim(raw).size(), 1));
    for (const std::string& paragraph : ParagraphsOf(raw)) {
      std::string line = OneLine(paragraph);
      if (line.empty()) continue;
      if (in_first_heading_ && first_heading_.empty()) first_heading_ = line;
      if (page_.blocks.size() > kMaxPageBlocks) return;
      page_.blocks.push_back({.kind = kind_,
                              .text = std::move(line),
                              .link_share = std::min(1.0, link_share)});
    }
  }

  void EndSkipping() {
    std::string text = OneLine(TruncateUtf8(skipped_, kDroppedBytes));
    if (!text.empty()) page_.dropped.push_back({*skipping_, std::move(text)});
    skipped_.clear();
    skipping_.reset();
  }

  // The heading is what readers see; the head's title often has the site's name
  // added.
  void ChooseTitle() {
    page_.title = first_heading_;
    if (page_.title.empty()) page_.title = meta_title_;
    if (page_.title.empty()) page_.title = WithoutSite(OneLine(head_title_));
  }

  // `Trade grew - Xinhua | English.news.cn` -> `Trade grew`: the longest part.
  static std::string WithoutSite(const std::string& title) {
    std::string longest;
    std::string_view rest = title;
    while (!rest.empty()) {
      size_t end = std::string_view::npos;
      size_t length = 0;
      for (const std::string_view mark :
           {" - ", " | ", " – ", " — ", "_", "|", " :: "}) {
        const size_t at = rest.find(mark);
        if (at >= end) continue;
        end = at;
        length = mark.size();
      }
      const std::string_view part = Trim(rest.substr(0, end));
      if (part.size() > longest.size()) longest = part;
      rest.remove_prefix(end == std::string_view::npos ? rest.size()
                                                       : end + length);
    }
    return longest;
  }

  ReleasePage& page_;
  const bool use_classes_;
  std::string text_;  // Of the block that is open.
  size_t link_bytes_ = 0;
  BlockKind kind_ = BlockKind::kParagraph;
  int links_ = 0;      // Open links.
  size_t silent_ = 0;  // Open elements, from an unreadable one inwards.
  std::optional<DropReason> skipping_;
  size_t skip_depth_ = 0;  // Open elements, from the skipped one inwards.
  std::string skipped_;
  bool in_title_ = false;
  bool in_first_heading_ = false;
  std::string head_title_;
  std::string meta_title_;
  std::string first_heading_;
};

Status Build(std::string_view html, bool use_classes, ReleasePage& page) {
  PageBuilder builder(page, use_classes);
  RETURN_IF_ERROR(ParseHtml(html, builder));
  return builder.Finish();
}

size_t TextBytes(const ReleasePage& page) {
  size_t bytes = 0;
  for (const Block& block : page.blocks) bytes += block.text.size();
  return bytes;
}

}  // namespace

Status ReadHtmlPage(std::string_view html, ReleasePage& page) {
  const ReleasePage before = page;
  RETURN_IF_ERROR(Build(html, /*use_classes=*/true, page));
  constexpr size_t kNextToNothing = 200;
  if (TextBytes(page) >= kNextToNothing) return OkStatus();
  ReleasePage all = before;
  RETURN_IF_ERROR(Build(html, /*use_classes=*/false, all));
  // A page whose main part has an unlucky class.
  if (TextBytes(all) > 4 * TextBytes(page) + kNextToNothing) page = all;
  return OkStatus();
}

std::string DeclaredCharset(std::string_view bytes) {
  const std::string head = Lower(bytes.substr(0, kHeadBytes));
  for (const std::string_view key : {"charset", "encoding"}) {
    size_t at = head.find(key);
    if (at == std::string::npos) continue;
    at = head.find_first_not_of(" \t\r\n", at + key.size());
    if (at == std::string::npos || head[at] != '=') continue;
    at = head.find_first_not_of(" \t\r\n\"'", at + 1);
    if (at == std::string::npos) continue;
    const size_t end = head.find_first_of(" \t\r\n\"'/>;?", at);
    return head.substr(at, end == std::string::npos ? end : end - at);
  }
  return "";
}

}  // namespace tercet
