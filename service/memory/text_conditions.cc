#include "service/memory/text_conditions.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

#include "service/text/analysis.h"
#include "service/text/language.h"
#include "service/text/tokenize.h"

namespace tercet {
namespace {

// What stands between white space.
std::vector<std::string_view> SplitAtSpaces(std::string_view text) {
  std::vector<std::string_view> parts;
  size_t begin = 0;
  size_t end = 0;
  for (const TokenSpan& token : Tokenize(text)) {
    if (token.space_before && end > begin) {
      parts.push_back(text.substr(begin, end - begin));
    }
    if (token.space_before || end == 0) begin = token.begin;
    end = token.end;
  }
  if (end > begin) parts.push_back(text.substr(begin, end - begin));
  return parts;
}

std::vector<PhraseMatcher> MakeMatchers(const TextCondition& condition,
                                        std::string_view language) {
  std::vector<PhraseMatcher> matchers;
  for (const std::string& phrase : condition.phrases) {
    if (!condition.all_words) {
      matchers.emplace_back(phrase, condition.form, language);
      continue;
    }
    for (const std::string_view part : SplitAtSpaces(phrase)) {
      matchers.emplace_back(part, condition.form, language,
                            /*trim_marks=*/true);
    }
  }
  return matchers;
}

// In order, those that overlap as one.
void Merge(std::vector<TextSpan>& spans) {
  std::ranges::sort(spans, {}, &TextSpan::begin);
  std::vector<TextSpan> merged;
  for (const TextSpan& span : spans) {
    if (merged.empty() || span.begin >= merged.back().end) {
      merged.push_back(span);
    } else {
      merged.back().end = std::max(merged.back().end, span.end);
    }
  }
  spans = std::move(merged);
}

}  // namespace

bool TextConditions::Wants(size_t i, std::string_view language) const {
  const LanguageTag& asked = query_.conditions[i].language;
  return asked.empty() || ResolveLanguage(asked).base == language;
}

const TextConditions::Matchers& TextConditions::MatchersOf(
    size_t i, std::string_view language) {
  auto it = matchers_.find(language);
  if (it == matchers_.end()) {
    std::vector<Matchers> all;
    for (const TextCondition& condition : query_.conditions) {
      all.push_back(MakeMatchers(condition, language));
    }
    it = matchers_.emplace(std::string(language), std::move(all)).first;
  }
  return it->second[i];
}

std::vector<std::vector<uint32_t>> TextConditions::Words(
    size_t i, std::string_view language) {
  std::vector<std::vector<uint32_t>> words;
  for (const PhraseMatcher& matcher : MatchersOf(i, language)) {
    std::ranges::copy(matcher.words(), std::back_inserter(words));
  }
  return words;
}

std::vector<TextSpan> TextConditions::FindIn(const Variant& variant, size_t i) {
  const TextCondition& condition = query_.conditions[i];
  if (!condition.language.empty() &&
      !IsIn(variant.language, condition.language)) {
    return {};
  }
  const std::string language = ResolveLanguage(variant.language).base;
  const SearchText text(variant.segment, condition.form, language);
  std::vector<TextSpan> spans;
  for (const PhraseMatcher& matcher : MatchersOf(i, language)) {
    const std::vector<TextSpan> found = matcher.Find(text);
    if (found.empty()) return {};
    std::ranges::copy(found, std::back_inserter(spans));
  }
  return spans;
}

std::vector<VariantHit> TextConditions::Find(const Unit& unit) {
  std::vector<VariantHit> hits(unit.variants.size());
  for (size_t i = 0; i < query_.conditions.size(); ++i) {
    bool any = false;
    for (size_t v = 0; v < hits.size(); ++v) {
      hits[v].variant = v;
      const std::vector<TextSpan> spans = FindIn(unit.variants[v], i);
      std::ranges::copy(spans, std::back_inserter(hits[v].spans));
      any = any || !spans.empty();
    }
    if (!any) return {};
  }
  std::erase_if(hits, [](const VariantHit& hit) { return hit.spans.empty(); });
  for (VariantHit& hit : hits) Merge(hit.spans);
  return hits;
}

uint32_t TextConditions::LengthOf(const Unit& unit) {
  uint32_t length = std::numeric_limits<uint32_t>::max();
  for (const Variant& variant : unit.variants) {
    if (FindIn(variant, 0).empty()) continue;
    const std::string language = ResolveLanguage(variant.language).base;
    length = std::min(
        length,
        static_cast<uint32_t>(Analyze(variant.segment, language).stems.size()));
  }
  return length;
}

}  // namespace tercet
