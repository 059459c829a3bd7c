#include "service/align/local_lexicon.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace tercet {
namespace {

constexpr int kRounds = 4;
// Taken off each count: words that met once by chance are no translations.
constexpr float kDiscount = 0.6F;
// How often a known pair counts as seen already.
constexpr float kKnownCount = 4;
constexpr float kUnseenPair = 0.05F;
// Bounds time and memory; a document has had its say by then.
constexpr size_t kMaxMeetings = 6'000'000;

uint64_t PairKey(uint32_t first, uint32_t second) {
  return uint64_t{first} << 32 | second;
}

// Numbers of pairs, by their keys: open addressing, at most half full. A node
// for each pair would take most of the time that learning takes.
class PairNumbers {
 public:
  static constexpr uint32_t kNone = UINT32_MAX;

  // The pair's number, which is `next` where it has none yet.
  uint32_t Emplace(uint64_t key, uint32_t next) {
    if (2 * (size_ + 1) > slots_.size()) Grow();
    Slot& slot = slots_[PlaceOf(key)];
    if (slot.number != kNone) return slot.number;
    slot = {key, next};
    ++size_;
    return next;
  }

  uint32_t Find(uint64_t key) const { return slots_[PlaceOf(key)].number; }

 private:
  struct Slot {
    uint64_t key = 0;
    uint32_t number = kNone;
  };
  static constexpr int kFirstBits = 10;

  // Where the key is, or would be.
  size_t PlaceOf(uint64_t key) const {
    constexpr uint64_t kGoldenRatio = 0x9E3779B97F4A7C15;
    size_t at = key * kGoldenRatio >> (64 - bits_);
    while (slots_[at].number != kNone && slots_[at].key != key) {
      at = (at + 1) & (slots_.size() - 1);
    }
    return at;
  }

  void Grow() {
    std::vector<Slot> old(size_t{1} << ++bits_);
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.number != kNone) slots_[PlaceOf(slot.key)] = slot;
    }
  }

  int bits_ = kFirstBits;
  std::vector<Slot> slots_ = std::vector<Slot>(size_t{1} << kFirstBits);
  size_t size_ = 0;
};

// Two words that met in a bead.
struct Pair {
  uint32_t first = 0;
  uint32_t second = 0;
  float strength = 1;  // What the last round made of it.
  float count = 0;     // What this round makes of it.
  float known = 0;     // What was known of it before.
  float rarity = 0;    // Frequent words meet everything.
};

// A bead as the pairs of its words: all pairs of a row of first words.
struct Meeting {
  uint32_t rows = 0;
  uint32_t columns = 0;
  size_t begin = 0;  // Into pair numbers, row by row.
  float weight = 0;
};

