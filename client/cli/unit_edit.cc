#include "client/cli/unit_edit.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "client/cli/exit_code.h"
#include "client/cli/language_argument.h"
#include "service/base/utf8.h"

namespace tercet::cli {
namespace {

// `en, zh-CN`
std::string CodesOf(const v1::Unit& unit) {
  std::string codes;
  for (const v1::Variant& variant : unit.variants()) {
    if (!codes.empty()) codes += ", ";
    codes += variant.language_code();
  }
  return codes;
}

Status RemoveLanguage(std::string_view language, v1::Unit& unit) {
  auto& variants = *unit.mutable_variants();
  const auto rest = std::remove_if(
      variants.begin(), variants.end(), [language](const v1::Variant& variant) {
        return SameCode(variant.language_code(), language);
      });
  if (rest == variants.end()) {
    return UsageError(
        fmt::format("--remove: the unit has no text in '{}'; it has {}",
                    language, CodesOf(unit)));
  }
  variants.erase(rest, variants.end());
  return OkStatus();
}

void AddText(const LanguageText& text, v1::Unit& unit) {
  v1::Variant& variant = *unit.add_variants();
  variant.set_language_code(text.language);
  variant.set_text(text.text);
}

// A text in a language of which the unit has only other regions.
Status CheckNewLanguage(std::string_view language, const v1::Unit& unit) {
  for (const v1::Variant& variant : unit.variants()) {
    const std::string& code = variant.language_code();
    if (PrimaryLanguage(code) != PrimaryLanguage(language)) continue;
    return UsageError(
        fmt::format("the unit has no text in '{0}' but one in '{1}': write "
                    "{1}=TEXT to replace that, or --add {0}=TEXT for a "
                    "further one",
                    language, code));
  }
  return OkStatus();
}

// The new text stands where the first old one stood, so that the order of the
// languages stays.
Status SetText(const LanguageText& text, v1::Unit& unit) {
  auto& variants = *unit.mutable_variants();
  const auto same = [&text](const v1::Variant& variant) {
    return SameCode(variant.language_code(), text.language);
  };
  const auto first = std::find_if(variants.begin(), variants.end(), same);
  if (first == variants.end()) {
    RETURN_IF_ERROR(CheckNewLanguage(text.language, unit));
    AddText(text, unit);
    return OkStatus();
  }
  // The inline codes belong to the old text.
  first->clear_codes();
  first->set_text(text.text);
  variants.erase(std::remove_if(first + 1, variants.end(), same),
                 variants.end());
  return OkStatus();
}

}  // namespace

StatusOr<std::vector<LanguageText>> ParseTexts(
    const std::vector<std::string>& arguments) {
  std::vector<LanguageText> texts;
  for (const std::string& argument : arguments) {
    const size_t sign = argument.find('=');
    if (sign == std::string::npos) {
      return UsageError(fmt::format(
          "'{}' has no language: write LANGUAGE=TEXT, e.g. en=flood",
          argument));
    }
    LanguageText text = {argument.substr(0, sign), argument.substr(sign + 1)};
    RETURN_IF_ERROR(CheckLanguage(argument, text.language));
    if (!IsValidUtf8(text.text)) {
      return UsageError(
          fmt::format("the text of '{}' is not valid UTF-8", text.language));
    }
    texts.push_back(std::move(text));
  }
  return texts;
}

Status ApplyChange(const UnitChange& change, v1::Unit& unit) {
  for (const std::string& language : change.remove) {
    RETURN_IF_ERROR(RemoveLanguage(language, unit));
  }
  for (const LanguageText& text : change.set) {
    RETURN_IF_ERROR(SetText(text, unit));
  }
  for (const LanguageText& text : change.add) AddText(text, unit);
  if (change.source_language.has_value()) {
    unit.set_source_language_code(*change.source_language);
  }
  if (change.document.has_value()) {
    unit.mutable_origin()->set_document(*change.document);
  }
  if (change.state.has_value()) unit.set_state(*change.state);
  if (!change.notes.empty()) {
    *unit.mutable_notes() = {change.notes.begin(), change.notes.end()};
  }
  return OkStatus();
}

std::vector<std::string> MaskOf(const UnitChange& change) {
  std::vector<std::string> mask;
  if (!change.set.empty() || !change.add.empty() || !change.remove.empty()) {
    mask.emplace_back("variants");
  }
  if (change.source_language.has_value()) {
    mask.emplace_back("source_language_code");
  }
  if (change.document.has_value()) mask.emplace_back("origin");
  if (change.state.has_value()) mask.emplace_back("state");
  if (!change.notes.empty()) mask.emplace_back("notes");
  return mask;
}

}  // namespace tercet::cli
