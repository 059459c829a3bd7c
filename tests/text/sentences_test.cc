#include "service/text/sentences.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "service/base/utf8.h"
#include "service/text/icu.h"

namespace tercet {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Sentences(std::string_view text,
                                   std::string_view language) {
  std::vector<std::string> out;
  for (const SentenceSpan& span : SplitSentences(text, language)) {
    out.emplace_back(text.substr(span.begin, span.end - span.begin));
  }
  return out;
}

constexpr std::string_view kBoundary = "‖";

struct GoldenCase {
  int line = 0;
  std::string language;
  std::string text;
  std::vector<std::string> sentences;
};

std::string Trim(const std::string& text) {
  constexpr const char* kSpace = " \n";
  const size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string::npos) return "";
  return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

GoldenCase ParseCase(std::string line, int number) {
  const size_t tab = line.find('\t');
  GoldenCase golden{.line = number, .language = line.substr(0, tab)};
  std::string rest = line.substr(tab + 1);
  for (size_t at; (at = rest.find("\\n")) != std::string::npos;) {
    rest.replace(at, 2, "\n");
  }
  for (;;) {
    const size_t at = rest.find(kBoundary);
    const std::string piece = rest.substr(0, at);
    golden.text += piece;
    if (!Trim(piece).empty()) golden.sentences.push_back(Trim(piece));
    if (at == std::string::npos) return golden;
    rest = rest.substr(at + kBoundary.size());
  }
}

std::vector<GoldenCase> GoldenCases() {
  std::ifstream file(TERCET_GOLDEN_DIR "/sentences.tsv");
  std::vector<GoldenCase> cases;
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    if (line.empty() || line.starts_with('#')) continue;
    cases.push_back(ParseCase(line, number));
  }
  return cases;
}

TEST(SplitSentences, SplitsEveryGoldenCase) {
  const std::vector<GoldenCase> cases = GoldenCases();
  EXPECT_GE(cases.size(), 150u);
  for (const GoldenCase& golden : cases) {
    EXPECT_EQ(Sentences(golden.text, golden.language), golden.sentences)
        << "sentences.tsv:" << golden.line << ": " << golden.text;
  }
}

TEST(SplitSentences, KnowsAllAbbreviationsWhereLanguageIsUnknown) {
  EXPECT_THAT(Sentences("Mr. Li y la Sra. Díaz llegaron. Bien.", "xx"),
              ElementsAre("Mr. Li y la Sra. Díaz llegaron.", "Bien."));
}

TEST(SplitSentences, FindsNothingInNothing) {
  EXPECT_THAT(Sentences("", "en"), IsEmpty());
  EXPECT_THAT(Sentences(" \u3000\n\n ", "zh"), IsEmpty());
}

// Whatever the text, what lies between the sentences is white space.
TEST(SplitSentences, LosesNothing) {
  constexpr uint64_t kSeed = 20261125;
  SCOPED_TRACE(kSeed);
  std::mt19937_64 random(kSeed);
  constexpr std::string_view kPieces[] = {
      ".",  "?",   "!",  "。", "”", "\"",      "(",      ")",   "…",
      " ",  "\n",  "》", "Dr", "¿", "U.S",     "；",     "1",   "said",
      "说", "The", "a",  "EE", "4", "Yahoo! ", "\u3000", "...", "贸易增长"};
  for (int round = 0; round < 5000; ++round) {
    std::string text;
    for (size_t i = random() % 16; i > 0; --i) {
      text += kPieces[random() % std::size(kPieces)];
    }
    size_t end = 0;
    std::vector<SentenceSpan> spans = SplitSentences(text, "en");
    spans.push_back({text.size(), text.size()});
    for (const SentenceSpan& span : spans) {
      ASSERT_GE(span.begin, end) << text;
      ASSERT_TRUE(IsCharacterStart(text, span.begin)) << text;
      for (size_t i = end; i < span.begin;) {
        ASSERT_EQ(unicode::Classify(DecodeUtf8(text, &i)),
                  unicode::CharClass::kSpace)
            << text;
      }
      end = span.end;
    }
  }
}

// Looking back and ahead is bounded: a megabyte of marks takes no minutes.
TEST(SplitSentences, IsLinear) {
  for (const char* piece :
       {". ", "a. ", "\"", "“。", "A.", "...", "\n", "( "}) {
    std::string text;
    while (text.size() < 1'000'000) text += piece;
    EXPECT_LE(SplitSentences(text, "en").size(), text.size()) << piece;
  }
}

}  // namespace
}  // namespace tercet
