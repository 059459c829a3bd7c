// The conditions of a search, made ready for the texts of every language.
#ifndef TERCET_SERVICE_MEMORY_TEXT_CONDITIONS_H_
#define TERCET_SERVICE_MEMORY_TEXT_CONDITIONS_H_

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/match/concordance.h"
#include "service/memory/types.h"

namespace tercet {

// Not thread-safe.
class TextConditions {
 public:
  // `query` must outlive it.
  explicit TextConditions(const SearchQuery& query) : query_(query) {}

  // The variants that meet a condition, and where; empty unless the unit meets
  // all conditions.
  std::vector<VariantHit> Find(const Unit& unit);

  // The length in words of the shortest variant that meets the first condition.
  // REQUIRES: one does.
  uint32_t LengthOf(const Unit& unit);

  // As PhraseMatcher::words, of all phrases of condition `i`.
  std::vector<std::vector<uint32_t>> Words(size_t i, std::string_view language);

  // Whether texts of base language `language` can meet condition `i`.
  bool Wants(size_t i, std::string_view language) const;

 private:
  // Of one condition in one language.
  using Matchers = std::vector<PhraseMatcher>;

  const Matchers& MatchersOf(size_t i, std::string_view language);
  // Where the phrases of condition `i` stand; empty unless all do.
  std::vector<TextSpan> FindIn(const Variant& variant, size_t i);

  const SearchQuery& query_;
  std::map<std::string, std::vector<Matchers>, std::less<>> matchers_;
};

}  // namespace tercet

#endif  // TERCET_SERVICE_MEMORY_TEXT_CONDITIONS_H_
