#include "service/align/lexicon.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "service/align/features.h"

namespace tercet {
namespace {

// A word's translations; more than that are mostly noise.
constexpr ptrdiff_t kMaxEntries = 48;
constexpr size_t kMaxWords = 500'000;  // On each side.
// Long sentences say little about single words, and cost the product of their
// lengths.
constexpr size_t kMaxLearntWords = 120;
// A pair of words that is less likely than this is not worth remembering.
constexpr float kLeastCount = 0.02F;
// What a pair of words never seen together weighs, against seen ones.
constexpr float kUnseenPair = 0.01F;

std::string PairName(std::string_view first, std::string_view second) {
  std::string name(first);
  name.push_back('\t');
  name.append(second);
  return name;
}

// The keys of the words that can be translated; each once.
std::vector<uint32_t> Words(const LanguageText& text) {
  std::vector<uint32_t> words;
  for (const Feature& feature :
       ExtractFeatures(text.text, text.language).features) {
    if (feature.kind != FeatureKind::kMark &&
        feature.kind != FeatureKind::kNumber) {
      words.push_back(feature.word);
    }
  }
  std::ranges::sort(words);
  const auto rest = std::ranges::unique(words);
  words.erase(rest.begin(), rest.end());
  return words;
}

}  // namespace

void LexiconPair::Learn(std::span<const uint32_t> first,
                        std::span<const uint32_t> second) {
  if (first.empty() || second.empty() || first.size() > kMaxLearntWords ||
      second.size() > kMaxLearntWords) {
    return;
  }
  // The strength of each pair of words as known so far; then the share of each
  // in its row and in its column, whose mean is added (agreement of both
  // directions, Liang, Taskar and Klein 2006).
  std::vector<float> strengths(first.size() * second.size());
  std::vector<float> row_sums(first.size());
  std::vector<float> column_sums(second.size());
  std::vector<float> second_totals(second.size());
  for (size_t j = 0; j < second.size(); ++j) {
    const auto it = columns_.find(second[j]);
    second_totals[j] = it == columns_.end() ? 0 : it->second.sentences;
  }
  for (size_t i = 0; i < first.size(); ++i) {
    const auto row = rows_.find(first[i]);
    for (size_t j = 0; j < second.size(); ++j) {
      float count = 0;
      if (row != rows_.end()) {
        const auto& entries = row->second.entries;
        const auto entry =
            std::ranges::lower_bound(entries, second[j], {}, &Entry::word);
        if (entry != entries.end() && entry->word == second[j]) {
          count = entry->count;
        }
      }
      const float total = row == rows_.end() ? 0 : row->second.totals.sentences;
      const float strength =
          kUnseenPair / (1 + std::sqrt(total * second_totals[j])) +
          count / std::sqrt((1 + total) * (1 + second_totals[j]));
      strengths[i * second.size() + j] = strength;
      row_sums[i] += strength;
      column_sums[j] += strength;
    }
  }
  for (size_t i = 0; i < first.size(); ++i) {
    Totals& row_totals = rows_[first[i]].totals;
    row_totals.sentences += 1;
    for (size_t j = 0; j < second.size(); ++j) {
      const float strength = strengths[i * second.size() + j];
      const float share = strength / std::sqrt(row_sums[i] * column_sums[j]);
      if (share < kLeastCount) continue;
      Add(first[i], second[j], share);
      row_totals.linked += share;
      columns_[second[j]].linked += share;
    }
  }
  for (const uint32_t word : second) columns_[word].sentences += 1;
  Prune();
}

void LexiconPair::Add(uint32_t first_word, uint32_t second_word, float count) {
  std::vector<Entry>& entries = rows_[first_word].entries;
  const auto entry =
      std::ranges::lower_bound(entries, second_word, {}, &Entry::word);
  if (entry != entries.end() && entry->word == second_word) {
    entry->count += count;
    return;
  }
  entries.insert(entry, {second_word, count});
  if (std::ssize(entries) < 2 * kMaxEntries) return;
  // The weaker half makes room, so that what comes later has time to grow.
  std::ranges::nth_element(entries, entries.begin() + kMaxEntries,
                           std::greater<>(), &Entry::count);
  entries.resize(kMaxEntries);
  std::ranges::sort(entries, {}, &Entry::word);
}

void LexiconPair::Prune() {
  // Down to the half, so that it happens seldom.
  const auto prune = [](auto& map, auto total) {
    if (map.size() <= kMaxWords) return;
    for (float least = 1.5F; map.size() > kMaxWords / 2; least *= 2) {
      std::erase_if(map,
                    [&](const auto& item) { return total(item) <= least; });
    }
  };
  prune(rows_, [](const auto& item) { return item.second.totals.sentences; });
  prune(columns_, [](const auto& item) { return item.second.sentences; });
}

void LexiconPair::Merge(const LexiconPair& other) {
  for (const auto& [word, row] : other.rows_) {
    AddTotals(rows_[word].totals, row.totals);
    for (const Entry& entry : row.entries) Add(word, entry.word, entry.count);
  }
  for (const auto& [word, totals] : other.columns_) {
    AddTotals(columns_[word], totals);
  }
  Prune();
}

std::vector<WordTranslation> LexiconPair::Translations(
    uint32_t first_word) const {
  std::vector<WordTranslation> translations;
  const auto row = rows_.find(first_word);
  if (row == rows_.end()) return translations;
  for (const Entry& entry : row->second.entries) {
    const auto column = columns_.find(entry.word);
    if (column == columns_.end()) continue;
    translations.push_back(
        {.word = entry.word,
         .forward =
             std::min(1.0F, entry.count / (row->second.totals.sentences + 1)),
         .backward =
             std::min(1.0F, entry.count / (column->second.sentences + 1))});
  }
  return translations;
}

float LexiconPair::FirstReliability(uint32_t first_word) const {
  const auto row = rows_.find(first_word);
  return row == rows_.end() ? 0 : Reliability(row->second.totals);
}

float LexiconPair::SecondReliability(uint32_t second_word) const {
  const auto column = columns_.find(second_word);
  return column == columns_.end() ? 0 : Reliability(column->second);
}

float LexiconPair::Reliability(const Totals& totals) {
  constexpr float kDoubt = 2;  // A word seen once is not reliable.
  return std::min(1.0F, totals.linked / (totals.sentences + kDoubt));
}

void LexiconPair::AddTotals(Totals& totals, const Totals& more) {
  totals.sentences += more.sentences;
  totals.linked += more.linked;
}

void Lexicon::Learn(const LanguageText& a, const LanguageText& b) {
  if (a.language == b.language) return;
  const bool in_order = a.language < b.language;
  const LanguageText& first = in_order ? a : b;
  const LanguageText& second = in_order ? b : a;
  pairs_[PairName(first.language, second.language)].Learn(Words(first),
                                                          Words(second));
}

void Lexicon::Merge(const Lexicon& other) {
  for (const auto& [name, pair] : other.pairs_) pairs_[name].Merge(pair);
}

const LexiconPair* Lexicon::Find(std::string_view first,
                                 std::string_view second) const {
  const auto it = pairs_.find(PairName(first, second));
  return it == pairs_.end() ? nullptr : &it->second;
}

}  // namespace tercet
