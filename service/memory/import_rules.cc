#include "service/memory/import_rules.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>
#include <string_view>
#include <utility>

#include "fmt/format.h"
#include "service/base/utf8.h"
#include "service/memory/unit_filter.h"
#include "service/text/icu.h"
#include "service/text/language.h"
#include "service/text/placeables.h"
#include "service/text/possible_numbers.h"

namespace tercet {
namespace {

constexpr std::string_view kProjectProperty = "x-project";

bool IsHan(char32_t c) {
  return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0x20000 && c <= 0x3FFFF);
}

bool IsLatin(char32_t c) {
  const bool in_latin_blocks =
      c < 0x250 || (c >= 0x1E00 && c <= 0x1EFF) || (c >= 0xFF21 && c <= 0xFF5A);
  return in_latin_blocks && unicode::Classify(c) == unicode::CharClass::kLetter;
}

// Of any other script: Cyrillic, Arabic, Hangul, kana, Thai ...
bool IsOtherLetter(char32_t c) {
  const unicode::CharClass char_class = unicode::Classify(c);
  return char_class == unicode::CharClass::kLetter ||
         char_class == unicode::CharClass::kIdeograph;
}

// What a text is made of.
struct TextProfile {
  size_t han = 0;
  size_t latin = 0;
  size_t other = 0;
  std::vector<std::string> words;  // Latin ones, folded.
};

TextProfile ProfileOf(std::string_view text) {
  TextProfile profile;
  std::string word;
  const auto end_word = [&] {
    if (!word.empty()) profile.words.push_back(std::exchange(word, {}));
  };
  for (size_t position = 0; position < text.size();) {
    const char32_t c = DecodeUtf8(text, &position);
    if (IsLatin(c)) {
      ++profile.latin;
      AppendUtf8(word, unicode::FoldCharacter(c));
      continue;
    }
    if (IsHan(c)) {
      ++profile.han;
    } else if (IsOtherLetter(c)) {
      ++profile.other;
    }
    end_word();
  }
  end_word();
  return profile;
}

// Words that hardly a sentence of the language is without, and that the other
// language does not have.
constexpr std::array<std::string_view, 14> kEnglishWords = {
    "the", "of",   "and",  "to",  "is",   "that", "for",
    "was", "with", "from", "are", "have", "by",   "its"};
constexpr std::array<std::string_view, 14> kSpanishWords = {
    "el",  "la",  "de",  "que", "los", "las",  "un",
    "una", "por", "con", "del", "se",  "para", "y"};

template <typename Words>
ptrdiff_t CountWords(const TextProfile& profile, const Words& words) {
  return std::ranges::count_if(profile.words, [&](const std::string& word) {
    return std::ranges::find(words, word) != words.end();
  });
}

// Whether the words are those of `other` and none is of `own`.
template <typename Words>
bool IsOtherLanguage(const TextProfile& profile, const Words& own,
                     const Words& other) {
  constexpr size_t kLeastWords = 6;
  constexpr ptrdiff_t kLeastHits = 3;
  return profile.words.size() >= kLeastWords && CountWords(profile, own) == 0 &&
         CountWords(profile, other) >= kLeastHits;
}

// Whether a placeable is compared: a value, and written in digits.
bool IsCompared(const Placeable& placeable, std::string_view text) {
  switch (placeable.placeable_class) {
    case PlaceableClass::kNumber:
    case PlaceableClass::kPercent:
    case PlaceableClass::kOrdinal:
    case PlaceableClass::kDate:
    case PlaceableClass::kTime:
      return std::ranges::any_of(
          text.substr(placeable.begin, placeable.end - placeable.begin),
          [](char c) { return c >= '0' && c <= '9'; });
    default:
      return false;
  }
}

// The numbers of a text, compared by value.
class TextNumbers {
 public:
  explicit TextNumbers(const Variant& variant)
      : text_(variant.segment.text),
        placeables_(
            FindPlaceables(text_, ResolveLanguage(variant.language).base)),
        possible_(text_, ResolveLanguage(variant.language).base, placeables_) {}

  // Whether the value of `placeable` may be here, be it as another kind of
  // thing: the year 2008 is a number in one language and a date in the other,
  // the 21st century is el siglo XXI.
  bool MayHave(const Placeable& placeable) const {
    const bool same = std::ranges::any_of(
        placeables_,
        [&](const Placeable& own) { return HaveSameValue(placeable, own); });
    return same || HasParts(placeable.value) ||
           (!placeable.other_value.empty() && HasParts(placeable.other_value));
  }

  bool MayHaveAllOf(const TextNumbers& other) const {
    return std::ranges::all_of(
        other.placeables_, [&](const Placeable& placeable) {
          return !IsCompared(placeable, other.text_) || MayHave(placeable);
        });
  }

 private:
  bool HasParts(std::string_view value) const {
    return std::ranges::all_of(
        NumbersIn(value), [&](uint64_t part) { return possible_.Has(part); });
  }

  std::string_view text_;
  std::vector<Placeable> placeables_;
  PossibleNumbers possible_;
};

size_t CountLanguages(const Unit& unit) {
  std::set<Language> languages;
  for (const Variant& variant : unit.variants) {
    languages.insert(ResolveLanguage(variant.language));
  }
  return languages.size();
}

// One application of the rules to one unit.
class RuleRun {
 public:
  RuleRun(const ImportRules& rules, Unit& unit) : rules_(rules), unit_(unit) {}

  std::vector<RuleFinding> Run() && {
    MapLanguages();
    const bool kept =
        IsRecent() && KeepLanguages() && IsTranslated() && DropWrongTexts();
    if (kept) SetAttributes();
    return std::move(findings_);
  }

