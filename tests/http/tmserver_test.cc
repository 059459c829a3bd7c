// Requests as Weblate, Okapi, Virtaal and Pootle form them, and what they read.
#include "service/base/utf8.h"
#include "service/http/url.h"
#include "tests/http/site_fixture.h"

namespace tercet::http {
namespace {

using testing::Contains;
using testing::HasSubstr;

class TmserverTest : public SiteTest {
 protected:
  // Weblate: `GET {url}/{source}/{target}/unit/{quote(text, safe="")}`.
  Json Lookup(const std::string& pair, const std::string& text) {
    return GetJson("/tmserver/" + pair + "/unit/" + EncodePath(text));
  }
};

TEST_F(TmserverTest, AnswersAtBothPrefixes) {
  Store("en", "Trade rose.", "zh-CN", "贸易增长。");
  for (const std::string prefix : {"/tmserver", "/api/v1"}) {
    const Json list = GetJson(prefix + "/en/zh_hans/unit/Trade%20rose.");
    ASSERT_EQ(list.size(), 1U) << prefix;
    EXPECT_EQ(list[0]["source"], "Trade rose.");
    EXPECT_EQ(list[0]["target"], "贸易增长。");
    EXPECT_EQ(list[0]["context"], "");
  }
}

TEST_F(TmserverTest, WritesQualityWithADecimalPoint) {
  Store("en", "Trade rose.", "es", "El comercio creció.");
  EXPECT_THAT(Get("/tmserver/en/es/unit/Trade%20rose.").body,
              HasSubstr(R"("quality":100.0)"));
}

TEST_F(TmserverTest, KnowsEverySpellingOfALanguage) {
  Store("en", "Trade rose.", "zh-CN", "贸易增长。");
  for (const std::string pair :
       {"en/zh_hans", "en_us/zh_cn", "en_US/zh_CN", "EN/ZH", "en-GB/zh-Hans"}) {
    EXPECT_EQ(Lookup(pair, "Trade rose.").size(), 1U) << pair;
  }
}

// Weblate refuses a server whose lookup of `test` fails, whatever the pair.
TEST_F(TmserverTest, AnswersAnUnknownPairWithAnEmptyList) {
  for (const std::string pair :
       {"en/de", "xx/yy", "en/not a language", "en/en", "zh_hans/@latin"}) {
    const Response response =
        Get("/tmserver/" + EncodePath(pair.substr(0, pair.find('/'))) + "/" +
            EncodePath(pair.substr(pair.find('/') + 1)) + "/unit/test");
    EXPECT_EQ(response.status, 200) << pair;
    EXPECT_EQ(response.body, "[]\n") << pair;
  }
}

// Pairs that several memories have count once.
TEST_F(TmserverTest, ShowsAPairOnce) {
  const std::string text = "The bank lowered its rate to two percent.";
  Store("en", text, "es", "A.");
  Store("en", text, "es", "B.");
  Store("en", "The bank lowered its rate to three percent.", "es", "C.");
  const std::string tsv = "en\tes\n" + text + "\tA.\n" + text + "\tB.\n";
  for (const std::string memory : {"two", "three"}) {
    Post("/v1/memories/" + memory + ":importUnits?alt=media&format=TSV", tsv,
         "");
  }
  const Json list =
      GetJson("/tmserver/en/es/unit/" + EncodePath(text) + "?max_candidates=3");
  std::vector<std::string> targets;
  for (const Json& one : list) targets.push_back(one["target"]);
  EXPECT_THAT(targets, testing::UnorderedElementsAre("A.", "B.", "C."));
  EXPECT_EQ(targets.back(), "C.");
}

TEST_F(TmserverTest, SortsByQuality) {
  Store("en", "The bank lowered its rate to two percent.", "es", "A.");
  Store("en", "The bank lowered its rate to two percent again.", "es", "B.");
  Store("en", "The bank raised its rate to two percent again.", "es", "C.");
  const Json list =
      Lookup("en/es", "The bank lowered its rate to two percent.");
  ASSERT_EQ(list.size(), 3U);
  EXPECT_GE(list[0]["quality"], list[1]["quality"]);
  EXPECT_GE(list[1]["quality"], list[2]["quality"]);
}

TEST_F(TmserverTest, ReadsTextsOfAnyCharacters) {
  for (const std::string text : {"and/or/not", "a\nb", "1 + 1 = 2",
                                 "100% & more?", "a;b#c", "國際 “x”"}) {
    Store("en", text, "es", "traducción de " + text);
    EXPECT_EQ(Lookup("en/es", text)[0]["source"], text);
  }
  // As they are, where a client does not encode them.
  EXPECT_EQ(GetJson("/tmserver/en/es/unit/and/or/not")[0]["source"],
            "and/or/not");
  EXPECT_EQ(GetJson("/tmserver/en/es/unit/1%20+%201%20=%202")[0]["source"],
            "1 + 1 = 2");
}

TEST_F(TmserverTest, TakesTheTextAsAParameter) {
  Store("en", "Trade rose.", "es", "El comercio creció.");
  EXPECT_EQ(GetJson("/tmserver/en/es/unit/?source=Trade+rose.&style=x").size(),
            1U);
}

TEST_F(TmserverTest, HeedsThresholdAndCount) {
  Store("en", "Trade rose again.", "es", "A.");
  Store("en", "Trade rose.", "es", "B.");
  EXPECT_EQ(GetJson("/tmserver/en/es/unit/Trade%20rose.?max_candidates=1"
                    "&min_similarity=50")
                .size(),
            1U);
  EXPECT_EQ(
      GetJson("/tmserver/en/es/unit/Trade%20rose.?min_similarity=50").size(),
      2U);
  EXPECT_EQ(
      GetJson("/tmserver/en/es/unit/Trade%20rose.?min_similarity=99").size(),
      1U);
}

// Weblate sends no more than 500 characters of a text.
TEST_F(TmserverTest, FindsTheSentenceOfACutQuery) {
  std::string text;
  for (int i = 0; i < 400; ++i) text += "word" + std::to_string(i) + " ";
  Store("en", text, "es", "Una frase larga.");
  Store("en", text.substr(0, 300), "es", "Otra.");
  const Json list = Lookup("en/es", text.substr(0, 500));
  ASSERT_GE(list.size(), 1U);
  EXPECT_EQ(list[0]["source"], text);
  EXPECT_EQ(list[0]["quality"], 100.0);
}

TEST_F(TmserverTest, FindsTheSentenceOfACutChineseQuery) {
  std::string text;
  for (int i = 0; i < 900; ++i) text += i % 3 == 0 ? "国" : "际";
  Store("zh", text, "es", "Una frase larga.");
  // 500 characters of three bytes; 4,500 bytes of address.
  const Json list = Lookup("zh_hans/es", text.substr(0, 1500));
  ASSERT_GE(list.size(), 1U);
  EXPECT_EQ(list[0]["quality"], 100.0);
}

// More stored texts than a lookup gives back resemble the query more than the
// one that begins with it.
TEST_F(TmserverTest, FindsTheSentenceOfACutQueryAmongManyOthers) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "word" + std::to_string(i) + " ";
  const std::string cut = text.substr(0, 500);
  std::string whole = cut;
  for (int i = 0; i < 400; ++i) whole += "end" + std::to_string(i) + " ";
  Store("en", whole, "es", "Una frase larga.");
  Store("en", "Other " + whole, "es", "Otra.");
  for (int i = 0; i < 120; ++i) {
    std::string like = cut;
    Store("en", like.replace(0, 5, "x" + std::to_string(i)), "es", "No.");
  }
  const Json list = Lookup("en/es", cut);
  ASSERT_GE(list.size(), 2U);
  EXPECT_EQ(list[0]["source"], whole);
  EXPECT_EQ(list[0]["quality"], 100.0);
  EXPECT_LT(list[1]["quality"], 100.0);
}

// Where a text is cut, the word at the cut is another one.
TEST_F(TmserverTest, FindsTheSentenceOfAQueryThatIsCutAnywhere) {
  std::string text = "See https://www.example.com/a/b.html, 3.5 million; ";
  for (int i = 0; i < 60; ++i) text += "don't trade-off 1,234.5 é 国家 ";
  Store("en", text, "es", "Una frase larga.");
  for (size_t begin = 0; begin < 40; ++begin) {
    const std::string whole = std::string(begin, 'q') + text;
    Store("en", whole, "es", "Otra.");
    size_t end = 0;
    for (int i = 0; i < 500; ++i) DecodeUtf8(whole, &end);
    const Json list = Lookup("en/es", whole.substr(0, end));
    ASSERT_GE(list.size(), 1U) << begin;
    EXPECT_EQ(list[0]["source"], whole) << begin;
  }
}

TEST_F(TmserverTest, ListsLanguagesInTheClientsSpellings) {
  Store("en", "Trade rose.", "zh-CN", "贸易增长。");
  const Json languages = GetJson("/tmserver/languages/");
  for (const char* list : {"sourceLanguages", "targetLanguages"}) {
    for (const char* code :
         {"en", "en_us", "zh", "zh_hans", "zh_hant", "zh_CN"}) {
      EXPECT_THAT(languages[list], Contains(code)) << list;
    }
  }
}

TEST_F(TmserverTest, WritesOnlyWhereAllowed) {
  const Request put = {.method = "PUT",
                       .target = "/tmserver/en/es/unit/Trade%20rose.",
                       .fields = {},
                       .body = R"({"source": "Trade rose.", "target": "Creció.",
                                   "context": "k1"})"};
  Restart({.who = WriteRule::Who::kNobody, .token = "", .memory = "tools"});
  EXPECT_EQ(Send(put).status, 403);
  Restart({.who = WriteRule::Who::kTokenHolders,
           .token = "secret",
           .memory = "tools"});
  EXPECT_EQ(Send(put).status, 401);
  Request with_token = put;
  with_token.fields = {{"Authorization", "Bearer secret"}};
  const Response stored = Send(with_token);
  EXPECT_EQ(stored.status, 200) << stored.body;
  EXPECT_EQ(stored.body, "");
  EXPECT_EQ(
      GetJson(
          "/memories/tools/tmserver/en/es/unit/Trade%20rose.")[0]["context"],
      "k1");
}

