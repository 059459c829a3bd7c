#include "service/formats/text_script.h"

#include <algorithm>
#include <array>

namespace tercet {
namespace {

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// `es` of `es-MX"`; empty for what is no tag of a language.
std::string BaseOf(std::string_view tag) {
  std::string base;
  for (const char c : tag) {
    if (!IsLetter(c)) break;
    base += static_cast<char>(c | 0x20);
  }
  const bool has_end = base.size() == tag.size() ||
                       std::string_view("-_\"'\\@. ").find(tag[base.size()]) !=
                           std::string_view::npos;
  return has_end && (base.size() == 2 || base.size() == 3) ? base : "";
}

void AddBehind(std::string_view text, std::string_view name,
               std::set<std::string>& languages) {
  for (size_t at = text.find(name); at != std::string_view::npos;
       at = text.find(name, at)) {
    at += name.size();
    const std::string_view rest = text.substr(at);
    const bool is_quoted =
        !rest.empty() && (rest.front() == '"' || rest.front() == '\'');
    languages.insert(BaseOf(rest.substr(is_quoted ? 1 : 0, 16)));
  }
}

// "es": of JSON.
void AddMembers(std::string_view text, std::set<std::string>& languages) {
  for (size_t at = text.find("\":"); at != std::string_view::npos;
       at = text.find("\":", at + 1)) {
    const size_t begin = at == 0 ? at : text.rfind('"', at - 1);
    if (begin == std::string_view::npos) continue;
    languages.insert(BaseOf(text.substr(begin + 1, at - begin - 1)));
  }
}

// The names of columns, where two or more are languages.
void AddColumns(std::string_view line, std::set<std::string>& languages) {
  for (const char delimiter : {'\t', ',', ';'}) {
    std::set<std::string> columns;
    for (std::string_view rest = line; !rest.empty();) {
      const size_t end = std::min(rest.find(delimiter), rest.size());
      columns.insert(BaseOf(rest.substr(0, end)));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    columns.erase("");
    if (columns.size() > 1) languages.merge(columns);
  }
}

}  // namespace

std::set<std::string> LanguagesNamedIn(std::string_view head) {
  std::set<std::string> languages;
  for (const std::string_view name :
       {"lang=", "Lang=", "LANG=", "language=", "Language: "}) {
    AddBehind(head, name, languages);
  }
  if (head.starts_with('{')) AddMembers(head, languages);
  AddColumns(head.substr(0, head.find_first_of("\r\n")), languages);
  languages.erase("");
  return languages;
}

std::set<std::string> BaseLanguages(std::span<const LanguageTag> tags) {
  std::set<std::string> bases;
  for (const LanguageTag& tag : tags) {
    if (!tag.empty()) bases.emplace(tag.language());
  }
  return bases;
}

TextScript ScriptOf(const std::set<std::string>& languages) {
  static constexpr std::array<std::string_view, 16> kWestern = {
      "ca", "da", "de", "en", "es", "eu", "fi", "fr",
      "gl", "is", "it", "nb", "nl", "no", "pt", "sv"};
  if (languages.contains("zh")) return TextScript::kHan;
  const bool is_western =
      !languages.empty() &&
      std::ranges::all_of(languages, [](const std::string& language) {
        return std::ranges::find(kWestern, language) != kWestern.end();
      });
  return is_western ? TextScript::kWestern : TextScript::kUnknown;
}

}  // namespace tercet
