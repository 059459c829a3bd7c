#include "service/memory/unit_page.h"

#include <string>
#include <utility>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/model/limits.h"

namespace tercet {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;

UnitEntry Entry(std::string id, size_t note_bytes = 0) {
  UnitEntry entry{.id = std::move(id)};
  entry.unit.notes = {std::string(note_bytes, 'n')};
  return entry;
}

auto Ids(const char* a, const char* b) {
  return ElementsAre(Field(&UnitEntry::id, a), Field(&UnitEntry::id, b));
}

TEST(UnitPage, KeepsTheFirstOnesInWhateverOrderTheyCome) {
  UnitPage page(2);
  for (const char* id : {"d", "b", "c", "a", "e"}) page.Add(id, Entry(id));
  EXPECT_TRUE(page.is_full());
  const Page<UnitEntry> taken = std::move(page).Take();
  EXPECT_THAT(taken.items, Ids("a", "b"));
  EXPECT_EQ(taken.next_token, "b");
}

TEST(UnitPage, IsTheLastWhenAllFit) {
  UnitPage page(2);
  page.Add("a", Entry("a"));
  page.Add("b", Entry("b"));
  EXPECT_FALSE(page.is_full());
  EXPECT_EQ(std::move(page).Take().next_token, "");
}

TEST(UnitPage, EndsWhereAMessageWouldBeTooLarge) {
  UnitPage page(100);
  page.Add("a", Entry("a", kMaxMessageBytes / 8));
  page.Add("c", Entry("c", kMaxMessageBytes / 8));
  page.Add("b", Entry("b"));
  // It would fit, but stands behind one that does not.
  page.Add("d", Entry("d"));
  EXPECT_TRUE(page.is_full());
  EXPECT_THAT(std::move(page).Take().items, Ids("a", "b"));
}

TEST(UnitPage, TakesOneHoweverLarge) {
  UnitPage page(100);
  page.Add("a", Entry("a", kMaxMessageBytes));
  EXPECT_FALSE(page.is_full());
  page.Add("b", Entry("b"));
  const Page<UnitEntry> taken = std::move(page).Take();
  EXPECT_THAT(taken.items, ElementsAre(Field(&UnitEntry::id, "a")));
  EXPECT_EQ(taken.next_token, "a");
}

}  // namespace
}  // namespace tercet
