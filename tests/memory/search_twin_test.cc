// Searches find what looking at every text finds, in the same order.
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/text/tokenize.h"
#include "tests/memory/test_database.h"
#include "tests/support/number_text.h"
#include "tests/support/plain_search.h"
#include "tests/support/random_text.h"
#include "tests/support/real_text.h"

namespace tercet {
namespace {

constexpr std::array kBases = {"en", "zh", "es"};

// A piece of `text` from one token's beginning to another's end.
std::string CutPhrase(const std::string& text, RandomText& random) {
  const std::vector<TokenSpan> tokens = Tokenize(text);
  if (tokens.empty()) return text;
  const size_t first = random.Below(tokens.size());
  const size_t last = std::min(tokens.size() - 1,
                               first + random.Below(random.OneIn(3) ? 6 : 2));
  return text.substr(tokens[first].begin,
                     tokens[last].end - tokens[first].begin);
}

class World {
 public:
  explicit World(uint64_t seed) : random_(seed) {
    database_.CreateMemory("press");
    database_.CreateMemory("web");
  }

  RandomText& random() { return random_; }
  TestDatabase& database() { return database_; }

  void Change() {
    const std::string memory = MakeMemory();
    if (random_.OneIn(5)) {
      for (const UnitEntry& entry : database_.WalkAll(memory)) {
        if (random_.OneIn(4)) {
          Must(database_->DeleteUnit(memory, entry.id, {}));
        } else if (random_.OneIn(4)) {
          Must(database_->UpdateUnit(
              memory, entry.id,
              {.fields = {UnitField::kVariants, UnitField::kSourceLanguage},
               .unit = MakeRandomUnit()},
              {}));
        }
      }
      return;
    }
    if (random_.OneIn(6)) return database_.Reopen();
    std::vector<NewUnit> units;
    for (size_t i = 1 + random_.Below(30); i > 0; --i) {
      units.push_back({.unit = MakeRandomUnit()});
    }
    Must(database_->CreateUnits(memory, std::move(units), {}));
  }

  SearchQuery MakeQuery() {
    SearchQuery query;
    for (size_t i = random_.OneIn(4) ? 2 : 1; i > 0; --i) {
      query.conditions.push_back(MakeCondition());
    }
    if (random_.OneIn(4)) query.filter.documents = {"press/*"};
    if (random_.OneIn(6)) query.filter.languages = {Tag("es")};
    return query;
  }

  std::optional<std::string_view> MakeScope() {
    if (random_.OneIn(2)) return std::nullopt;
    return random_.OneIn(2) ? "press" : "web";
  }

 private:
  std::string MakeMemory() { return random_.OneIn(2) ? "press" : "web"; }

  Unit MakeRandomUnit() {
    static constexpr std::array kCodes = {"en", "en-GB", "zh", "zh-TW",
                                          "es", "es-MX", "fr", "x-own"};
    Unit unit;
    if (random_.OneIn(2)) unit.origin.document = "press/1";
    for (size_t i = 1 + random_.Below(3); i > 0; --i) {
      const std::string base = random_.Pick(kBases);
      Segment segment = random_.MakeSegment(base);
      if (random_.OneIn(3)) segment = {.text = MakeNumberText(random_, base)};
      if (!texts_.empty() && random_.OneIn(3))
        segment.text = random_.Pick(texts_);
      if (segment.text.empty()) segment.text = "x";
      std::erase_if(segment.codes, [&segment](const InlineCode& code) {
        return code.offset > segment.text.size() ||
               (code.offset < segment.text.size() &&
                (segment.text[code.offset] & 0xC0) == 0x80);
      });
      texts_.push_back(segment.text);
      unit.variants.push_back(
          {.language = Tag(random_.OneIn(3) ? random_.Pick(kCodes) : base),
           .segment = std::move(segment)});
    }
    return unit;
  }

