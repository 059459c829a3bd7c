#include "client/cli/exact_match.h"

#include <algorithm>

#include "client/cli/language_argument.h"

namespace tercet::cli {
namespace {

bool SameLanguage(std::string_view a, std::string_view b) {
  return PrimaryLanguage(a) == PrimaryLanguage(b);
}

// Which variant the server found: the one with this very text, or else (it may
// differ in characters that show nothing) the first of the language.
int FindSource(const v1::Unit& unit, const ExactQuery& query) {
  int source = 0;
  bool found_language = false;
  for (int i = 0; i < unit.variants_size(); ++i) {
    const v1::Variant& variant = unit.variants(i);
    if (!SameLanguage(variant.language_code(), query.language)) continue;
    if (variant.text() == query.text) return i;
    if (!found_language) source = i;
    found_language = true;
  }
  return source;
}

bool IsWanted(const v1::Variant& variant, const ExactQuery& query) {
  if (query.targets.empty()) {
    return !SameLanguage(variant.language_code(), query.language);
  }
  return std::ranges::any_of(query.targets, [&](const std::string& target) {
    return SameLanguage(variant.language_code(), target);
  });
}

}  // namespace

v1::Match ExactMatch(const v1::Unit& unit, const ExactQuery& query) {
  v1::Match match;
  *match.mutable_unit() = unit;
  match.set_kind(v1::Match::EXACT);
  match.set_score(100);
  match.set_text_score(100);
  const int source = FindSource(unit, query);
  for (int i = 0; i < unit.variants_size(); ++i) {
    if (i == source) {
      *match.mutable_source() = unit.variants(i);
    } else if (IsWanted(unit.variants(i), query)) {
      *match.add_targets() = unit.variants(i);
    }
  }
  return match;
}

}  // namespace tercet::cli