 private:
  void MapLanguages() {
    for (Variant& variant : unit_.variants) Map(variant.language);
    if (!unit_.source_language.empty()) Map(unit_.source_language);
  }

  void Map(LanguageTag& language) const {
    for (const LanguageMapping& mapping : rules_.mappings) {
      if (mapping.from != language) continue;
      language = mapping.to;
      return;
    }
  }

  bool IsRecent() {
    if (!rules_.since_micros.has_value()) return true;
    const std::optional<int64_t> date = StatedDate(unit_);
    if (!date.has_value()) {
      return DropUnit("DATE_MISSING", "the unit does not say when it is of");
    }
    return *date >= *rules_.since_micros ||
           DropUnit("DATE_BEFORE", "the unit is older than was asked for");
  }

  bool KeepLanguages() {
    if (rules_.languages.empty()) return true;
    std::erase_if(unit_.variants, [&](const Variant& variant) {
      return std::ranges::none_of(rules_.languages,
                                  [&](const LanguageTag& wanted) {
                                    return IsIn(variant.language, wanted);
                                  });
    });
    if (unit_.variants.empty()) {
      return DropUnit("LANGUAGE_UNWANTED",
                      "the unit is in none of the languages asked for");
    }
    // The source may have gone.
    unit_.source_language = SourceVariant(unit_).language;
    return true;
  }

  bool IsTranslated() {
    return !rules_.drop_untranslated || CountLanguages(unit_) > 1 ||
           DropUnit("TRANSLATION_MISSING",
                    "the unit has texts in one language only");
  }

  // Leaves out translations that are wrong beside their source.
  bool DropWrongTexts() {
    const Variant source = SourceVariant(unit_);
    if (rules_.drop_wrong_language && IsInWrongLanguage(source)) {
      return DropUnit("LANGUAGE_WRONG", WrongLanguageMessage(source));
    }
    const size_t count = unit_.variants.size();
    std::erase_if(unit_.variants, [&](const Variant& variant) {
      return variant != source && IsWrong(variant, source);
    });
    if (unit_.variants.size() == count || CountLanguages(unit_) > 1) {
      return true;
    }
    findings_.back().unit = true;
    return false;
  }

  bool IsWrong(const Variant& variant, const Variant& source) {
    const bool translation =
        ResolveLanguage(variant.language) != ResolveLanguage(source.language);
    if (rules_.drop_equal && translation &&
        variant.segment.text == source.segment.text) {
      return Find("TARGET_IS_SOURCE", fmt::format("the text in '{}' equals its "
                                                  "source",
                                                  variant.language.code()));
    }
    if (rules_.drop_wrong_language && IsInWrongLanguage(variant)) {
      return Find("LANGUAGE_WRONG", WrongLanguageMessage(variant));
    }
    if (rules_.drop_differing_numbers && translation &&
        !NumbersAgree(source, variant)) {
      return Find("NUMBERS_DIFFER",
                  fmt::format("the numbers in '{}' are not those of the source",
                              variant.language.code()));
    }
    return false;
  }

  static std::string WrongLanguageMessage(const Variant& variant) {
    return fmt::format("the text is said to be in '{}' and plainly is not",
                       variant.language.code());
  }

  void SetAttributes() {
    if (!rules_.document.empty()) unit_.origin.document = rules_.document;
    if (!rules_.creator.empty()) unit_.attribution.creator = rules_.creator;
    if (rules_.date_micros.has_value()) {
      unit_.attribution.creation_micros = rules_.date_micros;
    }
    if (rules_.project.empty()) return;
    std::erase_if(unit_.properties, [](const Property& property) {
      return property.type == kProjectProperty;
    });
    unit_.properties.push_back(
        {.type = std::string(kProjectProperty), .value = rules_.project});
  }

  bool DropUnit(std::string_view reason, std::string message) {
    findings_.push_back({.unit = true,
                         .reason = std::string(reason),
                         .message = std::move(message)});
    return false;
  }

  bool Find(std::string_view reason, std::string message) {
    findings_.push_back(
        {.reason = std::string(reason), .message = std::move(message)});
    return true;
  }

  const ImportRules& rules_;
  Unit& unit_;
  std::vector<RuleFinding> findings_;
};

}  // namespace

std::vector<RuleFinding> ApplyRules(const ImportRules& rules, Unit& unit) {
  return RuleRun(rules, unit).Run();
}

bool IsInWrongLanguage(const Variant& variant) {
  // Latin words in a row that are no name any more.
  constexpr size_t kManyWords = 4;
  // α and β may stand in any language.
  constexpr size_t kManyOthers = 4;
  const Language language = ResolveLanguage(variant.language);
  const TextProfile profile = ProfileOf(variant.segment.text);
  const bool is_other = profile.other >= kManyOthers &&
                        profile.other > profile.han + profile.latin;
  if (language.script == "Hans" || language.script == "Hant") {
    return is_other || (profile.han == 0 && profile.words.size() >= kManyWords);
  }
  if (language.script != "Latn") return false;
  if (is_other || profile.han > profile.latin) return true;
  if (language.base == "en") {
    return IsOtherLanguage(profile, kEnglishWords, kSpanishWords);
  }
  if (language.base == "es") {
    return IsOtherLanguage(profile, kSpanishWords, kEnglishWords);
  }
  return false;
}

bool NumbersAgree(const Variant& a, const Variant& b) {
  const TextNumbers a_numbers(a);
  const TextNumbers b_numbers(b);
  return a_numbers.MayHaveAllOf(b_numbers) && b_numbers.MayHaveAllOf(a_numbers);
}

}  // namespace tercet