  TextCondition MakeCondition() {
    TextCondition condition;
    for (size_t i = random_.OneIn(5) ? 2 : 1; i > 0; --i) {
      std::string phrase = CutPhrase(random_.Pick(texts_), random_);
      if (random_.OneIn(5)) {
        phrase = random_.Edit({.text = phrase}, random_.Pick(kBases)).text;
      } else if (random_.OneIn(3)) {
        phrase = RespellPhrase(random_, std::move(phrase));
      }
      if (Tokenize(phrase).empty()) phrase = "the";
      condition.phrases.push_back(std::move(phrase));
    }
    condition.all_words = random_.OneIn(4);
    condition.form = static_cast<SearchForm>(1 + random_.Below(3));
    if (random_.OneIn(4)) condition.language = Tag(random_.Pick(kBases));
    return condition;
  }

  TestDatabase database_;
  RandomText random_;
  std::vector<std::string> texts_;
};

// All hits, page by page.
std::vector<SearchHit> SearchAll(World& world,
                                 std::optional<std::string_view> scope,
                                 const SearchQuery& query) {
  std::vector<SearchHit> hits;
  PageRequest request{.size = 1 + static_cast<int>(world.random().Below(40))};
  do {
    Page<SearchHit> page =
        Must(world.database()->Search(scope, query, request, NeverStop()));
    std::ranges::move(page.items, std::back_inserter(hits));
    request.token = page.next_token;
  } while (!request.token.empty());
  return hits;
}

TEST(SearchTwin, AgreesWhateverIsStoredAndAsked) {
  for (uint64_t seed = 1; seed <= 6; ++seed) {
    SCOPED_TRACE(fmt::format("seed {}", seed));
    World world(seed);
    size_t found = 0;
    for (int round = 0; round < 8; ++round) {
      do {
        world.Change();
      } while (world.database()->Stats().unit_count == 0);
      for (int i = 0; i < 20; ++i) {
        const SearchQuery query = world.MakeQuery();
        const auto scope = world.MakeScope();
        const std::vector<SearchHit> hits = SearchAll(world, scope, query);
        ASSERT_EQ(Describe(hits),
                  Describe(Must(PlainSearch(*world.database(), scope, query))))
            << fmt::format("round {}, phrase '{}'", round,
                           query.conditions[0].phrases[0]);
        found += hits.size();
      }
    }
    EXPECT_GT(found, 80U) << "the test has little to compare";
  }
}

// Real text, numbers many among it, searched for its own pieces.
TEST(SearchTwin, AgreesOverRealText) {
  RandomText random(11);
  TestDatabase database;
  database.CreateMemory("press");
  std::vector<std::string> texts;
  for (const std::string language : {"en", "zh", "es"}) {
    const std::vector<std::string> all = RealTexts(language);
    if (all.empty()) {
      GTEST_SKIP() << "no real text: set TERCET_SHARED_DATA to its directory";
    }
    std::vector<NewUnit> units;
    for (int i = 0; i < 400; ++i) {
      const std::string& text = random.Pick(all);
      texts.push_back(text);
      units.push_back({.unit = MakeUnit({{language, text}})});
    }
    Must(database->CreateUnits("press", std::move(units), {}));
  }
  size_t found = 0;
  for (int i = 0; i < 150; ++i) {
    TextCondition condition{.all_words = random.OneIn(3)};
    condition.form = static_cast<SearchForm>(1 + random.Below(3));
    std::string phrase = CutPhrase(random.Pick(texts), random);
    if (random.OneIn(3)) phrase = RespellPhrase(random, std::move(phrase));
    condition.phrases.push_back(std::move(phrase));
    const SearchQuery query{.conditions = {condition}};
    const Page<SearchHit> hits = Must(
        database->Search(std::nullopt, query, {.size = 2000}, NeverStop()));
    ASSERT_EQ(Describe(hits.items),
              Describe(Must(PlainSearch(*database, std::nullopt, query))))
        << fmt::format("phrase '{}', form {}", condition.phrases[0],
                       static_cast<int>(condition.form));
    found += hits.items.size();
  }
  EXPECT_GT(found, 1000U) << "the test has little to compare";
}

}  // namespace
}  // namespace tercet
