#include <string>
#include <string_view>
#include <vector>

#include "service/release/html_page.h"
#include "service/release/plain_text.h"
#include "service/release/release_date.h"
#include "service/release/text_page.h"

namespace tercet {
namespace {

// The value of `key="…"` in a macro line.
std::string_view Quoted(std::string_view line, std::string_view key) {
  size_t at = line.find(key);
  if (at == std::string_view::npos) return {};
  at += key.size();
  const size_t end = line.find('"', at);
  return end == std::string_view::npos ? std::string_view()
                                       : line.substr(at, end - at);
}

// What stands between `<define-tag NAME>` and its end.
std::string_view Defined(std::string_view text, std::string_view name) {
  const std::string open = "<define-tag " + std::string(name) + ">";
  const size_t at = text.find(open);
  if (at == std::string_view::npos) return {};
  const size_t begin = at + open.size();
  const size_t end = text.find("</define-tag>", begin);
  return end == std::string_view::npos ? std::string_view()
                                       : text.substr(begin, end - begin);
}

// Without all that is between `open` and `close`.
std::string Without(std::string_view text, std::string_view open,
                    std::string_view close) {
  std::string result;
  while (true) {
    const size_t begin = text.find(open);
    const size_t end = begin == std::string_view::npos
                           ? begin
                           : text.find(close, begin + open.size());
    if (end == std::string_view::npos) break;
    result.append(text.substr(0, begin));
    text.remove_prefix(end + close.size());
  }
  result.append(text);
  return result;
}

// The regions that `[CN:` or `[HKTW:` at the head of `text` names; empty where
// none stands there.
std::string_view RegionsAt(std::string_view text) {
  if (!text.starts_with('[')) return {};
  const size_t colon = text.substr(0, 8).find(':');
  if (colon == std::string_view::npos) return {};
  const std::string_view regions = text.substr(1, colon - 1);
  return regions.find_first_not_of("CNHKTW") == std::string_view::npos
             ? regions
             : std::string_view();
}

// `[CN:鏈接:][HKTW:連結:]` -> `連結`: the words of the script it is written in.
// Choices may be inside of others.
std::string ChooseRegion(std::string_view text) {
  struct Choice {
    size_t begin = 0;  // In the result.
    bool wanted = false;
  };
  std::string result;
  std::vector<Choice> open;
  for (size_t at = 0; at < text.size();) {
    const std::string_view regions = RegionsAt(text.substr(at));
    if (!regions.empty()) {
      open.push_back({.begin = result.size(),
                      .wanted = regions.find("TW") != regions.npos});
      at += regions.size() + 2;
    } else if (!open.empty() && text.substr(at).starts_with(":]")) {
      if (!open.back().wanted) result.resize(open.back().begin);
      open.pop_back();
      at += 2;
    } else {
      result.push_back(text[at++]);
    }
  }
  return result;
}

// The title of `#use wml::debian::template title="…"`, and other lines that
// begin with `#` (comments, includes) left out.
std::string WithoutMacroLines(std::string_view text, ReleasePage& page) {
  std::string result;
  bool goes_on = false;
  for (const std::string_view line : SplitLines(text)) {
    if (line.starts_with('#') || goes_on) {
      if (page.title.empty()) page.title = OneLine(Quoted(line, "title=\""));
      if (page.title.empty() && line.find("PAGENAME") != line.npos) {
        page.title = OneLine(Quoted(line, "PAGENAME=\""));
      }
      const auto date = FindDate(Quoted(line, "PUBDATE=\""), "");
      if (date.has_value() && page.date.empty()) page.date = date->date;
      goes_on = line.ends_with('\\');
      continue;
    }
    if (line.ends_with('\\')) {
      result.append(line.substr(0, line.size() - 1));
      continue;
    }
    result.append(line);
    result.push_back('\n');
  }
  return result;
}

}  // namespace

std::string HtmlOfWml(std::string_view text, ReleasePage& page) {
  page.title = OneLine(Defined(text, "pagetitle"));
  const auto date = FindDate(Defined(text, "release_date"), "");
  if (date.has_value()) page.date = date->date;
  std::string html = WithoutMacroLines(text, page);
  html = Without(html, "<define-tag pagetitle>", "</define-tag>");
  html = Without(html, "<define-tag release_date>", "</define-tag>");
  html = Without(html, "<:", ":>");
  html = Without(html, "{#", "#}");
  html = Without(html, "$(", ")");
  html = ChooseRegion(html);
  // Otherwise unknown elements would run into the text around them.
  std::string blocks;
  std::string_view rest = html;
  for (size_t at; (at = rest.find("define-tag")) != rest.npos;) {
    blocks.append(rest.substr(0, at));
    blocks.append("div");
    rest.remove_prefix(at + std::string_view("define-tag").size());
  }
  blocks.append(rest);
  return blocks;
}

}  // namespace tercet
