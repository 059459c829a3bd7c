#include "service/release/release_date.h"

#include <string>

#include "gtest/gtest.h"

namespace tercet {
namespace {

TEST(ReleaseDate, ReadsThreeLanguages) {
  struct Case {
    const char* text;
    const char* language;
    const char* date;
  };
  constexpr Case kCases[] = {
      {"Nov. 21, 2008", "en", "2008-11-21"},
      {"November 21st, 2008", "en", "2008-11-21"},
      {"21 November 2008", "en", "2008-11-21"},
      {"Updated Fri, 21 Nov 2008 10:15 GMT", "en", "2008-11-21"},
      {"Sept. 3", "en", "--09-03"},
      {"May 1 rallies", "en", "--05-01"},
      {"(11/22/08)", "en", "2008-11-22"},
      {"22/11/08", "en", "2008-11-22"},
      {"03/04/2008", "en", "2008-03-04"},
      {"03/04/2008", "es", "2008-04-03"},
      {"21 de noviembre de 2008", "es", "2008-11-21"},
      {"viernes, 21 de noviembre del 2008", "es", "2008-11-21"},
      {"21 nov (Xinhua)", "es", "--11-21"},
      {"1 de enero", "es", "--01-01"},
      {"3 dic. 2008", "es", "2008-12-03"},
      {"2008年11月21日", "zh", "2008-11-21"},
      {"2008年 11月 21日 10:15", "zh", "2008-11-21"},
      {"11月21日电", "zh", "--11-21"},
      {"11月3號", "zh", "--11-03"},
      {"2008-11-21T10:15:00+08:00", "", "2008-11-21"},
      {"2008/11/21", "zh", "2008-11-21"},
      {"t20081121_123.htm", "", "2008-11-21"},
      {"29 February 2008", "en", "2008-02-29"},
  };
  for (const Case& c : kCases) {
    const auto found = FindDate(c.text, c.language);
    ASSERT_TRUE(found.has_value()) << c.text;
    EXPECT_EQ(FormatDate(found->date), c.date) << c.text;
  }
}

TEST(ReleaseDate, FindsNoneWhereThereIsNone) {
  for (const char* text :
       {"", "Trade grew 21 percent.", "29 February 2009", "Marching 21 miles",
        "31 April 2008", "2008", "1234567890", "31日", "v2.6.26", "12.5.3"}) {
    EXPECT_FALSE(FindDate(text, "en").has_value()) << text;
  }
}

TEST(ReleaseDate, TellsWhereItStands) {
  const std::string text = "Pekín, 21 nov (Xinhua)";
  const auto found = FindDate(text, "es");
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(text.substr(found->begin, found->end - found->begin), "21 nov");
}

TEST(ReleaseDate, KnowsLinesOfDates) {
  for (const char* text : {"2008-11-22 10:15:07", "Updated: 2008-11-22 10:15",
                           "Published on Friday, 21 November 2008",
                           "发布时间：2008年11月22日 10:15",
                           "Publicado el 21 de noviembre de 2008 a las 10:15 h",
                           "2008年11月22日 星期六"}) {
    EXPECT_TRUE(IsDateLine(text, "")) << text;
  }
  for (const char* text : {"Trade grew on 21 November 2008.", "Nov. 21",
                           "10:15", "2008年11月22日，两国签署协定。"}) {
    EXPECT_FALSE(IsDateLine(text, "")) << text;
  }
}

}  // namespace
}  // namespace tercet