TEST_F(TmserverTest, TakesTheTextToStoreFromTheAddress) {
  for (const std::string place : {"One", "?source=Two"}) {
    EXPECT_EQ(Send({.method = "POST",
                    .target = "/tmserver/en/es/unit/" + place,
                    .fields = {},
                    .body = R"({"target": "Sí"})"})
                  .status,
              200);
  }
  EXPECT_EQ(Lookup("en/es", "One").size(), 1U);
  EXPECT_EQ(Lookup("en/es", "Two").size(), 1U);
}

// Virtaal, after a file was saved.
TEST_F(TmserverTest, StoresTheUnitsOfAFile) {
  const Response stored =
      Send({.method = "POST",
            .target = "/tmserver/en/es/store/menu.po",
            .fields = {},
            .body = R"([{"source": "Open", "target": "Abrir", "context": ""},
                   {"source": "Close", "target": "Cerrar", "context": ""},
                   {"source": "", "target": "", "context": ""}])"});
  EXPECT_EQ(stored.body, "added 2 units from menu.po");
  EXPECT_EQ(Lookup("en/es", "Close")[0]["target"], "Cerrar");
}

// As translate-toolkit's server takes it.
TEST_F(TmserverTest, StoresAFileAsItIs) {
  const Response stored =
      Send({.method = "PUT",
            .target = "/tmserver/en_US/es/store/po%2Fmenu.po",
            .fields = {},
            .body = "msgid \"\"\nmsgstr \"\"\n"
                    "\"Content-Type: text/plain; charset=UTF-8\\n\"\n\n"
                    "msgctxt \"menu\"\nmsgid \"Open\"\nmsgstr \"Abrir\"\n\n"
                    "msgid \"Close\"\nmsgstr \"\"\n"});
  EXPECT_EQ(stored.body, "added 1 units from po/menu.po");
  EXPECT_EQ(Lookup("en/es", "Open")[0]["target"], "Abrir");
  const Response broken = Send({.method = "PUT",
                                .target = "/tmserver/en/es/store/a.tmx",
                                .fields = {},
                                .body = "<html></html>"});
  EXPECT_EQ(broken.status, 400) << broken.body;
  EXPECT_TRUE(Json::parse(broken.body).contains("message"));
}

