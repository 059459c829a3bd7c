#include "service/align/features.h"

#include <algorithm>
#include <array>
#include <string>

#include "service/base/hash.h"
#include "service/base/utf8.h"
#include "service/text/analysis.h"
#include "service/text/icu.h"
#include "service/text/placeables.h"

namespace tercet {
namespace {

constexpr float kHanWeight = 0.35F;
constexpr float kHanPairWeight = 0.5F;
constexpr float kMarkWeight = 0.5F;
// Of each of two readings of a number, and of a part of a date.
constexpr float kHalf = 0.5F;
// Simard et al. (1992) take words for cognates that share four letters; five
// leave fewer false friends.
constexpr size_t kCognateLetters = 5;
constexpr size_t kMinCognateLetters = 4;

uint32_t Key(std::string_view bytes) {
  const auto key = static_cast<uint32_t>(HashBytes64(bytes));
  return key == 0 ? 1 : key;
}

// The letters of a word in lower case, without accents.
std::u32string PlainLetters(std::string_view word) {
  std::u32string letters;
  for (size_t i = 0; i < word.size();) {
    const char32_t folded = unicode::FoldCharacter(DecodeUtf8(word, &i));
    letters.push_back(unicode::BaseCharacter(folded));
  }
  return letters;
}

uint32_t PrefixKey(const std::u32string& letters, std::string_view salt) {
  std::string prefix(salt);
  for (size_t i = 0; i < std::min(letters.size(), kCognateLetters); ++i) {
    AppendUtf8(prefix, letters[i]);
  }
  return Key(prefix);
}

// The words of other languages than these end in many ways: their beginnings
// serve as stems.
bool HasStemmer(std::string_view language) {
  return language == "en" || language == "es" || language == "zh";
}

bool IsCapitalised(std::string_view word) {
  size_t i = 0;
  const char32_t first = DecodeUtf8(word, &i);
  return unicode::Classify(first) == unicode::CharClass::kLetter &&
         unicode::FoldCharacter(first) != first;
}

// Marks that translations keep; commas and stops differ freely.
uint32_t MarkKey(std::string_view mark) {
  size_t i = 0;
  const char32_t folded = unicode::FoldCharacter(DecodeUtf8(mark, &i));
  constexpr std::u32string_view kKept = U"?!:;()\"%&/[]";
  if (kKept.find(folded) == std::u32string_view::npos) return 0;
  std::string name("\xFFmark");
  AppendUtf8(name, folded);
  return Key(name);
}

uint32_t ValueKey(std::string_view value) {
  std::string name("\xFFvalue");
  name.append(value);
  return Key(name);
}

bool IsValue(PlaceableClass placeable_class) {
  return placeable_class <= PlaceableClass::kTime;
}

class Extractor {
 public:
  Extractor(std::string_view text, std::string_view language)
      : text_(text), language_(language) {}

  SentenceFeatures Extract() {
    const Analysis analysis = Analyze({.text = std::string(text_)}, language_);
    const std::vector<Placeable> placeables = FindPlaceables(text_, language_);
    auto placeable = placeables.begin();
    for (const Token& token : analysis.tokens) {
      const std::string_view written =
          text_.substr(token.begin, token.end - token.begin);
      result_.characters += static_cast<uint32_t>(CountCodePoints(written));
      while (placeable != placeables.end() && placeable->begin < token.begin) {
        ++placeable;
      }
      if (placeable != placeables.end() && placeable->begin == token.begin) {
        AddPlaceable(*placeable);
        last_han_ = 0;
      } else {
        AddPlain(token, written);
      }
    }
    return std::move(result_);
  }

 private:
  void AddPlain(const Token& token, std::string_view written) {
    size_t next = 0;
    const unicode::CharClass first =
        unicode::Classify(DecodeUtf8(written, &next));
    if (first == unicode::CharClass::kIdeograph) {
      AddHan(token);
      return;  // Keeps last_han_.
    }
    if (first == unicode::CharClass::kLetter ||
        first == unicode::CharClass::kDigit) {
      AddWord(token, written);
    } else if (const uint32_t mark = MarkKey(written); mark != 0) {
      AddAnchor(mark, FeatureKind::kMark, kMarkWeight);
    }
    last_han_ = 0;
  }

  void AddPlaceable(const Placeable& placeable) {
    if (!IsValue(placeable.placeable_class)) {
      AddAnchor(Key(placeable.value), FeatureKind::kCognate, 1);
      return;
    }
    const float weight = placeable.other_value.empty() ? 1 : kHalf;
    AddAnchor(ValueKey(placeable.value), FeatureKind::kNumber, weight);
    if (!placeable.other_value.empty()) {
      AddAnchor(ValueKey(placeable.other_value), FeatureKind::kNumber, weight);
    }
    if (placeable.placeable_class == PlaceableClass::kDate) {
      AddDateParts(placeable.value);
    }
  }

  // Versions give a date to different precision: 2008-11-21, in 2008.
  void AddDateParts(std::string_view date) {
    while (!date.empty()) {
      const size_t dash = std::min(date.find('-'), date.size());
      const std::string_view part = date.substr(0, dash);
      if (!part.empty() && part.size() < date.size()) {
        AddAnchor(ValueKey(part), FeatureKind::kNumber, kHalf);
      }
      date.remove_prefix(std::min(dash + 1, date.size()));
    }
  }

  void AddAnchor(uint32_t key, FeatureKind kind, float weight) {
    result_.features.push_back(
        {.word = key, .anchor = key, .kind = kind, .weight = weight});
  }

  void AddHan(const Token& token) {
    result_.features.push_back({.word = token.form, .weight = kHanWeight});
    if (last_han_ != 0) {
      const std::array<uint32_t, 2> pair = {last_han_, token.form};
      result_.features.push_back(
          {.word =
               Key({reinterpret_cast<const char*>(pair.data()), sizeof(pair)}),
           .weight = kHanPairWeight});
    }
    last_han_ = token.form;
  }

  void AddWord(const Token& token, std::string_view written) {
    const std::u32string letters = PlainLetters(written);
    Feature feature{.word = HasStemmer(language_) ? token.stem
                                                  : PrefixKey(letters, "")};
    if (letters.size() >= kMinCognateLetters ||
        (letters.size() >= 2 && IsCapitalised(written))) {
      feature.anchor = PrefixKey(letters,
                                 "\xFF"
                                 "cognate");
      feature.kind = FeatureKind::kCognate;
    }
    result_.features.push_back(feature);
  }

  std::string_view text_;
  std::string_view language_;
  uint32_t last_han_ = 0;  // The key of the Han character just before.
  SentenceFeatures result_;
};

}  // namespace

SentenceFeatures ExtractFeatures(std::string_view text,
                                 std::string_view language) {
  return Extractor(text, language).Extract();
}

}  // namespace tercet
