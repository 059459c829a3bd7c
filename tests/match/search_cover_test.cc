// Of every word in a text, alone and as a part of a placeable, the index knows
// a stem that covers it: else a search could miss the text.
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "service/match/concordance.h"
#include "service/text/analysis.h"
#include "service/text/tokenize.h"
#include "tests/support/number_text.h"
#include "tests/support/random_text.h"
#include "tests/support/real_text.h"

namespace tercet {
namespace {

constexpr std::string_view kBases[] = {"en", "zh", "es"};

// Whether the index sees each word of the phrase in each segment where the
// phrase stands.
void ExpectCovered(const std::string& phrase, const Segment& segment,
                   SearchForm form, std::string_view language) {
  const PhraseMatcher matcher(phrase, form, language);
  if (matcher.Find(SearchText(segment, form, language)).empty()) return;
  const std::vector<uint32_t> stems = Analyze(segment, language).stems;
  for (const auto& word : matcher.words()) {
    EXPECT_NE(std::ranges::find_first_of(stems, word), stems.end())
        << "'" << phrase << "' in '" << segment.text << "' (" << language
        << ")";
  }
}

void ExpectWordsCovered(const Segment& segment, std::string_view language) {
  std::vector<size_t> breaks;
  for (const InlineCode& code : segment.codes) breaks.push_back(code.offset);
  for (const TokenSpan& token : Tokenize(segment.text, breaks)) {
    ExpectCovered(segment.text.substr(token.begin, token.end - token.begin),
                  segment, SearchForm::kFolded, language);
  }
}

TEST(SearchCover, HoldsForEveryWordOfRandomText) {
  RandomText random(77);
  for (int i = 0; i < 3000; ++i) {
    const std::string_view base = random.Pick(kBases);
    ExpectWordsCovered(random.Edit(random.MakeSegment(base), base), base);
    ExpectWordsCovered({.text = MakeNumberText(random, base)}, base);
  }
}

// Each spelling of a word of a number, in each form, against each other.
TEST(SearchCover, HoldsHoweverANumberIsSpelt) {
  RandomText random(78);
  for (int i = 0; i < 6000; ++i) {
    const std::string_view base = random.Pick(kBases);
    const std::string text = MakeNumberText(random, base);
    const std::vector<TokenSpan> tokens = Tokenize(text);
    const TokenSpan token = random.Pick(tokens);
    const std::string phrase = RespellPhrase(
        random, text.substr(token.begin, token.end - token.begin));
    for (const SearchForm form :
         {SearchForm::kFolded, SearchForm::kExact, SearchForm::kInflected}) {
      ExpectCovered(phrase, {.text = text}, form, base);
    }
  }
}

TEST(SearchCover, HoldsForWordsThatShareTheStemOfANumberWord) {
  ExpectCovered("thirding", {.text = "two thirds of it"},
                SearchForm::kInflected, "en");
  ExpectCovered("ｂｉｌｌｉｏｎ", {.text = "111.461 billion"},
                SearchForm::kFolded, "en");
  ExpectCovered("O", {.text = "el 1.º de mayo"}, SearchForm::kFolded, "es");
}

TEST(SearchCover, HoldsForEveryWordOfRealText) {
  for (const std::string_view language : kBases) {
    const std::vector<std::string> texts = RealTexts(language);
    if (texts.empty()) {
      GTEST_SKIP() << "no real text: set TERCET_SHARED_DATA to its directory";
    }
    for (const std::string& text : texts) {
      ExpectWordsCovered({.text = text}, language);
    }
  }
}

}  // namespace
}  // namespace tercet
