#include "service/memory/search_place.h"

#include <string>

#include "gtest/gtest.h"

namespace tercet {
namespace {

const SearchPlace kPlace = {
    .length = 7, .memory_id = "press", .unit = UnitNumber{42}};

TEST(SearchPlace, SortsByLengthMemoryAndNewest) {
  const SearchPlace kInOrder[] = {
      {3, "z", UnitNumber{1}},     {4, "press", UnitNumber{9}},
      {4, "press", UnitNumber{8}}, {4, "press-2", UnitNumber{99}},
      {256, "a", UnitNumber{300}}, {256, "a", UnitNumber{2}},
  };
  std::string before;
  for (const SearchPlace& place : kInOrder) {
    const std::string bytes = EncodeSearchPlace(place);
    EXPECT_LT(before, bytes);
    EXPECT_EQ(DecodeSearchPlace(bytes), place);
    before = bytes;
  }
}

TEST(SearchResume, ComesBack) {
  const SearchResume resume = {Revision{5}, kPlace};
  EXPECT_EQ(DecodeSearchResume(EncodeSearchResume(resume)), resume);
}

TEST(SearchResume, RefusesAllElse) {
  const std::string bytes = EncodeSearchResume({Revision{5}, kPlace});
  for (size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(DecodeSearchResume(bytes.substr(0, size)).has_value()) << size;
  }
  EXPECT_FALSE(DecodeSearchResume(bytes + "x").has_value());
  std::string upper = bytes;
  upper[12] = 'P';
  EXPECT_FALSE(DecodeSearchResume(upper).has_value());
}

}  // namespace
}  // namespace tercet
