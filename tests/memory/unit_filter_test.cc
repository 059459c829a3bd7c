#include "service/memory/unit_filter.h"

#include <string>
#include <string_view>
#include <vector>

#include "fmt/format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/memory/test_database.h"

namespace tercet {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

UnitEntry MakeSample() {
  UnitEntry entry{
      .memory_id = "press",
      .id = "a",
      .unit = MakeUnit({{"zh-CN", "水灾"}, {"es-MX", "inundación"}}),
      .update_micros = 900};
  entry.unit.state = UnitState::kAligned;
  entry.unit.origin.document = "press/2026/0417";
  entry.unit.attribution.creator = "ana";
  entry.unit.variants[1].attribution.creator = "ben";
  entry.unit.properties = {{"x-project", "floods"}, {"x-desk", "asia"}};
  entry.unit.variants[1].properties = {{"x-desk", "latam"}};
  return entry;
}

TEST(UnitFilter, LetsThroughWhatMeetsEveryCondition) {
  struct Case {
    std::string_view name;
    UnitFilter filter;
    bool passes;
  };
  const Case kCases[] = {
      {"nothing asked", {}, true},
      {"memory", {.memories = {"web", "press"}}, true},
      {"other memory", {.memories = {"web"}}, false},
      {"document", {.documents = {"press/2026/0417"}}, true},
      {"part of a document's name", {.documents = {"press/2026"}}, false},
      {"beginning", {.documents = {"x", "press/2026/*"}}, true},
      {"other beginning", {.documents = {"press/2025/*"}}, false},
      {"any document", {.documents = {"*"}}, true},
      {"creator", {.creators = {"ana"}}, true},
      {"creator of a variant", {.creators = {"eva", "ben"}}, true},
      {"other creator", {.creators = {"an"}}, false},
      {"state", {.states = {UnitState::kDraft, UnitState::kAligned}}, true},
      {"other state", {.states = {UnitState::kConfirmed}}, false},
      {"property", {.properties = {{"x-project", "floods"}}}, true},
      {"property of a variant", {.properties = {{"x-desk", "latam"}}}, true},
      {"other value", {.properties = {{"x-project", "x"}}}, false},
      {"one of two values",
       {.properties = {{"x-project", "x"}, {"x-project", "floods"}}},
       true},
      {"one of two types",
       {.properties = {{"x-project", "floods"}, {"x-desk", "eu"}}},
       false},
      {"both types",
       {.properties = {{"x-project", "floods"}, {"x-desk", "asia"}}},
       true},
      {"language in any region", {.languages = {Tag("es")}}, true},
      {"the region", {.languages = {Tag("es-MX")}}, true},
      {"another region", {.languages = {Tag("es-ES")}}, false},
      {"the same region by another name",
       {.languages = {Tag("zh-Hans")}},
       true},
      {"both languages", {.languages = {Tag("es"), Tag("zh")}}, true},
      {"one language is not there",
       {.languages = {Tag("es"), Tag("en")}},
       false},
      {"everything but one",
       {.documents = {"*"}, .creators = {"ana"}, .states = {UnitState::kDraft}},
       false},
  };
  for (const Case& c : kCases) {
    EXPECT_EQ(Matches(c.filter, MakeSample()), c.passes) << c.name;
  }
}

TEST(UnitFilter, BoundsTheDateFromBelowInclusively) {
  const UnitEntry entry = MakeSample();
  EXPECT_TRUE(Matches({.begin_micros = 900, .end_micros = 901}, entry));
  EXPECT_FALSE(Matches({.begin_micros = 901}, entry));
  EXPECT_FALSE(Matches({.end_micros = 900}, entry));
}

TEST(DateOf, IsTheLatestThatIsStated) {
  UnitEntry entry = MakeSample();
  EXPECT_EQ(DateOf(entry), 900);
  entry.unit.attribution.creation_micros = -5;
  EXPECT_EQ(DateOf(entry), -5);
  entry.unit.attribution.change_micros = 7;
  EXPECT_EQ(DateOf(entry), 7);
  entry.unit.variants[1].attribution.creation_micros = 8;
  EXPECT_EQ(DateOf(entry), 8);
}

std::vector<std::string> TextsOf(const std::vector<Match>& matches) {
  std::vector<std::string> texts;
  for (const Match& match : matches) {
    texts.push_back(match.entry.unit.variants[match.source].segment.text);
  }
  return texts;
}

TEST(FilteredLookup, FindsOneThatManyBetterOnesWouldHide) {
  TestDatabase database;
  for (int i = 0; i < 50; ++i) {
    Unit unit = MakeUnit(
        {{"en", fmt::format("Trade rose {} times.", i)}, {"es", "Sí."}});
    unit.origin.document = "many";
    database.Write("press", unit);
  }
  Unit worse = MakeUnit({{"en", "Trade rose twice again."}, {"es", "No."}});
  worse.origin.document = "one";
  database.Write("press", worse);
  LookupQuery query = MakeQuery("en", "Trade rose 7 times.");
  query.min_score = 40;
  query.max_matches = 1;
  query.filter.documents = {"one"};
  EXPECT_THAT(TextsOf(database.Lookup(query)),
              ElementsAre("Trade rose twice again."));
  query.filter.creators = {"nobody"};
  EXPECT_THAT(database.Lookup(query), IsEmpty());
}

TEST(FilteredLookup, AppliesToExactLookupsToo) {
  TestDatabase database;
  for (const std::string memory : {"a", "b", "c"}) {
    database.Write(memory, MakeUnit({{"en", "Yes."}, {"es", "Sí."}}));
  }
  LookupQuery query = MakeQuery("en", "Yes.");
  query.filter.memories = {"c", "a"};
  const Page<Match> page = Must(database->LookupExact(std::nullopt, query, {}));
  ASSERT_EQ(page.items.size(), 2U);
  EXPECT_EQ(page.items[0].entry.memory_id, "a");
  EXPECT_EQ(page.items[1].entry.memory_id, "c");
}

TEST(FilteredLookup, RefusesUnknownMemories) {
  TestDatabase database;
  database.CreateMemory("a");
  LookupQuery query = MakeQuery("en", "Yes.");
  query.filter.memories = {"a", "nope"};
  EXPECT_THAT(database->Lookup(std::nullopt, query, NeverStop()).status(),
              ReasonIs("MEMORY_NOT_FOUND"));
}

}  // namespace
}  // namespace tercet
