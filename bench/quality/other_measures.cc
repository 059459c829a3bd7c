#include <algorithm>
#include <string>
#include <utility>

#include "bench/quality/measure.h"
#include "bench/quality/ngrams.h"
#include "service/base/utf8.h"
#include "service/match/edit_distance.h"
#include "service/text/analysis.h"
#include "service/text/icu.h"

namespace tercet::bench {
namespace {

std::vector<uint32_t> Characters(std::string_view text) {
  std::vector<uint32_t> characters;
  for (size_t position = 0; position < text.size();) {
    characters.push_back(static_cast<uint32_t>(DecodeUtf8(text, &position)));
  }
  return characters;
}

// The words of a text, case and width left aside.
std::vector<uint32_t> Words(std::string_view text, std::string_view language) {
  const Analysis analysis =
      Analyze({.text = std::string(text), .codes = {}}, language);
  std::vector<uint32_t> words;
  for (const Token& token : analysis.tokens) {
    if (CountsAsWord(token.kind)) words.push_back(token.form);
  }
  return words;
}

Profile CharacterProfile(std::string_view text, std::string_view) {
  return {Characters(text)};
}

Profile WordProfile(std::string_view text, std::string_view language) {
  return {Words(text, language)};
}

Profile FourGramProfile(std::string_view text, std::string_view) {
  Profile profile;
  const std::vector<uint32_t> characters = Characters(text);
  // A text that is too short is one gram.
  AppendNgrams(characters, std::min<size_t>(characters.size(), 4), profile[0]);
  Sort(profile[0]);
  return profile;
}

// As pg_trgm: of each word in small letters, with two blanks before it and one
// behind it, every three characters; a set.
Profile TrigramProfile(std::string_view text, std::string_view) {
  Profile profile;
  std::vector<uint32_t> word = {' ', ' '};
  const auto end_word = [&] {
    if (word.size() > 2) {
      word.push_back(' ');
      AppendNgrams(word, 3, profile[0]);
    }
    word.resize(2);
  };
  for (size_t position = 0; position < text.size();) {
    const char32_t c = DecodeUtf8(text, &position);
    switch (unicode::Classify(c)) {
      case unicode::CharClass::kLetter:
      case unicode::CharClass::kDigit:
      case unicode::CharClass::kIdeograph:
        word.push_back(static_cast<uint32_t>(unicode::FoldCharacter(c)));
        break;
      default:
        end_word();
    }
  }
  end_word();
  MakeSet(profile[0]);
  return profile;
}

Profile WordNgramProfile(std::string_view text, std::string_view language) {
  constexpr size_t kMaxOrder = 4;
  Profile profile;
  const std::vector<uint32_t> words = Words(text, language);
  for (size_t n = 1; n <= kMaxOrder; ++n) AppendNgrams(words, n, profile[0]);
  Sort(profile[0]);
  return profile;
}

// Stems of words; words as they are; all tokens as they are.
Profile OmegatProfile(std::string_view text, std::string_view language) {
  const Analysis analysis =
      Analyze({.text = std::string(text), .codes = {}}, language);
  Profile profile;
  for (const Token& token : analysis.tokens) {
    if (token.kind == TokenKind::kWord) {
      profile[0].push_back(token.stem);
      profile[1].push_back(token.form);
    }
    profile[2].push_back(token.raw);
  }
  return profile;
}

double Share(size_t part, size_t whole) {
  return whole == 0 ? 0
                    : static_cast<double>(part) / static_cast<double>(whole);
}

double LevenshteinSimilarity(const DistancePattern& pattern,
                             std::span<const uint32_t> text) {
  const size_t longer = std::max(pattern.length(), text.size());
  return Share(longer - pattern.Distance(text, static_cast<uint32_t>(longer)),
               longer);
}

class LevenshteinComparison : public Comparison {
 public:
  explicit LevenshteinComparison(const Profile& query) : pattern_(query[0]) {}
  double AtMost(const Profile& stored) const override {
    const size_t a = pattern_.length();
    const size_t b = stored[0].size();
    return Share(std::min(a, b), std::max(a, b));
  }
  double With(const Profile& stored) const override {
    return LevenshteinSimilarity(pattern_, stored[0]);
  }

