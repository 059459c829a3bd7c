#include <algorithm>
#include <cctype>
#include <string>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "service/release/html_page.h"
#include "service/release/plain_text.h"
#include "service/release/release_date.h"
#include "service/release/text_page.h"

namespace tercet {
namespace {

std::string_view StripIndent(std::string_view line) {
  while (!line.empty() && (line.front() == ' ' || line.front() == '\t')) {
    line.remove_prefix(1);
  }
  return line;
}

// The length of `- `, `* `, `12. ` at the head of a line; 0 where it is no
// item.
size_t BulletLength(std::string_view line) {
  if (line.size() < 2) return 0;
  if (std::string_view("-*+").find(line[0]) != std::string_view::npos) {
    return line[1] == ' ' || line[1] == '\t' ? 2 : 0;
  }
  size_t at = 0;
  while (at < line.size() && at < 9 && line[at] >= '0' && line[at] <= '9') ++at;
  if (at == 0 || at + 1 >= line.size()) return 0;
  const bool marked = (line[at] == '.' || line[at] == ')') &&
                      (line[at + 1] == ' ' || line[at + 1] == '\t');
  return marked ? at + 2 : 0;
}

bool IsRule(std::string_view line, std::string_view marks) {
  size_t count = 0;
  for (const char c : line) {
    if (c == ' ') continue;
    if (marks.find(c) == std::string_view::npos) return false;
    ++count;
  }
  return count >= 3;
}

// `---`, `***`, and the `===` and `|---|` under headings and tables.
bool IsRule(std::string_view line) {
  return IsRule(line, "-") || IsRule(line, "*") || IsRule(line, "_") ||
         IsRule(line, "=") || IsRule(line, "|-:");
}

// Characters that mean something to HTML, so that text can go through it.
std::string EscapeHtml(std::string_view text) {
  std::string html;
  for (const char c : text) {
    if (c == '<') {
      html += "&lt;";
    } else if (c == '>') {
      html += "&gt;";
    } else {
      html.push_back(c);
    }
  }
  return html;
}

// A place in a line where `[text](address)` or `[text][name]` begins.
struct Link {
  std::string_view text;
  size_t end = 0;  // 0: none begins here.
};

Link LinkAt(std::string_view line, size_t at) {
  const size_t close = line.find(']', at);
  if (close == std::string_view::npos || close + 1 >= line.size()) return {};
  const char open = line[close + 1];
  if (open != '(' && open != '[') return {};
  const size_t end = line.find(open == '(' ? ')' : ']', close + 2);
  if (end == std::string_view::npos) return {};
  return {.text = line.substr(at + 1, close - at - 1), .end = end + 1};
}

// Text without emphasis, code marks, links' addresses, pictures.
std::string Inline(std::string_view line) {
  std::string html;
  for (size_t at = 0; at < line.size();) {
    const char c = line[at];
    const bool picture =
        c == '!' && at + 1 < line.size() && line[at + 1] == '[';
    const Link link =
        c == '[' || picture ? LinkAt(line, at + (picture ? 1 : 0)) : Link{};
    if (link.end > 0) {
      if (!picture) html += "<a>" + EscapeHtml(link.text) + "</a>";
      at = link.end;
    } else if (c == '\\' && at + 1 < line.size() &&
               std::ispunct(static_cast<unsigned char>(line[at + 1])) != 0) {
      html += EscapeHtml(line.substr(at + 1, 1));
      at += 2;
    } else if (c == '*' || c == '`') {
      ++at;
    } else if (c == '_') {
      // Inside of a word it is a letter.
      const bool inside =
          at > 0 && at + 1 < line.size() &&
          std::isalnum(static_cast<unsigned char>(line[at - 1])) != 0 &&
          std::isalnum(static_cast<unsigned char>(line[at + 1])) != 0;
      if (inside) html.push_back(c);
      ++at;
    } else if (c == '<' && line.substr(at).starts_with("<http")) {
      const size_t end = std::min(line.find('>', at), line.size());
      html += EscapeHtml(line.substr(at + 1, end - at - 1));
      at = std::min(end + 1, line.size());
    } else {
      html.push_back(c);
      ++at;
    }
  }
  return html;
}

// Markdown becomes simple HTML, so that all that is known of HTML (entities,
// raw elements, link shares) holds for both.
class MarkdownToHtml {
 public:
  std::string Run(std::string_view text, ReleasePage& page) {
    std::vector<std::string_view> lines = SplitLines(text);
    const size_t start = TakeFrontMatter(lines, page);
    for (size_t i = start; i < lines.size(); ++i) TakeLine(lines[i]);
    EndParagraph();
    return std::move(html_);
  }

