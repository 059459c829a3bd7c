#include "service/align/version_text.h"

#include <algorithm>
#include <unordered_map>

namespace tercet {
namespace {

// So many words more than it has are a version's; else the words of a heading
// alone would be common ones, and their agreement worth nothing.
constexpr float kUnseenWords = 2000;

// Sorts by word and adds up equal ones.
void Compact(TextUnit& unit) {
  std::ranges::sort(unit.words, {}, &WordCount::word);
  std::vector<WordCount> compact;
  for (const WordCount& count : unit.words) {
    if (!compact.empty() && compact.back().word == count.word) {
      compact.back().weight += count.weight;
    } else {
      compact.push_back(count);
    }
  }
  unit.words = std::move(compact);
}

}  // namespace

VersionText MakeVersionText(std::span<const SentenceFeatures> sentences) {
  VersionText text;
  std::unordered_map<uint32_t, uint32_t> ids;
  std::vector<float> counts;
  float total = 0;
  for (const SentenceFeatures& sentence : sentences) {
    TextUnit unit{.length = static_cast<float>(sentence.characters)};
    for (const Feature& feature : sentence.features) {
      const auto [it, is_new] =
          ids.emplace(feature.word, static_cast<uint32_t>(text.words.size()));
      if (is_new) {
        text.words.push_back({.feature = feature});
        counts.push_back(0);
      }
      counts[it->second] += 1;
      total += 1;
      unit.words.push_back({it->second, feature.weight});
      unit.weight += feature.weight;
    }
    Compact(unit);
    for (const WordCount& count : unit.words)
      ++text.words[count.word].sentences;
    text.units.push_back(std::move(unit));
  }
  for (size_t i = 0; i < text.words.size(); ++i) {
    text.words[i].frequency = counts[i] / (total + kUnseenWords);
  }
  return text;
}

float LengthOf(std::span<const TextUnit> units) {
  float length = 0;
  for (const TextUnit& unit : units) length += unit.length;
  return length;
}

std::vector<TextUnit> JoinUnits(std::span<const TextUnit> units,
                                std::span<const uint32_t> starts) {
  std::vector<TextUnit> joined;
  for (size_t i = 0; i < starts.size(); ++i) {
    const size_t end = i + 1 < starts.size() ? starts[i + 1] : units.size();
    TextUnit block;
    for (const TextUnit& unit : units.subspan(starts[i], end - starts[i])) {
      block.words.insert(block.words.end(), unit.words.begin(),
                         unit.words.end());
      block.weight += unit.weight;
      block.length += unit.length;
    }
    Compact(block);
    joined.push_back(std::move(block));
  }
  return joined;
}

}  // namespace tercet
