#include "service/align/lexical_gains.h"

#include <algorithm>
#include <cmath>

namespace tercet {
namespace {

// How far a translation is diluted by the number of given words: 1 in IBM model
// 1, which lets a sentence lose too much by having another beside it.
constexpr float kDilution = 1;

// IBM model 1 for one direction: the words of one unit given those of others.
// A word's probability is mixed from the given words' translations and its
// frequency, so that a text full of unknown words is not impossible.
class Given {
 public:
  // `from` says what the given words stand for, `to` how reliable the words
  // are whose gain is asked for.
  Given(const TranslationSide& from, const TranslationSide& to)
      : from_(from), ratios_(to.reliability.size()) {
    trust_.reserve(to.reliability.size());
    absent_.reserve(to.reliability.size());
    for (const float reliability : to.reliability) {
      trust_.push_back(to.trust * reliability);
      absent_.push_back(std::log1p(-trust_.back()));
    }
  }

  void Clear() {
    for (const uint32_t word : touched_) ratios_[word] = 0;
    touched_.clear();
    weight_ = 1;  // The empty word.
    dilution_ = 1;
  }

  void Add(const TextUnit& unit) {
    for (const WordCount& count : unit.words) {
      for (const Counterpart& counterpart : from_.counterparts[count.word]) {
        float& ratio = ratios_[counterpart.word];
        if (ratio == 0) touched_.push_back(counterpart.word);
        ratio += count.weight * counterpart.ratio;
      }
    }
    weight_ += unit.weight;
    dilution_ = std::pow(weight_, kDilution);
  }

  float GainOf(const WordCount& count) const {
    const float ratio = ratios_[count.word];
    if (ratio == 0) return count.weight * absent_[count.word];
    const float trust = trust_[count.word];
    return count.weight * std::log(1 - trust + trust * ratio / dilution_);
  }

  // How likely the word is there as a translation and not by itself.
  float FoundOf(const WordCount& count) const {
    const float ratio = ratios_[count.word];
    if (ratio == 0) return 0;
    const float trust = trust_[count.word];
    const float translated = trust * ratio / dilution_;
    return count.weight * translated / (1 - trust + translated);
  }

  float GainOf(const TextUnit& unit) const {
    float gain = 0;
    for (const WordCount& count : unit.words) gain += GainOf(count);
    return gain;
  }

