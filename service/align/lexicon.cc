#include "service/align/lexicon.h"

#include <algorithm>
#include <array>
#include <bit>
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
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

// Where words are in a list, by their keys: open addressing, at most half full.
class WordPlaces {
 public:
  static constexpr uint32_t kNone = UINT32_MAX;

  explicit WordPlaces(size_t words)
      : slots_(std::bit_ceil(2 * words + 2)), mask_(slots_.size() - 1) {}

  // REQUIRES: `key` is new.
  void Add(uint32_t key, uint32_t place) {
    size_t at = key & mask_;
    while (slots_[at].place != kNone) at = (at + 1) & mask_;
    slots_[at] = {key, place};
  }

  uint32_t Find(uint32_t key) const {
    size_t at = key & mask_;
    while (slots_[at].place != kNone && slots_[at].key != key) {
      at = (at + 1) & mask_;
    }
    return slots_[at].place;
  }

 private:
  struct Slot {
    uint32_t key = 0;
    uint32_t place = kNone;
  };
  std::vector<Slot> slots_;
  size_t mask_;
};

}  // namespace

// All words of one sentence with all of its translation.
struct LexiconPair::Meeting {
  std::vector<Row*> rows;
  std::vector<Totals*> columns;
  std::vector<float> strengths;  // Row by row.
  std::vector<float> row_sums;
  std::vector<float> column_sums;
};

void LexiconPair::Learn(std::span<const uint32_t> first,
                        std::span<const uint32_t> second) {
  if (first.empty() || second.empty() || first.size() > kMaxLearntWords ||
      second.size() > kMaxLearntWords) {
    return;
  }
  const Meeting meeting = Meet(first, second);
  // The share of each pair in its row and in its column, whose mean is added
  // (agreement of both directions, Liang, Taskar and Klein 2006).
  auto strength = meeting.strengths.begin();
  for (size_t i = 0; i < first.size(); ++i) {
    Row& row = *meeting.rows[i];
    row.totals.sentences += 1;
    for (size_t j = 0; j < second.size(); ++j, ++strength) {
      const float share =
          *strength / std::sqrt(meeting.row_sums[i] * meeting.column_sums[j]);
      if (share < kLeastCount) continue;
      Add(second[j], share, row);
      row.totals.linked += share;
      meeting.columns[j]->linked += share;
    }
  }
  for (Totals* column : meeting.columns) column->sentences += 1;
  Prune();
}

LexiconPair::Meeting LexiconPair::Meet(std::span<const uint32_t> first,
                                       std::span<const uint32_t> second) {
  Meeting meeting = {
      .strengths = std::vector<float>(first.size() * second.size()),
      .row_sums = std::vector<float>(first.size()),
      .column_sums = std::vector<float>(second.size())};
  WordPlaces places(second.size());
  for (uint32_t j = 0; j < second.size(); ++j) {
    meeting.columns.push_back(&columns_[second[j]]);
    places.Add(second[j], j);
  }
  for (size_t i = 0; i < first.size(); ++i) {
    Row& row = rows_[first[i]];
    meeting.rows.push_back(&row);
    const std::span<float> strengths =
        std::span(meeting.strengths).subspan(i * second.size(), second.size());
    // The counts first, from the few words that the row knows.
    for (const Entry& entry : row.entries) {
      const uint32_t j = places.Find(entry.word);
      if (j != WordPlaces::kNone) strengths[j] = entry.count;
    }
    const float total = row.totals.sentences;
    for (size_t j = 0; j < second.size(); ++j) {
      const float count = strengths[j];
      const float second_total = meeting.columns[j]->sentences;
      float strength = kUnseenPair / (1 + std::sqrt(total * second_total));
      if (count > 0) {
        strength += count / std::sqrt((1 + total) * (1 + second_total));
      }
      strengths[j] = strength;
      meeting.row_sums[i] += strength;
      meeting.column_sums[j] += strength;
    }
  }
  return meeting;
}

void LexiconPair::Add(uint32_t second_word, float count, Row& row) {
  std::vector<Entry>& entries = row.entries;
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
    Row& own = rows_[word];
    AddTotals(own.totals, row.totals);
    for (const Entry& entry : row.entries) Add(entry.word, entry.count, own);
  }
  for (const auto& [word, totals] : other.columns_) {
    AddTotals(columns_[word], totals);
  }
  Prune();
}

KnownWords LexiconPair::Find(std::span<const uint32_t> first,
                             std::span<const uint32_t> second) const {
  KnownWords known = {.first_reliability = std::vector<float>(first.size()),
                      .second_reliability = std::vector<float>(second.size())};
  std::vector<float> second_sentences(second.size());
  // A row has up to a hundred words, few of which a document has: they are
  // looked for among its own first, which are at hand.
  WordPlaces places(second.size());
  for (uint32_t j = 0; j < second.size(); ++j) {
    const auto column = columns_.find(second[j]);
    if (column == columns_.end()) continue;
    second_sentences[j] = column->second.sentences;
    known.second_reliability[j] = Reliability(column->second);
    places.Add(second[j], j);
  }
  for (uint32_t i = 0; i < first.size(); ++i) {
    const auto row = rows_.find(first[i]);
    if (row == rows_.end()) continue;
    const float sentences = row->second.totals.sentences;
    known.first_reliability[i] = Reliability(row->second.totals);
    for (const Entry& entry : row->second.entries) {
      const uint32_t j = places.Find(entry.word);
      if (j == WordPlaces::kNone) continue;
      known.translations.push_back(
          {.first = i,
           .second = j,
           .forward = std::min(1.0F, entry.count / (sentences + 1)),
           .backward =
               std::min(1.0F, entry.count / (second_sentences[j] + 1))});
    }
  }
  return known;
}

float LexiconPair::Reliability(const Totals& totals) {
  constexpr float kDoubt = 2;  // A word seen once is not reliable.
  return std::min(1.0F, totals.linked / (totals.sentences + kDoubt));
}

void LexiconPair::AddTotals(Totals& totals, const Totals& more) {
  totals.sentences += more.sentences;
  totals.linked += more.linked;
}

void Lexicon::Learn(std::span<const LanguageText> texts) {
  std::vector<std::vector<uint32_t>> words;
  words.reserve(texts.size());
  for (const LanguageText& text : texts) words.push_back(Words(text));
  for (size_t a = 0; a < texts.size(); ++a) {
    for (size_t b = a + 1; b < texts.size(); ++b) {
      if (texts[a].language == texts[b].language) continue;
      const bool in_order = texts[a].language < texts[b].language;
      const size_t first = in_order ? a : b;
      const size_t second = in_order ? b : a;
      pairs_[PairName(texts[first].language, texts[second].language)].Learn(
          words[first], words[second]);
    }
  }
}

void Lexicon::Learn(const LanguageText& a, const LanguageText& b) {
  const std::array<LanguageText, 2> texts = {a, b};
  Learn(texts);
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
