#include "service/release/html_rules.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <span>
#include <string>
#include <vector>

namespace tercet {
namespace {

using Words = std::span<const std::string_view>;

bool IsIn(std::string_view word, Words words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr std::array<std::string_view, 44> kBlocks = {
    "address", "article", "aside",    "blockquote", "body",   "center",
    "caption", "dd",      "details",  "dialog",     "dir",    "div",
    "dl",      "dt",      "fieldset", "figcaption", "figure", "footer",
    "form",    "h1",      "h2",       "h3",         "h4",     "h5",
    "h6",      "header",  "hr",       "legend",     "li",     "main",
    "menu",    "nav",     "ol",       "p",          "pre",    "section",
    "summary", "table",   "tbody",    "td",         "tfoot",  "th",
    "tr",      "ul"};

constexpr std::array<std::string_view, 22> kUnreadable = {
    "script", "style",  "noscript", "template", "svg",    "math",
    "iframe", "object", "embed",    "applet",   "audio",  "video",
    "canvas", "select", "option",   "textarea", "button", "input",
    "rt",     "rp",     "map",      "noframes"};

struct ClassRule {
  std::string_view word;
  DropReason reason;
};

constexpr DropReason kNav = DropReason::kNavigation;
constexpr std::array<ClassRule, 52> kClassRules = {{
    {"breadcrumb", DropReason::kBreadcrumb},
    {"breadcrumbs", DropReason::kBreadcrumb},
    {"crumb", DropReason::kBreadcrumb},
    {"crumbs", DropReason::kBreadcrumb},
    {"migas", DropReason::kBreadcrumb},
    {"share", DropReason::kShare},
    {"sharing", DropReason::kShare},
    {"bdsharebuttonbox", DropReason::kShare},
    {"social", DropReason::kShare},
    {"compartir", DropReason::kShare},
    {"addthis", DropReason::kShare},
    {"newsletter", DropReason::kShare},
    {"subscribe", DropReason::kShare},
    {"related", DropReason::kRelated},
    {"relacionadas", DropReason::kRelated},
    {"relacionados", DropReason::kRelated},
    {"recommend", DropReason::kRelated},
    {"recommended", DropReason::kRelated},
    {"recommendations", DropReason::kRelated},
    {"readmore", DropReason::kRelated},
    {"comments", DropReason::kRelated},
    {"comentarios", DropReason::kRelated},
    {"caption", DropReason::kCaption},
    {"figcaption", DropReason::kCaption},
    {"editor", DropReason::kEditor},
    {"copyright", DropReason::kCopyright},
    {"nav", kNav},
    {"navbar", kNav},
    {"navigation", kNav},
    {"menu", kNav},
    {"menubar", kNav},
    {"submenu", kNav},
    {"sidebar", kNav},
    {"complementary", kNav},
    {"contentinfo", kNav},
    {"footer", kNav},
    {"pagination", kNav},
    {"pager", kNav},
    {"toolbar", kNav},
    {"advert", kNav},
    {"advertisement", kNav},
    {"ads", kNav},
    {"banner", kNav},
    {"cookie", kNav},
    {"cookies", kNav},
    {"skip", kNav},
    {"langswitch", kNav},
    {"langselect", kNav},
    {"language", kNav},
    {"languages", kNav},
    {"topbar", kNav},
    {"search", kNav},
}};

// Words that tell of the page's own text: `content-with-sidebar` is not one.
constexpr std::array<std::string_view, 14> kContentWords = {
    "content", "article", "main", "body",  "wrapper", "with",    "has",
    "no",      "page",    "text", "story", "post",    "release", "container"};

// `articleShare-box` -> article, share, box.
std::vector<std::string> WordsOf(std::string_view value) {
  std::vector<std::string> words(1);
  bool was_lower = false;
  for (const char c : value.substr(0, 256)) {
    const auto byte = static_cast<unsigned char>(c);
    const bool upper = std::isupper(byte) != 0;
    if (!std::isalnum(byte) || (upper && was_lower)) words.emplace_back();
    if (std::isalnum(byte)) {
      words.back().push_back(static_cast<char>(std::tolower(byte)));
    }
    was_lower = std::islower(byte) != 0;
  }
  return words;
}

}  // namespace

bool IsHtmlBlock(std::string_view element) { return IsIn(element, kBlocks); }

bool IsUnreadable(std::string_view element) {
  return IsIn(element, kUnreadable);
}

std::optional<DropReason> ReasonOfElement(std::string_view element) {
  if (element == "nav" || element == "aside" || element == "footer" ||
      element == "menu" || element == "dialog") {
    return DropReason::kNavigation;
  }
  if (element == "figcaption" || element == "caption") {
    return DropReason::kCaption;
  }
  if (element == "pre") return DropReason::kCode;
  return std::nullopt;
}

std::optional<DropReason> ReasonOfClass(std::string_view value) {
  const std::vector<std::string> words = WordsOf(value);
  const auto is_content = [](const std::string& word) {
    return IsIn(word, kContentWords);
  };
  // `article-share` is sharing: what counts is the last word but for `box`.
  if (std::any_of(words.begin(), words.end(), is_content) && words.size() > 2) {
    return std::nullopt;
  }
  for (const ClassRule& rule : kClassRules) {
    if (std::find(words.begin(), words.end(), rule.word) != words.end()) {
      return rule.reason;
    }
  }
  return std::nullopt;
}

bool IsDateMeta(std::string_view name) {
  static constexpr std::array<std::string_view, 12> kNames = {
      "article:published_time",
      "og:published_time",
      "pubdate",
      "publishdate",
      "publish_date",
      "publish-date",
      "date",
      "dc.date",
      "dc.date.issued",
      "dcterms.issued",
      "datepublished",
      "release_date"};
  return IsIn(name, kNames);
}

bool IsTitleMeta(std::string_view name) {
  return name == "og:title" || name == "dc.title" || name == "twitter:title";
}

bool IsCategoryMeta(std::string_view name) {
  return name == "article:section" || name == "category" || name == "channel";
}

}  // namespace tercet
