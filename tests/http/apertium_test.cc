// Requests as OmegaT 6 forms them.
#include "tests/http/site_fixture.h"

namespace tercet::http {
namespace {

class ApertiumTest : public SiteTest {};

TEST_F(ApertiumTest, GivesTheBestMatchInTheShapeOfApy) {
  Store("en", "Trade rose.", "es", "El comercio creció.");
  const Json reply = GetJson(
      "/apy/translate?q=Trade+rose.&markUnknown=no&langpair=en|es&key=");
  EXPECT_EQ(reply["responseStatus"], 200);
  EXPECT_EQ(reply["responseData"]["translatedText"], "El comercio creció.");
  EXPECT_TRUE(reply["responseDetails"].is_null());
}

TEST_F(ApertiumTest, GivesNothingWhereThereIsNoMatch) {
  EXPECT_EQ(
      GetJson("/apy/translate?q=Trade&langpair=en%7Ces")["responseData"]
                                                        ["translatedText"],
      "");
}

TEST_F(ApertiumTest, SaysWhatIsWrong) {
  const Response response = Get("/apy/translate?q=Trade&langpair=en");
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(Json::parse(response.body)["responseStatus"], 400);
}

TEST_F(ApertiumTest, HasASimplerForm) {
  Store("en", "Trade rose.", "es", "El comercio creció.");
  EXPECT_EQ(GetJson("/apy/suggest?source=en-US&target=es-ES&text=Trade%20rose.")
                ["translation"],
            "El comercio creció.");
}

}  // namespace
}  // namespace tercet::http