// Old clients ask for a script that calls them; a page elsewhere could make
// one.
TEST_F(TmserverTest, IsNoScript) {
  Store("en", "Trade rose.", "es", "El comercio creció.");
  for (const std::string name : {"jsoncallback", "callback"}) {
    const Response response =
        Get("/tmserver/en/es/unit/?source=Trade+rose.&" + name + "=steal");
    EXPECT_EQ(Json::parse(response.body)[0]["source"], "Trade rose.") << name;
    EXPECT_THAT(FieldOf(response, "Content-Type"),
                HasSubstr("application/json"));
  }
}

// Clients keep what they may; a memory changes.
TEST_F(TmserverTest, IsNotToBeKept) {
  EXPECT_EQ(FieldOf(Get("/tmserver/en/es/unit/test"), "Cache-Control"),
            "no-cache");
  EXPECT_EQ(FieldOf(Get("/tmserver/languages/"), "Cache-Control"), "no-cache");
}

TEST_F(TmserverTest, LooksIntoOneMemoryWhenTheAddressNamesIt) {
  Store("en", "Trade rose.", "es", "El comercio creció.");
  Post("/v1/memories?memoryId=empty", "{}");
  EXPECT_EQ(GetJson("/memories/press/tmserver/en/es/unit/Trade%20rose.").size(),
            1U);
  EXPECT_EQ(GetJson("/memories/empty/tmserver/en/es/unit/Trade%20rose.").size(),
            0U);
}

// Virtaal's client has methods to delete, which no server ever had.
TEST_F(TmserverTest, NamesTheMethodsThatThereAre) {
  const Response unit = Send({.method = "DELETE",
                              .target = "/tmserver/en/es/unit/Open",
                              .fields = {},
                              .body = ""});
  EXPECT_EQ(unit.status, 405) << unit.body;
  EXPECT_EQ(FieldOf(unit, "Allow"), "GET, HEAD, PUT, POST");
  EXPECT_EQ(Get("/tmserver/en/es/store/menu.po").status, 405);
}

TEST_F(TmserverTest, SaysWhatIsWrongInJson) {
  for (const std::string path :
       {"/tmserver/", "/tmserver/en/es", "/tmserver/en/es/glossary/x"}) {
    const Response response = Get(path);
    EXPECT_EQ(response.status, 404) << path;
    EXPECT_TRUE(Json::parse(response.body).contains("message"));
  }
  EXPECT_EQ(Get("/tmserver/en/es/unit/").status, 400);
}

}  // namespace
}  // namespace tercet::http
