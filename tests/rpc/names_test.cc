#include "service/rpc/names.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace tercet {
namespace {

TEST(MemoryName, IsParsedBack) {
  EXPECT_EQ(MemoryName("press-2026"), "memories/press-2026");
  EXPECT_EQ(ParseMemoryName("memories/press-2026"), "press-2026");
}

TEST(MemoryName, RefusesAnythingElse) {
  for (const std::string& name :
       {std::string(), std::string("press"), std::string("memories"),
        std::string("memories/"), std::string("memories/-"),
        std::string("memories/Press"), std::string("memories/a-"),
        std::string("memories/a/units/b"), std::string("memory/press"),
        "memories/" + std::string(64, 'a')}) {
    EXPECT_EQ(ParseMemoryName(name), std::nullopt) << name;
  }
}

TEST(UnitName, IsParsedBack) {
  EXPECT_EQ(UnitName("press", "0k3"), "memories/press/units/0k3");
  EXPECT_EQ(ParseUnitName("memories/press/units/0k3"),
            (UnitPlace{.memory_id = "press", .unit_id = "0k3"}));
}

TEST(UnitName, RefusesAnythingElse) {
  for (const std::string name :
       {"", "memories/press", "memories/press/units/", "memories//units/a",
        "memories/press/units/a/units/b", "memories/press/units/A"}) {
    EXPECT_EQ(ParseUnitName(name), std::nullopt) << name;
  }
}

TEST(MemoryScope, IsOneMemoryOrAll) {
  EXPECT_EQ(ParseMemoryScope("memories/press"),
            MemoryScope{.memory_id = "press"});
  EXPECT_EQ(ParseMemoryScope("memories/-"), MemoryScope{});
  EXPECT_EQ(ParseMemoryScope("-"), std::nullopt);
  EXPECT_EQ(ParseMemoryScope(""), std::nullopt);
}

}  // namespace
}  // namespace tercet