 private:
  const TranslationSide& from_;
  std::vector<float> ratios_;  // Of the given words, by asked word.
  std::vector<uint32_t> touched_;
  std::vector<float> trust_;
  std::vector<float> absent_;
  float weight_ = 1;
  float dilution_ = 1;
};

// For each place of the second version the rows [begin, end) that have it.
struct Column {
  uint32_t begin = 0;
  uint32_t end = 0;
};

std::vector<Column> ColumnsOf(const Band& band, uint32_t second_size) {
  std::vector<Column> columns(second_size);
  uint32_t begin = 0;
  uint32_t end = 0;
  const uint32_t rows = band.rows() - 1;
  for (uint32_t j = 0; j < second_size; ++j) {
    while (begin < rows && band.high[begin] < j) ++begin;
    while (end < rows && band.low[end] <= j) ++end;
    columns[j] = {begin, end};
  }
  return columns;
}

}  // namespace

LexicalGains::LexicalGains(std::span<const TextUnit> first,
                           std::span<const TextUnit> second,
                           const Translations& translations, const Band& band)
    : band_(band), second_size_(static_cast<uint32_t>(second.size())) {
  offsets_.reserve(band.rows());
  size_t size = 0;
  for (uint32_t i = 0; i < band.rows(); ++i) {
    offsets_.push_back(size);
    size += band.high[i] - band.low[i] + 1;
  }
  for (auto& table : forward_) table.resize(size);
  for (auto& table : backward_) table.resize(size);

  Given forward(translations.first, translations.second);
  for (uint32_t i = 0; i < first.size(); ++i) {
    forward.Clear();
    const uint32_t end = std::min(band.high[i] + 1, second_size_);
    for (uint32_t a = 0; a < kMaxMerged && i + a < first.size(); ++a) {
      forward.Add(first[i + a]);
      for (uint32_t j = band.low[i]; j < end; ++j) {
        forward_[a][IndexOf(i, j)] = forward.GainOf(second[j]);
      }
    }
  }
  Given backward(translations.second, translations.first);
  const std::vector<Column> columns = ColumnsOf(band, second_size_);
  for (uint32_t j = 0; j < second.size(); ++j) {
    backward.Clear();
    for (uint32_t b = 0; b < kMaxMerged && j + b < second.size(); ++b) {
      backward.Add(second[j + b]);
      for (uint32_t i = columns[j].begin; i < columns[j].end; ++i) {
        backward_[b][IndexOf(i, j)] = backward.GainOf(first[i]);
      }
    }
  }
}

bool LexicalGains::Has(const BeadPlace& place) const {
  const uint32_t last_row = place.first + place.first_count - 1;
  return band_.Has(place.first, place.second + place.second_count - 1) &&
         band_.Has(place.first, place.second) &&
         band_.Has(last_row, place.second);
}

float LexicalGains::Gain(const BeadPlace& place) const {
  float gain = 0;
  for (uint32_t y = 0; y < place.second_count; ++y) {
    gain +=
        forward_[place.first_count - 1][IndexOf(place.first, place.second + y)];
  }
  for (uint32_t x = 0; x < place.first_count; ++x) {
    gain += backward_[place.second_count - 1]
                     [IndexOf(place.first + x, place.second)];
  }
  return gain / 2;
}

struct BeadWords::Directions {
  explicit Directions(const Translations& translations)
      : first_given(translations.first, translations.second),
        second_given(translations.second, translations.first) {}

  Given first_given;  // Asked for words of the second version.
  Given second_given;
};

BeadWords::BeadWords(const Translations& translations)
    : translations_(translations),
      directions_(std::make_unique<Directions>(translations)) {}

BeadWords::~BeadWords() = default;

BeadWordsFound BeadWords::Count(std::span<const TextUnit> first,
                                std::span<const TextUnit> second) {
  const auto count = [](std::span<const TextUnit> given_units,
                        std::span<const TextUnit> asked_units,
                        const TranslationSide& to, Given& given) {
    given.Clear();
    for (const TextUnit& unit : given_units) given.Add(unit);
    WordsFound words;
    for (const TextUnit& unit : asked_units) {
      for (const WordCount& word : unit.words) {
        words.expected += word.weight * to.reliability[word.word];
        words.found += given.FoundOf(word);
      }
    }
    return words;
  };
  return {.first = count(second, first, translations_.first,
                         directions_->second_given),
          .second = count(first, second, translations_.second,
                          directions_->first_given)};
}

GainParts BeadWords::Explain(std::span<const TextUnit> first,
                             std::span<const TextUnit> second) {
  GainParts parts;
  const auto explain = [&parts](std::span<const TextUnit> given_units,
                                std::span<const TextUnit> asked_units,
                                const TranslationSide& to, Given& given) {
    given.Clear();
    for (const TextUnit& unit : given_units) given.Add(unit);
    for (const TextUnit& unit : asked_units) {
      for (const WordCount& word : unit.words) {
        const float gain = given.GainOf(word) / 2;
        switch (to.kinds[word.word]) {
          case FeatureKind::kWord:
            parts.words += gain;
            break;
          case FeatureKind::kNumber:
            parts.numbers += gain;
            break;
          case FeatureKind::kCognate:
          case FeatureKind::kMark:
            parts.cognates += gain;
            break;
        }
      }
    }
  };
  explain(first, second, translations_.second, directions_->first_given);
  explain(second, first, translations_.first, directions_->second_given);
  return parts;
}

}  // namespace tercet
