#include "service/formats/po_entry.h"

#include <algorithm>

#include "service/formats/po_text.h"

namespace tercet {
namespace {

constexpr std::string_view kObsolete = "#~";

std::string_view WithoutEnd(std::string_view raw) {
  if (raw.ends_with('\n')) raw.remove_suffix(1);
  if (raw.ends_with('\r')) raw.remove_suffix(1);
  return raw;
}

std::string_view TrimLeft(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t");
  return begin == std::string_view::npos ? "" : text.substr(begin);
}

// `msgid "a"` of `#~ msgid "a"`, `#| msgid "a"` of `#~| msgid "a"`.
std::string WithoutObsolete(std::string_view line) {
  line.remove_prefix(kObsolete.size());
  if (line.starts_with('|')) return "#" + std::string(line);
  return std::string(TrimLeft(line));
}

// Whether `line` is `keyword` and something that is no part of the word.
bool HasKeyword(std::string_view line, std::string_view keyword) {
  if (!line.starts_with(keyword)) return false;
  const std::string_view rest = line.substr(keyword.size());
  return rest.starts_with(' ') || rest.starts_with('\t') ||
         rest.starts_with('"');
}

}  // namespace

bool PoEntry::HasFlag(std::string_view flag) const {
  return std::ranges::any_of(comments, [flag](const PoComment& comment) {
    if (comment.kind != ',') return false;
    for (size_t at = comment.text.find(flag); at != std::string::npos;
         at = comment.text.find(flag, at + 1)) {
      const size_t end = at + flag.size();
      const bool begins =
          at == 0 || comment.text[at - 1] == ' ' || comment.text[at - 1] == ',';
      const bool ends = end == comment.text.size() ||
                        comment.text[end] == ' ' || comment.text[end] == ',';
      if (begins && ends) return true;
    }
    return false;
  });
}

bool PoEntryBuilder::BeginsNext(std::string_view raw) const {
  if (entry_.translations.empty()) return false;
  std::string_view line = WithoutEnd(raw);
  std::string rest;
  if (line.starts_with(kObsolete)) {
    if (!entry_.is_obsolete) return true;
    rest = WithoutObsolete(line);
    line = rest;
  } else if (entry_.is_obsolete && !TrimLeft(line).empty()) {
    return true;
  }
  return line.starts_with('#') || HasKeyword(line, "msgctxt") ||
         HasKeyword(line, "msgid");
}

bool PoEntryBuilder::Add(std::string_view raw, size_t begin,
                         const FilePosition& position) {
  std::string_view line = TrimLeft(WithoutEnd(raw));
  if (line.empty()) {
    open_ = Open::kNone;
    return true;
  }
  if (!has_position_) {
    has_position_ = true;
    entry_.position = position;
    if (raw.ends_with("\r\n")) entry_.line_end = "\r\n";
  }
  const size_t end = begin + raw.size();
  std::string rest;
  if (line.starts_with(kObsolete)) {
    entry_.is_obsolete = true;
    rest = WithoutObsolete(line);
    line = rest;
    if (line.empty()) return true;
  }
  if (line.starts_with('#')) return AddComment(line, begin, end);
  return AddString(line, begin, end);
}

bool PoEntryBuilder::AddComment(std::string_view line, size_t begin,
                                size_t end) {
  PoComment comment{.begin = begin, .end = end};
  line.remove_prefix(1);
  if (!line.empty() &&
      std::string_view(".:,|").find(line.front()) != std::string_view::npos) {
    comment.kind = line.front();
    line.remove_prefix(1);
  }
  if (line.starts_with(' ')) line.remove_prefix(1);
  comment.text = line;
  entry_.comments.push_back(std::move(comment));
  return true;
}

bool PoEntryBuilder::AddString(std::string_view line, size_t begin,
                               size_t end) {
  if (line.starts_with('"')) {
    PoString* string = nullptr;
    if (open_ == Open::kContext) string = &*entry_.context;
    if (open_ == Open::kId) string = &*entry_.id;
    if (open_ == Open::kPlural) string = &*entry_.plural;
    if (open_ == Open::kTranslation) string = &entry_.translations.back();
    const std::optional<std::string> text = ReadPoString(line);
    if (string == nullptr || !text) return false;
    string->text += *text;
    string->end = end;
    return true;
  }
  const size_t quote = line.find('"');
  if (quote == std::string_view::npos) return false;
  std::optional<std::string> text = ReadPoString(line.substr(quote));
  if (!text) return false;
  PoString string{.begin = begin, .end = end, .text = *std::move(text)};
  if (HasKeyword(line, "msgctxt") && !entry_.context && !entry_.id) {
    entry_.context = std::move(string);
    open_ = Open::kContext;
  } else if (HasKeyword(line, "msgid") && !entry_.id) {
    entry_.id = std::move(string);
    open_ = Open::kId;
  } else if (HasKeyword(line, "msgid_plural") && entry_.id && !entry_.plural) {
    entry_.plural = std::move(string);
    open_ = Open::kPlural;
  } else if ((HasKeyword(line, "msgstr") || line.starts_with("msgstr[")) &&
             entry_.id) {
    entry_.translations.push_back(std::move(string));
    open_ = Open::kTranslation;
  } else {
    open_ = Open::kNone;
    return false;
  }
  return true;
}

}  // namespace tercet
