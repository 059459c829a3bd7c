// Which language tags mean the same.
//
//   ResolveLanguage(zh)      == ResolveLanguage(zh-CN) == (zh, Hans, CN)
//   ResolveLanguage(zh-TW)   == ResolveLanguage(zh-Hant)
//   ResolveLanguage(es)      != ResolveLanguage(es-MX), the same language
//
// By CLDR's likely subtags (ICU). Thread-safe.
#ifndef TERCET_SERVICE_TEXT_LANGUAGE_H_
#define TERCET_SERVICE_TEXT_LANGUAGE_H_

#include <compare>
#include <string>

#include "service/model/language_tag.h"

namespace tercet {

// A language with everything that its tag leaves unsaid.
struct Language {
  std::string base;    // `zh`: what is searched together.
  std::string script;  // `Hans`; empty when unknown.
  std::string region;  // `CN`; empty when unknown.

  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 takes <=> for 0.
  friend auto operator<=>(const Language&, const Language&) = default;
};

Language ResolveLanguage(const LanguageTag& tag);

// Whether a text in `language` is in the language that is asked for: `es` asks
// for any region, `es-MX` and `zh-Hant` for just these.
bool IsIn(const LanguageTag& language, const LanguageTag& asked);

}  // namespace tercet

#endif  // TERCET_SERVICE_TEXT_LANGUAGE_H_
