#include "service/release/pair_pages.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "service/base/utf8.h"

namespace tercet {
namespace {

// What two translations share at least, as a cosine (docs/releases.md has what
// it finds).
constexpr double kMinSimilarity = 0.25;

// A feature of so many pages of one language tells nothing.
constexpr size_t kMaxSharing = 200;

constexpr int kMaxDaysApart = 3;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLatin(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// The digits of a number that are the same in all languages: `102.6` billion,
// `1026亿` and `102,6` thousand millions are all 1026.
std::string SignificantDigits(std::string_view number) {
  std::string digits;
  for (const char c : number) {
    if (IsDigit(c)) digits.push_back(c);
  }
  while (!digits.empty() && digits.back() == '0') digits.pop_back();
  while (!digits.empty() && digits.front() == '0') digits.erase(0, 1);
  return digits;
}

// Numbers of two digits and more, and words in Latin letters that are names or
// the like: with a capital, or among Chinese.
std::unordered_set<std::string> FeaturesOf(const SourcePage& page) {
  std::unordered_set<std::string> features;
  const bool chinese = page.language.language() == "zh";
  const std::string text = TextOf(page.page);
  for (size_t at = 0; at < text.size();) {
    size_t end = at;
    if (IsDigit(text[at])) {
      while (end < text.size() &&
             (IsDigit(text[end]) || text[end] == '.' || text[end] == ',')) {
        ++end;
      }
      std::string digits =
          SignificantDigits(std::string_view(text).substr(at, end - at));
      if (digits.size() > 1) features.insert(std::move(digits));
    } else if (IsLatin(text[at])) {
      while (end < text.size() && (IsLatin(text[end]) || (text[end] & 0x80))) {
        // Only up to the Han characters that may follow at once.
        if ((text[end] & 0x80) != 0 &&
            static_cast<unsigned char>(text[end]) >= 0xE2) {
          break;
        }
        ++end;
      }
      const std::string word = text.substr(at, end - at);
      const bool capital = word[0] >= 'A' && word[0] <= 'Z';
      if (word.size() > 2 && (capital || chinese)) {
        std::string lower;
        for (const char c : word) {
          lower.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
        }
        features.insert(std::move(lower));
      }
    } else {
      ++end;
    }
    at = end;
  }
  return features;
}

// Days since some day; good enough for differences.
int DayNumber(const CivilDate& date) {
  return date.year * 372 + date.month * 31 + date.day;
}

bool DatesAgree(const SourcePage& a, const SourcePage& b) {
  const CivilDate& x = a.page.date;
  const CivilDate& y = b.page.date;
  if (x.year == 0 || y.year == 0) return true;
  return std::abs(DayNumber(x) - DayNumber(y)) <= kMaxDaysApart;
}

// A Chinese character says about as much as three bytes of the others.
size_t LengthOf(const SourcePage& page) { return TextOf(page.page).size(); }

bool LengthsAgree(size_t a, size_t b) {
  constexpr double kMostTimes = 3.0;
  const auto [low, high] =
      std::minmax(static_cast<double>(a) + 50, static_cast<double>(b) + 50);
  return high <= kMostTimes * low;
}

struct PagePair {
  double similarity = 0;
  size_t first = 0;
  size_t second = 0;
};

class Pairing {
 public:
  explicit Pairing(std::span<const SourcePage* const> pages) : pages_(pages) {
    std::unordered_map<std::string, uint32_t> numbers;
    for (const SourcePage* page : pages_) {
      std::vector<uint32_t> features;
      for (const std::string& feature : FeaturesOf(*page)) {
        const auto number = static_cast<uint32_t>(numbers.size());
        features.push_back(numbers.try_emplace(feature, number).first->second);
      }
      std::sort(features.begin(), features.end());
      features_.push_back(std::move(features));
      lengths_.push_back(LengthOf(*page));
    }
    holders_.resize(numbers.size());
    for (size_t i = 0; i < features_.size(); ++i) {
      for (const uint32_t feature : features_[i]) {
        holders_[feature].push_back(static_cast<uint32_t>(i));
      }
    }
    for (size_t i = 0; i < features_.size(); ++i) norms_.push_back(Norm(i));
  }

  std::vector<std::vector<size_t>> Run() {
    std::vector<PagePair> pairs = AllPairs();
    std::sort(pairs.begin(), pairs.end(),
              [this](const PagePair& a, const PagePair& b) {
                if (a.similarity != b.similarity) {
                  return a.similarity > b.similarity;
                }
                return std::pair(pages_[a.first]->file,
                                 pages_[a.second]->file) <
                       std::pair(pages_[b.first]->file, pages_[b.second]->file);
              });
    return Join(pairs);
  }

 private:
  double Weight(uint32_t feature) const {
    return std::log(1.0 + static_cast<double>(pages_.size()) /
                              static_cast<double>(holders_[feature].size()));
  }

  double Norm(size_t page) const {
    double sum = 0;
    for (const uint32_t feature : features_[page]) {
      sum += Weight(feature) * Weight(feature);
    }
    return std::sqrt(sum);
  }

  std::vector<PagePair> AllPairs() const {
    std::vector<PagePair> pairs;
    for (size_t i = 0; i < pages_.size(); ++i) {
      std::map<size_t, double> shared;
      for (const uint32_t feature : features_[i]) {
        if (holders_[feature].size() > kMaxSharing) continue;
        const double weight = Weight(feature) * Weight(feature);
        for (const uint32_t other : holders_[feature]) {
          if (other > i) shared[other] += weight;
        }
      }
      for (const auto& [other, sum] : shared) {
        if (!MayPair(i, other)) continue;
        const double similarity = sum / (norms_[i] * norms_[other]);
        if (similarity >= kMinSimilarity)
          pairs.push_back({similarity, i, other});
      }
    }
    return pairs;
  }

  bool MayPair(size_t a, size_t b) const {
    return pages_[a]->language.language() != pages_[b]->language.language() &&
           DatesAgree(*pages_[a], *pages_[b]) &&
           LengthsAgree(lengths_[a], lengths_[b]);
  }

  // Best pairs first; a group takes one page of each language.
  std::vector<std::vector<size_t>> Join(
      const std::vector<PagePair>& pairs) const {
    std::vector<size_t> group_of(pages_.size());
    std::vector<std::vector<size_t>> groups(pages_.size());
    for (size_t i = 0; i < pages_.size(); ++i) {
      group_of[i] = i;
      groups[i] = {i};
    }
    for (const PagePair& pair : pairs) {
      const size_t a = group_of[pair.first];
      const size_t b = group_of[pair.second];
      if (a == b || !CanJoin(groups[a], groups[b])) continue;
      for (const size_t page : groups[b]) {
        group_of[page] = a;
        groups[a].push_back(page);
      }
      groups[b].clear();
    }
    std::erase_if(groups, [](const auto& group) { return group.size() < 2; });
    for (auto& group : groups) std::sort(group.begin(), group.end());
    std::sort(groups.begin(), groups.end());
    return groups;
  }

  bool CanJoin(const std::vector<size_t>& a,
               const std::vector<size_t>& b) const {
    for (const size_t i : a) {
      for (const size_t j : b) {
        if (pages_[i]->language.language() == pages_[j]->language.language()) {
          return false;
        }
      }
    }
    return true;
  }

  std::span<const SourcePage* const> pages_;
  std::vector<std::vector<uint32_t>> features_;  // Of each page, ascending.
  std::vector<std::vector<uint32_t>> holders_;   // Of each feature.
  std::vector<double> norms_;
  std::vector<size_t> lengths_;
};

}  // namespace

std::vector<std::vector<size_t>> PairPages(
    std::span<const SourcePage* const> pages) {
  return Pairing(pages).Run();
}

}  // namespace tercet
