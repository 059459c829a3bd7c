#include "service/release/dateline.h"

#include <string>

#include "gtest/gtest.h"

namespace tercet {
namespace {

struct Case {
  const char* text;
  const char* language;
  const char* agency;
  const char* place;
  const char* date;
  const char* rest;
};

TEST(Dateline, ReadsAgenciesOfThreeLanguages) {
  constexpr Case kCases[] = {
      {"BEIJING, Nov. 21 (Xinhua) -- Trade grew.", "en", "Xinhua", "BEIJING",
       "--11-21", "Trade grew."},
      {"BEIJING, Nov. 21, 2008 (Xinhua) -- Trade grew.", "en", "Xinhua",
       "BEIJING", "2008-11-21", "Trade grew."},
      {"LIMA, Peru, Nov. 21 (Xinhua) -- Trade grew.", "en", "Xinhua",
       "LIMA, Peru", "--11-21", "Trade grew."},
      {"BEIJING (AP) — Trade grew.", "en", "AP", "BEIJING", "", "Trade grew."},
      {"WASHINGTON, D.C. (AP) - Trade grew.", "en", "AP", "WASHINGTON, D.C", "",
       "Trade grew."},
      {"LONDON, Nov 21 (Reuters) - Trade grew.", "en", "Reuters", "LONDON",
       "--11-21", "Trade grew."},
      {"PARIS, Nov 21, 2008 (AFP) - Trade grew.", "en", "AFP", "PARIS",
       "2008-11-21", "Trade grew."},
      {"NEW YORK, June 5, 2020 /PRNewswire/ -- Trade grew.", "en", "PRNewswire",
       "NEW YORK", "2020-06-05", "Trade grew."},
      {"GENEVA, 21 November 2008 – Trade grew.", "en", "", "GENEVA",
       "2008-11-21", "Trade grew."},
      {"BEIJING, 21 nov (Xinhua) -- El comercio creció.", "es", "Xinhua",
       "BEIJING", "--11-21", "El comercio creció."},
      {"Pekín, 21 nov (EFE).- El comercio creció.", "es", "EFE", "Pekín",
       "--11-21", "El comercio creció."},
      {"Madrid (EFE).- El comercio creció.", "es", "EFE", "Madrid", "",
       "El comercio creció."},
      {"MADRID, 21 Nov. (EUROPA PRESS) - El comercio creció.", "es",
       "EUROPA PRESS", "MADRID", "--11-21", "El comercio creció."},
      {"París, 21 nov 2008 (AFP) - El comercio creció.", "es", "AFP", "París",
       "2008-11-21", "El comercio creció."},
      {"La Habana, 21 nov (Prensa Latina) El comercio creció.", "es",
       "Prensa Latina", "La Habana", "--11-21", "El comercio creció."},
      {"CIUDAD DE MÉXICO (AP) — El comercio creció.", "es", "AP",
       "CIUDAD DE MÉXICO", "", "El comercio creció."},
      {"新华社北京11月21日电（记者李明、王刚）贸易增长。", "zh", "新华社",
       "北京", "--11-21", "贸易增长。"},
      {"新华社北京11月21日电 贸易增长。", "zh", "新华社", "北京", "--11-21",
       "贸易增长。"},
      {"新华社利马２００８年电 贸易增长。", "zh", nullptr, "", "", ""},
      {"新华社北京2008年11月21日电　贸易增长。", "zh", "新华社", "北京",
       "2008-11-21", "贸易增长。"},
      {"【新华社北京11月21日电】贸易增长。", "zh", "新华社", "北京", "--11-21",
       "贸易增长。"},
      {"新华社华盛顿11月21日专电(记者 李明)贸易增长。", "zh", "新华社",
       "华盛顿", "--11-21", "贸易增长。"},
      {"中新社北京11月21日电 (记者 李明)贸易增长。", "zh", "中新社", "北京",
       "--11-21", "贸易增长。"},
      {"中新网11月21日电 贸易增长。", "zh", "中新网", "", "--11-21",
       "贸易增长。"},
      {"中新网北京11月21日电 (记者 李明)贸易增长。", "zh", "中新网", "北京",
       "--11-21", "贸易增长。"},
      {"人民网北京11月21日电 （记者李明）贸易增长。", "zh", "人民网", "北京",
       "--11-21", "贸易增长。"},
      {"本报北京11月21日讯 贸易增长。", "zh", "本报", "北京", "--11-21",
       "贸易增长。"},
      {"海港社卡亚俄11月20日电（记者林晓）贸易增长。", "zh", "海港社", "卡亚俄",
       "--11-20", "贸易增长。"},
      {"新华网讯 贸易增长。", "zh", "新华网", "", "", "贸易增长。"},
      {"（中央社記者李明台北21日電）貿易增長。", "zh", "中央社", "", "",
       "貿易增長。"},
      {"法新社巴黎11月21日电 贸易增长。", "zh", "法新社", "巴黎", "--11-21",
       "贸易增长。"},
      {"新華社北京11月21日電（記者李明）貿易增長。", "zh", "新華社", "北京",
       "--11-21", "貿易增長。"},
  };
  for (const Case& c : kCases) {
    const auto found = FindDateline(c.text, c.language);
    ASSERT_EQ(found.has_value(), c.agency != nullptr) << c.text;
    if (!found.has_value()) continue;
    EXPECT_EQ(found->dateline.agency, c.agency) << c.text;
    EXPECT_EQ(found->dateline.place, c.place) << c.text;
    EXPECT_EQ(FormatDate(found->dateline.date), c.date) << c.text;
    EXPECT_EQ(std::string(c.text).substr(found->end), c.rest) << c.text;
  }
}

TEST(Dateline, LeavesSentencesAlone) {
  for (const char* text :
       {"", "The Associated Press (AP) reported on Nov. 21 that trade grew.",
        "China (PRC) - the largest developing country - grew.",
        "Trade grew in May 2008 (see table) - and fell afterwards.",
        "On Nov. 21 - a Friday - trade grew.", "新华社是中国的通讯社。",
        "国际旅行社11月20日开始营业，生意很好。",
        "新华社记者在北京采访了总统，他说贸易增长。",
        "El comercio (AFP) creció 5% en mayo.",
        "Debian GNU/Linux 5.0 - released",
        "Updated Debian 9: 9.3 released, December 9th, 2017"}) {
    EXPECT_FALSE(FindDateline(text, "").has_value()) << text;
  }
}

}  // namespace
}  // namespace tercet