std::vector<uint32_t> RepeatedWords(const VersionText& text, uint32_t begin,
                                    uint32_t end) {
  constexpr uint32_t kMinSentences = 2;
  std::vector<uint32_t> words;
  for (uint32_t i = begin; i < end; ++i) {
    for (const WordCount& count : text.units[i].words) {
      if (text.words[count.word].sentences >= kMinSentences) {
        words.push_back(count.word);
      }
    }
  }
  std::ranges::sort(words);
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

class Learner {
 public:
  Learner(const VersionText& first, const VersionText& second,
          std::span<const WordPair> known)
      : first_(first),
        second_(second),
        first_totals_(first.words.size()),
        second_totals_(second.words.size()) {
    for (const WordPair& pair : known) {
      const auto next = static_cast<uint32_t>(known_strengths_.size());
      if (known_.Emplace(PairKey(pair.first, pair.second), next) != next) {
        continue;
      }
      known_strengths_.push_back(std::sqrt(pair.forward * pair.backward));
    }
  }

  void AddBead(const TrainingBead& bead) {
    const std::vector<uint32_t> rows =
        RepeatedWords(first_, bead.first_begin, bead.first_end);
    const std::vector<uint32_t> columns =
        RepeatedWords(second_, bead.second_begin, bead.second_end);
    if (numbers_.size() + rows.size() * columns.size() > kMaxMeetings) return;
    meetings_.push_back({static_cast<uint32_t>(rows.size()),
                         static_cast<uint32_t>(columns.size()), numbers_.size(),
                         bead.weight});
    for (const uint32_t row : rows) first_totals_[row] += bead.weight;
    for (const uint32_t column : columns) {
      second_totals_[column] += bead.weight;
    }
    for (const uint32_t row : rows) {
      for (const uint32_t column : columns) {
        numbers_.push_back(NumberOf(row, column));
      }
    }
  }

  std::vector<WordPair> Learn() {
    for (Pair& pair : pairs_) {
      pair.rarity = 1 / std::sqrt((1 + first_totals_[pair.first]) *
                                  (1 + second_totals_[pair.second]));
    }
    for (int round = 0; round < kRounds; ++round) {
      for (const Meeting& meeting : meetings_) Count(meeting);
      for (Pair& pair : pairs_) {
        pair.strength =
            kUnseenPair * pair.rarity +
            std::max(0.0F, pair.count - kDiscount * 0.5F) * pair.rarity +
            pair.known;
        if (round + 1 < kRounds) pair.count = 0;
      }
    }
    return Result();
  }

 private:
  uint32_t NumberOf(uint32_t row, uint32_t column) {
    const uint64_t key = PairKey(row, column);
    const auto next = static_cast<uint32_t>(pairs_.size());
    const uint32_t number = number_of_.Emplace(key, next);
    if (number == next) {
      const uint32_t known = known_.Find(key);
      pairs_.push_back(
          {.first = row,
           .second = column,
           .known = known == PairNumbers::kNone ? 0 : known_strengths_[known]});
    }
    return number;
  }

  // Each word gives its occurrence to the words it met, by their strength.
  void Count(const Meeting& meeting) {
    row_sums_.assign(meeting.rows, 0);
    column_sums_.assign(meeting.columns, 0);
    size_t at = meeting.begin;
    for (uint32_t i = 0; i < meeting.rows; ++i) {
      for (uint32_t j = 0; j < meeting.columns; ++j, ++at) {
        const float strength = pairs_[numbers_[at]].strength;
        row_sums_[i] += strength;
        column_sums_[j] += strength;
      }
    }
    at = meeting.begin;
    for (uint32_t i = 0; i < meeting.rows; ++i) {
      for (uint32_t j = 0; j < meeting.columns; ++j, ++at) {
        Pair& pair = pairs_[numbers_[at]];
        pair.count += meeting.weight * pair.strength /
                      std::sqrt(row_sums_[i] * column_sums_[j]);
      }
    }
  }

  std::vector<WordPair> Result() const {
    std::vector<WordPair> result;
    for (const Pair& pair : pairs_) {
      const float known = kKnownCount * pair.known;
      const float count = std::max(0.0F, pair.count - kDiscount) + known;
      const float forward = count / (first_totals_[pair.first] + kKnownCount);
      const float backward =
          count / (second_totals_[pair.second] + kKnownCount);
      constexpr float kLeast = 0.01F;
      if (forward < kLeast && backward < kLeast) continue;
      result.push_back({.first = pair.first,
                        .second = pair.second,
                        .forward = std::min(1.0F, forward),
                        .backward = std::min(1.0F, backward)});
    }
    return result;
  }

  const VersionText& first_;
  const VersionText& second_;
  PairNumbers known_;
  std::vector<float> known_strengths_;  // By number.
  PairNumbers number_of_;
  std::vector<Pair> pairs_;
  std::vector<uint32_t> numbers_;
  std::vector<Meeting> meetings_;
  std::vector<float> first_totals_;
  std::vector<float> second_totals_;
  std::vector<float> row_sums_;
  std::vector<float> column_sums_;
};

}  // namespace

std::vector<WordPair> LearnPairs(const VersionText& first,
                                 const VersionText& second,
                                 std::span<const TrainingBead> beads,
                                 std::span<const WordPair> known) {
  Learner learner(first, second, known);
  for (const TrainingBead& bead : beads) learner.AddBead(bead);
  return learner.Learn();
}

}  // namespace tercet
