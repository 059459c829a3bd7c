#include "tests/support/plain_search.h"

#include <algorithm>
#include <cctype>
#include <memory>
#include <set>
#include <tuple>
#include <utility>

#include "fmt/format.h"
#include "service/base/utf8.h"
#include "service/text/analysis.h"
#include "service/text/icu.h"
#include "service/text/language.h"
#include "service/text/stem.h"
#include "service/text/tokenize.h"

namespace tercet {
namespace {

// A word, mark, or part of an address.
struct Part {
  std::string form;
  size_t begin = 0;
  size_t end = 0;
  size_t address_end = 0;  // Of the address that it is in; else 0.
  bool space_before = false;
  bool is_mark = false;
};

std::string FormOf(std::string_view written, bool is_mark, SearchForm form,
                   std::string_view language) {
  const std::string composed = unicode::ToNfc(written);
  if (form == SearchForm::kExact) return composed;
  std::string folded;
  for (size_t i = 0; i < composed.size();) {
    AppendUtf8(folded, unicode::FoldCharacter(DecodeUtf8(composed, &i)));
  }
  if (form == SearchForm::kFolded || is_mark) return folded;
  return std::string(Stemmer(language).Stem(folded));
}

std::vector<Part> PartsOf(const Segment& segment, SearchForm form,
                          std::string_view language, bool split_words) {
  std::vector<size_t> breaks;
  for (const InlineCode& code : segment.codes) breaks.push_back(code.offset);
  std::vector<Part> parts;
  const auto add = [&](size_t begin, size_t end, Part part) {
    part.begin = begin;
    part.end = end;
    part.form =
        FormOf(std::string_view(segment.text).substr(begin, end - begin),
               part.is_mark, form, language);
    parts.push_back(std::move(part));
  };
  for (const TokenSpan& token : Tokenize(segment.text, breaks)) {
    const std::string written =
        segment.text.substr(token.begin, token.end - token.begin);
    const bool ascii =
        std::ranges::all_of(written, [](char c) { return c > 0; });
    if (token.kind != SpanKind::kAddress && !(split_words && ascii)) {
      add(token.begin, token.end,
          {.space_before = token.space_before,
           .is_mark = token.kind == SpanKind::kPunctuation});
      continue;
    }
    for (size_t i = 0; i < written.size();) {
      size_t end = i + 1;
      const bool is_mark = std::isalnum(written[i]) == 0;
      while (!is_mark && end < written.size() &&
             std::isalnum(written[end]) != 0) {
        ++end;
      }
      add(token.begin + i, token.begin + end,
          {.address_end = token.kind == SpanKind::kAddress ? token.end : 0,
           .space_before = i == 0 && token.space_before,
           .is_mark = is_mark});
      i = end;
    }
  }
  return parts;
}

bool StandAt(const std::vector<Part>& parts, const std::vector<Part>& text,
             size_t begin) {
  if (parts.empty() || begin + parts.size() > text.size()) return false;
  return std::equal(
      parts.begin(), parts.end(), text.begin() + static_cast<ptrdiff_t>(begin),
      [](const Part& a, const Part& b) { return a.form == b.form; });
}

// The phrase as parts, and as parts of an address.
struct PlainPhrase {
  std::vector<Part> parts;
  std::vector<Part> in_address;
};

void TrimMarks(std::vector<Part>& parts) {
  if (std::ranges::all_of(parts, &Part::is_mark)) return;
  while (parts.front().is_mark) parts.erase(parts.begin());
  while (parts.back().is_mark) parts.pop_back();
}

// `parts` cut before every one that has white space before it.
std::vector<std::vector<Part>> Split(const std::vector<Part>& parts) {
  std::vector<std::vector<Part>> all;
  for (const Part& part : parts) {
    if (all.empty() || part.space_before) all.emplace_back();
    all.back().push_back(part);
  }
  return all;
}

std::vector<PlainPhrase> PhrasesOf(const TextCondition& condition,
                                   std::string_view language) {
  std::vector<PlainPhrase> phrases;
  for (const std::string& text : condition.phrases) {
    const std::vector<Part> parts =
        PartsOf({.text = text}, condition.form, language, false);
    const std::vector<Part> cut =
        PartsOf({.text = text}, condition.form, language, true);
    if (!condition.all_words) {
      phrases.push_back({parts, cut});
      continue;
    }
    const auto words = Split(parts);
    const auto words_cut = Split(cut);
    for (size_t i = 0; i < words.size(); ++i) {
      phrases.push_back({words[i], words_cut[i]});
      TrimMarks(phrases.back().parts);
      TrimMarks(phrases.back().in_address);
    }
  }
  return phrases;
}

// The bytes of a variant that a condition finds; empty unless it meets it.
std::set<size_t> BytesFound(const Variant& variant,
                            const TextCondition& condition) {
  if (!condition.language.empty() &&
      !IsIn(variant.language, condition.language)) {
    return {};
  }
  const std::string language = ResolveLanguage(variant.language).base;
  const std::vector<Part> text =
      PartsOf(variant.segment, condition.form, language, false);
  std::set<size_t> bytes;
  for (const PlainPhrase& phrase : PhrasesOf(condition, language)) {
    bool found = false;
    for (size_t i = 0; i < text.size();) {
      size_t count = 0;
      const size_t cut_last = i + phrase.in_address.size() - 1;
      if (StandAt(phrase.parts, text, i)) {
        count = phrase.parts.size();
      } else if (StandAt(phrase.in_address, text, i) &&
                 text[i].address_end != 0 &&
                 text[i].address_end == text[cut_last].address_end) {
        count = phrase.in_address.size();
      }
      if (count == 0) {
        ++i;
        continue;
      }
      found = true;
      for (size_t b = text[i].begin; b < text[i + count - 1].end; ++b) {
        bytes.insert(b);
      }
      i += count;
    }
    if (!found) return {};
  }
  return bytes;
}

}  // namespace

StatusOr<std::vector<SearchHit>> PlainSearch(
    const Database& database, std::optional<std::string_view> memory_id,
    const SearchQuery& query) {
  struct Found {
    size_t length = 0;
    SearchHit hit;
  };
  std::vector<Found> all;
  ASSIGN_OR_RETURN(const Page<Memory> memories,
                   database.ListMemories({.size = 1000}));
  for (const Memory& memory : memories.items) {
    if (memory_id.has_value() && memory.id != *memory_id) continue;
    ASSIGN_OR_RETURN(const std::unique_ptr<UnitWalk> walk,
                     database.WalkUnits(memory.id));
    while (true) {
      ASSIGN_OR_RETURN(std::optional<UnitEntry> entry, walk->Next());
      if (!entry.has_value()) break;
      if (!Matches(query.filter, *entry)) continue;
      std::vector<std::set<size_t>> bytes(entry->unit.variants.size());
      size_t met = 0;
      size_t length = SIZE_MAX;
      for (const TextCondition& condition : query.conditions) {
        bool any = false;
        for (size_t v = 0; v < bytes.size(); ++v) {
          const Variant& variant = entry->unit.variants[v];
          const std::set<size_t> found = BytesFound(variant, condition);
          if (found.empty()) continue;
          bytes[v].insert(found.begin(), found.end());
          any = true;
          if (&condition != &query.conditions.front()) continue;
          length = std::min(
              length,
              Analyze(variant.segment, ResolveLanguage(variant.language).base)
                  .stems.size());
        }
        met += any ? 1 : 0;
      }
      if (met < query.conditions.size()) continue;
      Found found{.length = length};
      for (size_t v = 0; v < bytes.size(); ++v) {
        if (bytes[v].empty()) continue;
        VariantHit variant{.variant = v};
        for (const size_t b : bytes[v])
          variant.spans.push_back(
              {static_cast<uint32_t>(b), static_cast<uint32_t>(b + 1)});
        found.hit.variants.push_back(std::move(variant));
      }
      found.hit.entry = *std::move(entry);
      all.push_back(std::move(found));
    }
  }
  std::ranges::sort(all, {}, [](const Found& found) {
    return std::tuple(found.length, found.hit.entry.memory_id,
                      ~static_cast<uint64_t>(found.hit.entry.number));
  });
  std::vector<SearchHit> hits;
  for (Found& found : all) hits.push_back(std::move(found.hit));
  return hits;
}

std::vector<std::string> Describe(const std::vector<SearchHit>& hits) {
  std::vector<std::string> lines;
  for (const SearchHit& hit : hits) {
    std::string line = fmt::format("{}/{}", hit.entry.memory_id, hit.entry.id);
    for (const VariantHit& variant : hit.variants) {
      const std::string& text =
          hit.entry.unit.variants[variant.variant].segment.text;
      std::string marks(text.size(), '-');
      for (const TextSpan& span : variant.spans) {
        for (uint32_t i = span.begin; i < span.end; ++i) marks[i] = '^';
      }
      line += fmt::format(" {}:'{}' {}", variant.variant, text, marks);
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace tercet
