// Facts about searches; that they miss nothing is in search_twin_test.cc.
#include <optional>
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
using ::testing::SizeIs;

SearchQuery Query(std::string_view phrase) {
  return {.conditions = {{.phrases = {std::string(phrase)}}}};
}

Page<SearchHit> SearchPage(TestDatabase& database, const SearchQuery& query,
                           const PageRequest& page = {.size = 100}) {
  return Must(database->Search(std::nullopt, query, page, NeverStop()));
}

std::vector<std::string> Sources(const Page<SearchHit>& page) {
  std::vector<std::string> texts;
  for (const SearchHit& hit : page.items) {
    texts.push_back(hit.entry.unit.variants[0].segment.text);
  }
  return texts;
}

std::vector<std::string> Search(TestDatabase& database,
                                const SearchQuery& query) {
  return Sources(SearchPage(database, query));
}

TEST(Search, FindsSourcesAndTargetsShortestFirstThenNewest) {
  TestDatabase database;
  database.Write("press", MakeUnit({{"en", "The flood of 2024."}}));
  database.Write("press", MakeUnit({{"en", "A flood!"}}));
  database.Write("press", MakeUnit({{"zh", "水灾"}, {"en", "the flood"}}));
  database.Write("press", MakeUnit({{"es", "Inundación."}}));
  EXPECT_THAT(Search(database, Query("FLOOD")),
              ElementsAre("水灾", "A flood!", "The flood of 2024."));
  const Page<SearchHit> page = SearchPage(database, Query("水"));
  ASSERT_THAT(page.items, SizeIs(1));
  ASSERT_THAT(page.items[0].variants, SizeIs(1));
  EXPECT_EQ(page.items[0].variants[0].variant, 0U);
  EXPECT_THAT(page.items[0].variants[0].spans, ElementsAre(TextSpan{0, 3}));
}

TEST(Search, KeepsToTheLanguage) {
  TestDatabase database;
  database.Write("press", MakeUnit({{"en", "a radio"}, {"es", "la radio"}}));
  database.Write("press", MakeUnit({{"en", "radio"}, {"es-MX", "el radio"}}));
  SearchQuery query = Query("radio");
  query.conditions[0].language = Tag("es-MX");
  EXPECT_THAT(Search(database, query), ElementsAre("radio"));
  query.conditions[0].language = Tag("es");
  EXPECT_THAT(Search(database, query), SizeIs(2));
  query.conditions[0].language = Tag("zh");
  EXPECT_THAT(Search(database, query), IsEmpty());
}

TEST(Search, MeetsAllConditionsByWhicheverVariants) {
  TestDatabase database;
  database.Write("press", MakeUnit({{"zh", "水灾"}, {"en", "a flood"}}));
  database.Write("press", MakeUnit({{"zh", "水灾了"}, {"en", "a deluge"}}));
  SearchQuery query = Query("水灾");
  query.conditions.push_back({.phrases = {"flood"}, .language = Tag("en")});
  const Page<SearchHit> page = SearchPage(database, query);
  EXPECT_THAT(Sources(page), ElementsAre("水灾"));
  EXPECT_THAT(page.items[0].variants, SizeIs(2));
}

TEST(Search, AllWordsMayStandAnywhereInOneText) {
  TestDatabase database;
  database.Write("press",
                 MakeUnit({{"en", "Reform of taxes: tax reform now"}}));
  database.Write("press", MakeUnit({{"en", "tax"}, {"es", "reform"}}));
  SearchQuery query = Query("reform, tax");
  EXPECT_THAT(Search(database, query), IsEmpty());
  query.conditions[0].all_words = true;
  EXPECT_THAT(Search(database, query), SizeIs(1));
  query.conditions[0] = {.phrases = {"tax reform", "now"}};
  EXPECT_THAT(Search(database, query), SizeIs(1));
}

TEST(Search, FiltersUnits) {
  TestDatabase database;
  Unit unit = MakeUnit({{"en", "a flood"}});
  unit.origin.document = "a";
  database.Write("press", unit);
  database.Write("web", MakeUnit({{"en", "one flood"}}));
  SearchQuery query = Query("flood");
  query.filter.documents = {"a"};
  EXPECT_THAT(Search(database, query), ElementsAre("a flood"));
  query.filter = {.memories = {"web"}};
  EXPECT_THAT(Search(database, query), ElementsAre("one flood"));
}

// All pages of `size`, with `between` done after each.
template <typename Between>
std::vector<std::string> AllPages(TestDatabase& database,
                                  const SearchQuery& query, int size,
                                  const Between& between) {
  std::vector<std::string> texts;
  PageRequest request{.size = size};
  do {
    const Page<SearchHit> page = SearchPage(database, query, request);
    for (const std::string& text : Sources(page)) texts.push_back(text);
    request.token = page.next_token;
    between();
  } while (!request.token.empty());
  return texts;
}

TEST(Search, PagesAddUpToTheWhole) {
  TestDatabase database;
  for (int i = 0; i < 23; ++i) {
    database.Write(i % 2 == 0 ? "a" : "b",
                   MakeUnit({{"en", fmt::format("flood {}", i)},
                             {"es", fmt::format("flood de {}", i)}}));
  }
  const std::vector<std::string> whole = Search(database, Query("flood"));
  ASSERT_THAT(whole, SizeIs(23));
  for (const int size : {1, 2, 7, 22, 23, 24}) {
    EXPECT_EQ(AllPages(database, Query("flood"), size, [] {}), whole) << size;
  }
}

TEST(Search, NoUnitComesTwiceWhileUnitsAreWritten) {
  TestDatabase database;
  for (int i = 0; i < 10; ++i) {
    database.Write("a",
                   {.id = fmt::format("u{}", i),
                    .unit = MakeUnit({{"en", fmt::format("flood {}", i)}})});
  }
  int round = 0;
  const std::vector<std::string> texts =
      AllPages(database, Query("flood"), 2, [&] {
        // The units of the first page become longer, and new ones come.
        const UnitUpdate longer{
            .fields = {UnitField::kVariants},
            .unit = MakeUnit({{"en", fmt::format("a long flood {}", round)}})};
        Must(database->UpdateUnit("a", fmt::format("u{}", 9 - round), longer,
                                  {}));
        database.Write("a",
                       MakeUnit({{"en", fmt::format("flood x{}", round)}}));
        ++round;
      });
  // u8 was still to come when u9 was changed; it was changed after its page.
  EXPECT_THAT(texts, ElementsAre("flood 9", "flood 8", "flood 7", "flood 6",
                                 "flood 5", "flood 4", "flood 3", "flood 2",
                                 "flood 1", "flood 0"));
}

TEST(Search, RefusesATokenThatIsNone) {
  TestDatabase database;
  EXPECT_THAT(
      database->Search(std::nullopt, Query("a"), {.token = "x"}, NeverStop())
          .status(),
      StatusIs(StatusCode::kInvalidArgument, testing::HasSubstr("page_token")));
}

TEST(Search, StopsWhenItIsToldTo) {
  TestDatabase database;
  for (int i = 0; i < 5; ++i) {
    database.Write("a", MakeUnit({{"en", fmt::format("flood {}", i)}}));
  }
  int left = 3;
  const StopCheck stop = [&left]() -> Status {
    if (--left > 0) return OkStatus();
    return MakeError(StatusCode::kCancelled, "enough", {.reason = "CANCELLED"});
  };
  EXPECT_THAT(database->Search(std::nullopt, Query("flood"), {}, stop).status(),
              ReasonIs("CANCELLED"));
}

}  // namespace
}  // namespace tercet