 private:
  DistancePattern pattern_;
};

// The length of the longest common subsequence of two texts, as a share of
// both: bit-parallel, after Hyyro (2004).
class RatioComparison : public Comparison {
 public:
  explicit RatioComparison(const Profile& query)
      : length_(query[0].size()),
        word_count_((length_ + 63) / 64),
        rows_by_character_(kTableSize),
        masks_(word_count_) {  // Row 0 is that of characters it lacks.
    for (size_t i = 0; i < length_; ++i) {
      uint32_t& row = rows_by_character_[query[0][i] % kTableSize];
      if (row == 0) {
        row = static_cast<uint32_t>(masks_.size() / word_count_);
        masks_.resize(masks_.size() + word_count_);
      }
      masks_[row * word_count_ + i / 64] |= uint64_t{1} << (i % 64);
    }
  }

  double AtMost(const Profile& stored) const override {
    const size_t other = stored[0].size();
    return Share(2 * std::min(length_, other), length_ + other);
  }

  double With(const Profile& stored) const override {
    std::vector<uint64_t> bits(word_count_, ~uint64_t{0});
    for (const uint32_t character : stored[0]) {
      const uint32_t row = rows_by_character_[character % kTableSize];
      if (row == 0) continue;
      const uint64_t* const mask = &masks_[row * word_count_];
      uint64_t carry = 0;
      for (size_t i = 0; i < word_count_; ++i) {
        const uint64_t both = bits[i] & mask[i];
        uint64_t sum = 0;
        const bool over = __builtin_add_overflow(bits[i], both, &sum);
        const bool over_again = __builtin_add_overflow(sum, carry, &sum);
        carry = static_cast<uint64_t>(over || over_again);
        bits[i] = sum | (bits[i] & ~mask[i]);
      }
    }
    size_t common = 0;
    for (size_t i = 0; i < length_; ++i) {
      common += (bits[i / 64] >> (i % 64) & 1) == 0 ? 1 : 0;
    }
    return Share(2 * common, length_ + stored[0].size());
  }

 private:
  // Above the planes that have characters: no two share an entry.
  static constexpr size_t kTableSize = 0x40000;

  size_t length_;
  size_t word_count_;
  std::vector<uint32_t> rows_by_character_;
  std::vector<uint64_t> masks_;
};

// Three scores of whole percents, the first deciding, the next among equals.
class OmegatComparison : public Comparison {
 public:
  explicit OmegatComparison(const Profile& query) {
    for (const std::vector<uint32_t>& tokens : query) {
      patterns_.emplace_back(tokens);
    }
  }

  double With(const Profile& stored) const override {
    double score = 0;
    double weight = 0.01;
    for (size_t i = 0; i < patterns_.size(); ++i) {
      const double percent =
          100 * LevenshteinSimilarity(patterns_[i], stored[i]);
      score += weight * static_cast<double>(static_cast<int>(percent + 1e-9));
      weight *= 1e-3;
    }
    return score;
  }

 private:
  std::vector<DistancePattern> patterns_;
};

class BagComparison : public Comparison {
 public:
  explicit BagComparison(const Profile& query) : bag_(query[0]) {}

 protected:
  const Bag& bag() const { return bag_; }

 private:
  Bag bag_;
};

// Of two bags, also the F1 of precision and recall.
class DiceComparison : public BagComparison {
 public:
  using BagComparison::BagComparison;
  double With(const Profile& stored) const override {
    return Share(2 * SharedCount(bag(), stored[0]),
                 bag().size() + stored[0].size());
  }
};

class JaccardComparison : public BagComparison {
 public:
  using BagComparison::BagComparison;
  double With(const Profile& stored) const override {
    const size_t shared = SharedCount(bag(), stored[0]);
    return Share(shared, bag().size() + stored[0].size() - shared);
  }
};

template <typename T>
std::unique_ptr<Comparison> Make(const Profile& query) {
  return std::make_unique<T>(query);
}

constexpr Measure kMeasures[] = {
    {"Levenshtein, characters", "amaGama, pot2po", CharacterProfile,
     Make<LevenshteinComparison>},
    {"ratio, characters", "rapidfuzz", CharacterProfile, Make<RatioComparison>},
    {"Levenshtein, words", "textbook", WordProfile,
     Make<LevenshteinComparison>},
    {"three word scores", "OmegaT", OmegatProfile, Make<OmegatComparison>},
    {"4-gram Dice, characters", "Okapi Pensieve", FourGramProfile,
     Make<DiceComparison>},
    {"trigram similarity", "PostgreSQL pg_trgm", TrigramProfile,
     Make<JaccardComparison>},
    {"F1 of 1- to 4-grams, words", "n-gram matchers", WordNgramProfile,
     Make<DiceComparison>},
};

}  // namespace

std::span<const Measure> OtherMeasures() { return kMeasures; }

const Measure& OtherMeasure(std::string_view name) {
  return *std::ranges::find(kMeasures, name, &Measure::name);
}

}  // namespace tercet::bench
