#include "service/formats/code_match.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tercet {
namespace {

using ::testing::ElementsAre;
using ::testing::Optional;
using Kind = InlineCode::Kind;

constexpr std::optional<size_t> kNone;

InlineCode Begin(std::string content, std::string number) {
  return {.kind = Kind::kBeginPaired,
          .content = std::move(content),
          .attributes = {{"i", std::move(number)}}};
}
InlineCode End(std::string content, std::string number) {
  return {.kind = Kind::kEndPaired,
          .content = std::move(content),
          .attributes = {{"i", std::move(number)}}};
}
InlineCode Alone(std::string content, std::string number) {
  return {.content = std::move(content),
          .attributes = {{"x", std::move(number)}}};
}

TEST(PairCodes, GoesByNumbers) {
  EXPECT_THAT(PairCodes({Begin("<b>", "1"), Begin("<i>", "2"), Alone("x", "3"),
                         End("</b>", "1"), End("</u>", "9")}),
              ElementsAre(Optional(3), kNone, kNone, Optional(0), kNone));
}

TEST(MatchCodes, PrefersTheSameContentToTheSamePlace) {
  EXPECT_THAT(MatchCodes({Alone("{b}", "1"), Alone("{c}", "2")},
                         {Alone("{a}", "1"), Alone("{b}", "2")}),
              ElementsAre(Optional(1), Optional(0)));
}

TEST(MatchCodes, TakesThePartnerOfABeginForItsEnd) {
  EXPECT_THAT(MatchCodes({Begin("<b>", "2"), End("</b>", "2")},
                         {Begin("<i>", "1"), End("</x>", "1"),
                          Begin("<b>", "3"), End("</b>", "3")}),
              ElementsAre(Optional(2), Optional(3)));
}

TEST(MatchCodes, PutsPlaceholdersOfTheSameContentForAPair) {
  EXPECT_THAT(MatchCodes({Begin("<b>", "1"), End("</b>", "1")},
                         {Alone("<b>", "1"), Alone("</b>", "2")}),
              ElementsAre(Optional(0), Optional(1)));
}

TEST(MatchCodes, LeavesOutAPairOfWhichOneHalfIsKnown) {
  EXPECT_THAT(MatchCodes({Begin("<a href='x'>", "1"), End("</a>", "1")},
                         {Alone("<a href='y'>", "1"), Alone("</a>", "2")}),
              ElementsAre(kNone, kNone));
  EXPECT_THAT(
      MatchCodes({Alone("</b>", "1")}, {Begin("<b>", "1"), End("</b>", "1")}),
      ElementsAre(kNone));
}

TEST(MatchCodes, LeavesOutWhatIsOneTooMany) {
  EXPECT_THAT(
      MatchCodes({Alone("{}", "1"), Alone("{}", "2")}, {Alone("{}", "7")}),
      ElementsAre(Optional(0), kNone));
}

}  // namespace
}  // namespace tercet