 private:
  static size_t TakeFrontMatter(const std::vector<std::string_view>& lines,
                                ReleasePage& page) {
    if (lines.empty() || Trim(lines[0]) != "---") return 0;
    const auto end =
        std::find_if(lines.begin() + 1, lines.end(),
                     [](std::string_view line) { return Trim(line) == "---"; });
    if (end == lines.end()) return 0;
    for (auto line = lines.begin() + 1; line != end; ++line) {
      TakeField(*line, page);
    }
    return static_cast<size_t>(end - lines.begin()) + 1;
  }

  static void TakeField(std::string_view line, ReleasePage& page) {
    const size_t colon = line.find(':');
    if (colon == std::string_view::npos) return;
    const std::string name = ToLower(Trim(line.substr(0, colon)));
    std::string_view value = Trim(line.substr(colon + 1));
    if (value.size() > 1 && (value.front() == '"' || value.front() == '\'') &&
        value.back() == value.front()) {
      value = value.substr(1, value.size() - 2);
    }
    if (name == "title") page.title = OneLine(value);
    if (name == "lang" || name == "language") page.language = value;
    if (name == "category") page.category = OneLine(value);
    if (name != "date") return;
    const auto found = FindDate(value, page.language);
    if (found.has_value()) page.date = found->date;
  }

  void TakeLine(std::string_view raw) {
    const std::string_view line = StripIndent(raw);
    if (line.starts_with("```") || line.starts_with("~~~")) {
      EndParagraph();
      in_code_ = !in_code_;
      html_ += in_code_ ? "<pre>" : "</pre>";
      return;
    }
    if (in_code_) {
      html_ += EscapeHtml(raw) + "\n";
      return;
    }
    if (line.empty()) return EndParagraph();
    if (IsRule(line)) return EndHeading(line);
    if (line.starts_with('#')) return TakeHeading(line);
    if (line.starts_with('|')) return TakeRow(line);
    if (line.starts_with('>')) {
      return TakeLine(line.substr(1));
    }
    if (const size_t bullet = BulletLength(line); bullet > 0) {
      EndParagraph();
      element_ = "li";
      paragraph_ = Inline(line.substr(bullet));
      return;
    }
    if (!paragraph_.empty()) paragraph_.push_back('\n');
    paragraph_ += Inline(line);
  }

  void TakeHeading(std::string_view line) {
    EndParagraph();
    size_t level = 0;
    while (level < line.size() && line[level] == '#') ++level;
    std::string_view text = Trim(line.substr(level));
    while (text.ends_with('#')) text.remove_suffix(1);
    AddElement(level == 1 ? "h1" : "h2", Inline(text));
  }

  // `===` under a paragraph makes it a heading.
  void EndHeading(std::string_view line) {
    if (!paragraph_.empty() && (line[0] == '=' || line[0] == '-')) {
      element_ = line[0] == '=' ? "h1" : "h2";
    }
    EndParagraph();
  }

  void TakeRow(std::string_view line) {
    EndParagraph();
    while (!line.empty()) {
      const size_t end = line.find('|');
      AddElement("td", Inline(line.substr(0, end)));
      line.remove_prefix(end == std::string_view::npos ? line.size() : end + 1);
    }
  }

  void EndParagraph() {
    AddElement(element_, paragraph_);
    paragraph_.clear();
    element_ = "p";
  }

  void AddElement(std::string_view element, std::string_view html) {
    if (html.empty()) return;
    // Cells of no row would not be cells to an HTML parser.
    if (element == "td") element = "div";
    html_ += fmt::format("<{0}>{1}</{0}>\n", element, html);
  }

  std::string html_ = "<html><body>";
  std::string paragraph_;
  std::string_view element_ = "p";
  bool in_code_ = false;
};

}  // namespace

Status ReadMarkdownPage(std::string_view text, ReleasePage& page) {
  const std::string html = MarkdownToHtml().Run(text, page);
  const ReleasePage front = page;
  RETURN_IF_ERROR(ReadHtmlPage(html, page));
  if (!front.title.empty()) page.title = front.title;
  if (page.language.empty()) page.language = front.language;
  return OkStatus();
}

}  // namespace tercet
