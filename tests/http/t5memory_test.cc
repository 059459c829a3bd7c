// Requests as translate5 forms them (pretty-printed JSON), and what it reads.
#include "service/http/t5memory.h"

#include <algorithm>
#include <string>
#include <vector>

#include "service/http/t5memory_keys.h"
#include "service/http/t5memory_names.h"
#include "tests/http/site_fixture.h"

namespace tercet::http {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class T5memoryTest : public SiteTest {
 protected:
  Json Call(const std::string& path, const Json& body) {
    return PostJson("/t5memory" + path, body.dump(4));
  }
  void Save(const std::string& source, const std::string& target) {
    Call("/tm1/entry", {{"source", source},
                        {"target", target},
                        {"type", "Manual"},
                        {"markupTable", "OTMXUXLF"},
                        {"sourceLang", "en-GB"},
                        {"targetLang", "zh-CN"},
                        {"documentName", "a.xlf"},
                        {"author", "ana"},
                        {"context", "12"},
                        {"save2disk", "1"},
                        {"saveDifferentTargetsForSameSource", "0"}});
  }
  // A key as the client sends it to have the entry deleted.
  static Json NumbersOf(const std::string& key) {
    const size_t colon = key.find(':');
    return {{"recordKey", std::stoll(key.substr(0, colon))},
            {"targetKey", std::stoll(key.substr(colon + 1))},
            {"segmentId", 0}};
  }
  Json Fuzzy(const std::string& source) {
    return Call("/tm1/fuzzysearch", {{"sourceLang", "en-GB"},
                                     {"targetLang", "zh-CN"},
                                     {"source", source},
                                     {"documentName", "a.xlf"},
                                     {"markupTable", "OTMXUXLF"},
                                     {"context", "12"}});
  }
};

TEST_F(T5memoryTest, CreatesListsAndDeletes) {
  EXPECT_EQ(Call("", {{"name", "tm1"}, {"sourceLang", "en-GB"}})["name"],
            "tm1");
  EXPECT_EQ(Call("/", {{"name", "ID7-My TM"}})["name"], "ID7-My TM");
  const Json list = GetJson("/t5memory/");
  EXPECT_THAT(list["Open"].dump(), HasSubstr("ID7-My TM"));
  EXPECT_TRUE(list["Available on disk"].is_array());
  EXPECT_EQ(GetJson("/t5memory/ID7-My%20TM/status")["status"], "open");
  EXPECT_EQ(Send({.method = "DELETE",
                  .target = "/t5memory/ID7-My%20TM",
                  .fields = {},
                  .body = ""})
                .status,
            200);
  EXPECT_EQ(GetJson("/t5memory/ID7-My%20TM/status")["status"], "not found");
}

TEST_F(T5memoryTest, SavesAndFindsWithTags) {
  Call("", {{"name", "tm1"}, {"sourceLang", "en-GB"}});
  const std::string source = R"(Press the <bpt id="1"/>button<ept id="1"/>.)";
  Save(source, R"(按<bpt id="1"/>按钮<ept id="1"/>。)");
  const Json found = Fuzzy(source);
  EXPECT_EQ(found["ReturnValue"], 0);
  EXPECT_EQ(found["NumOfFoundProposals"], 1);
  const Json& result = found["results"][0];
  EXPECT_EQ(result["source"], source);
  EXPECT_EQ(result["target"], R"(按<bpt id="1"/>按钮<ept id="1"/>。)");
  EXPECT_EQ(result["matchRate"], 100);
  EXPECT_EQ(result["matchType"], "ExactExact");  // The key agrees.
  EXPECT_EQ(result["documentName"], "a.xlf");
  EXPECT_EQ(Fuzzy("Press the red button.")["results"][0]["matchType"], "Fuzzy");
}

TEST_F(T5memoryTest, EchoesWhatWasSaved) {
  Call("", {{"name", "tm1"}, {"sourceLang", "en-GB"}});
  const Json saved = Call("/tm1/entry", {{"source", "a &lt; b"},
                                         {"target", "甲 &lt; 乙"},
                                         {"sourceLang", "en"},
                                         {"targetLang", "zh"}});
  EXPECT_EQ(saved["source"], "a &lt; b");
  EXPECT_EQ(saved["target"], "甲 &lt; 乙");
  EXPECT_EQ(saved["ReturnValue"], 0);
}

TEST_F(T5memoryTest, ReplacesTheTargetUnlessToldOtherwise) {
  Call("", {{"name", "tm1"}, {"sourceLang", "en-GB"}});
  Save("Open", "打开");
  Save("Open", "开启");
  const Json found = Fuzzy("Open");
  ASSERT_EQ(found["results"].size(), 1U);
  EXPECT_EQ(found["results"][0]["target"], "开启");
}

TEST_F(T5memoryTest, DeletesAnEntryByItsKey) {
  Call("", {{"name", "tm1"}, {"sourceLang", "en-GB"}});
  Save("Open", "打开");
  const std::string key = Fuzzy("Open")["results"][0]["internalKey"];
  const Json gone = Call("/tm1/entrydelete", NumbersOf(key));
  // As Api/Response/DeleteEntryResponse.php takes for a success.
  EXPECT_FALSE(gone.contains("ErrorMsg"));
  EXPECT_EQ(gone["fileFlushed"], 1);
  EXPECT_EQ(Fuzzy("Open")["NumOfFoundProposals"], 0);
  EXPECT_EQ(Post("/t5memory/tm1/entrydelete", NumbersOf(key).dump(4)).status,
            404);
}

TEST_F(T5memoryTest, DeletesOneOfTwoLanguages) {
  Call("", {{"name", "tm1"}, {"sourceLang", "en-GB"}});
  Save("Open", "打开");
  Call("/tm1/entry", {{"source", "Open"},
                      {"target", "Abrir"},
                      {"sourceLang", "en-GB"},
                      {"targetLang", "es-ES"}});
  const std::string key = Fuzzy("Open")["results"][0]["internalKey"];
  Call("/tm1/entrydelete", NumbersOf(key));
  EXPECT_EQ(Fuzzy("Open")["NumOfFoundProposals"], 0);
  EXPECT_EQ(
      Call("/tm1/fuzzysearch", {{"sourceLang", "en-GB"},
                                {"targetLang", "es-ES"},
                                {"source", "Open"}})["results"][0]["target"],
      "Abrir");
}

TEST_F(T5memoryTest, GivesAnEntryByItsKey) {
  Call("", {{"name", "tm1"}, {"sourceLang", "en-GB"}});
  Save("Open", "打开");
  const Json match = Fuzzy("Open")["results"][0];
  const std::string key = match["internalKey"];
  // The client sends them as texts here, and as numbers to delete.
  const size_t colon = key.find(':');
  const Json entry =
      Call("/tm1/getentry", {{"recordKey", key.substr(0, colon)},
                             {"targetKey", key.substr(colon + 1)}});
  for (const char* field : {"source", "target", "timestamp", "segmentId",
                            "internalKey", "author"}) {
    EXPECT_EQ(entry[field], match[field]) << field;
  }
  Call("", {{"name", "tm2"}, {"sourceLang", "en-GB"}});
  for (const std::string path : {"tm2/getentry", "none/getentry"}) {
    EXPECT_EQ(Post("/t5memory/" + path, NumbersOf(key).dump(4)).status, 404);
  }
  for (const char* wrong : {"", "x", "-1", "99999999999999999999", "8"}) {
    EXPECT_EQ(Post("/t5memory/tm1/getentry",
                   Json{{"recordKey", wrong}, {"targetKey", "1"}}.dump(4))
                  .status,
              404)
        << wrong;
  }
}

TEST_F(T5memoryTest, TellsTheKeyOfWhatWasSaved) {
  Call("", {{"name", "tm1"}, {"sourceLang", "en-GB"}});
  const Json saved = Call("/tm1/entry", {{"source", "Open"},
                                         {"target", "打开"},
                                         {"sourceLang", "en-GB"},
                                         {"targetLang", "zh-CN"}});
  EXPECT_EQ(saved["internalKey"], Fuzzy("Open")["results"][0]["internalKey"]);
}

// PHP's urlencode, which the client uses for names, writes a space as a plus.
TEST_F(T5memoryTest, TakesNamesAsTheClientEncodesThem) {
  Call("", {{"name", "ID7-My TM + more"}, {"sourceLang", "en-GB"}});
  EXPECT_EQ(GetJson("/t5memory/ID7-My+TM+%2B+more/status")["status"], "open");
}

TEST_F(T5memoryTest, ClonesAMemory) {
  Call("", {{"name", "tm1"}, {"sourceLang", "en-GB"}});
  Save("Open", "打开");
  const Json cloned = Call("/tm1/clone", {{"newName", "My copy"}});
  EXPECT_THAT(cloned["msg"].get<std::string>(),
              HasSubstr("was cloned successfully"));
  EXPECT_EQ(Call("/My+copy/fuzzysearch",
                 {{"sourceLang", "en-GB"},
                  {"targetLang", "zh-CN"},
                  {"source", "Open"}})["results"][0]["target"],
            "打开");
  const Response again =
      Post("/t5memory/tm1/clone", R"({"newName": "My copy"})");
  EXPECT_EQ(again.status, 409);
  EXPECT_THAT(Json::parse(again.body)["ErrorMsg"].get<std::string>(),
              HasSubstr("already exists"));
  EXPECT_EQ(Post("/t5memory/none/clone", R"({"newName": "x"})").status, 404);
  EXPECT_EQ(Post("/t5memory/tm1/clone", "{}").status, 400);
}

// What a file brings takes the place of what was there before it, or comes
// beside it.
TEST_F(T5memoryTest, ImportsDifferentTargetsWhereTold) {
  for (const char* several : {"0", "1"}) {
    const std::string name = std::string("tm") + several;
    Call("", {{"name", name}, {"sourceLang", "en"}});
    for (const std::string target : {"Abrir", "Abre"}) {
      const std::string body =
          "--b\r\nContent-Disposition: form-data; name=\"json_data\"\r\n"
          "Content-Type: application/json\r\n\r\n" +
          Json{{"framingTags", "saveAll"},
               {"saveDifferentTargetsForSameSource", several}}
              .dump(4) +
          "\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; "
          "filename=\"a.tmx\"\r\n\r\n<tmx version=\"1.4\"><header/><body>"
          "<tu><tuv xml:lang=\"en\"><seg>Open</seg></tuv><tuv "
          "xml:lang=\"es\"><seg>" +
          target + "</seg></tuv></tu></body></tmx>\r\n--b--\r\n";
      EXPECT_EQ(Post("/t5memory/" + name + "/importtmx", body,
                     "multipart/form-data; boundary=b")
                    .status,
                200);
      while (GetJson("/t5memory/" + name + "/status")["tmxImportStatus"] ==
             "import") {
      }
    }
    const Json found =
        Call("/" + name + "/fuzzysearch",
             {{"sourceLang", "en"}, {"targetLang", "es"}, {"source", "Open"}});
    EXPECT_EQ(found["results"].size(), *several == '0' ? 1U : 2U) << several;
    EXPECT_EQ(found["results"].back()["target"], "Abre");
  }
}

TEST_F(T5memoryTest, ImportsAndDownloadsTmx) {
  const std::string body =
      "--b\r\nContent-Disposition: form-data; name=\"json_data\"\r\n\r\n"
      "{\"name\": \"tm2\", \"sourceLang\": \"en\"}"
      "\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; "
      "filename=\"a.tmx\"\r\n\r\n"
      "<tmx version=\"1.4\"><header/><body><tu><tuv xml:lang=\"en\"><seg>Open"
      "</seg></tuv><tuv "
      "xml:lang=\"es\"><seg>Abrir</seg></tuv></tu></body></tmx>"
      "\r\n--b--\r\n";
  const Response created =
      Post("/t5memory/", body, "multipart/form-data; boundary=b");
  EXPECT_EQ(created.status, 200) << created.body;
  EXPECT_EQ(Json::parse(created.body)["name"], "tm2");
  Json status;
  do {
    status = GetJson("/t5memory/tm2/status");
  } while (status["tmxImportStatus"] == "import");
  EXPECT_EQ(status["tmxImportStatus"], "available") << status;
  EXPECT_EQ(status["segmentsImported"], 1);
  const Response file = Get("/t5memory/tm2/download.tmx");
  EXPECT_EQ(file.status, 200);
  EXPECT_THAT(file.body, HasSubstr("<seg>Abrir</seg>"));
}

TEST_F(T5memoryTest, TakesCompactJsonToo) {
  EXPECT_EQ(
      PostJson("/t5memory", R"({"name":"tm1","sourceLang":"en"})")["name"],
      "tm1");
}

TEST_F(T5memoryTest, TellsItsVersion) {
  EXPECT_EQ(GetJson("/t5memory_service/resources")["Version"], "0.6.0");
  EXPECT_EQ(GetJson("/t5memory_service/savetms")["ReturnValue"], 0);
  EXPECT_EQ(Get("/t5memory_service/shutdown").status, 404);
}

TEST_F(T5memoryTest, ReportsErrorsByNumberAndWord) {
  const Response response = Post("/t5memory/none/fuzzysearch", "{}");
  EXPECT_NE(response.status, 200);
  const Json body = Json::parse(response.body);
  EXPECT_NE(body["ReturnValue"], 0);
  EXPECT_NE(body["ErrorMsg"], "");
  EXPECT_EQ(Post("/t5memory", "{").status, 400);
  EXPECT_EQ(Post("/t5memory", "{}").status, 400);
}

class T5memorySearchTest : public T5memoryTest {
 protected:
  T5memorySearchTest() {
    Call("", {{"name", "tm1"}, {"sourceLang", "en-GB"}});
    Save("Open the file.", "打开文件。");
    Save("Open", "打开");
    Save("Close the file.", "关闭文件。");
    Save("Reopen the archive.", "再打开档案。");
  }

  // As translate5's maintenance does: every field is there, most are empty.
  Json Search(const Json& changes) {
    Json body = {{"source", ""},
                 {"sourceSearchMode", "contains, CASEINSENSETIVE"},
                 {"target", ""},
                 {"targetSearchMode", "contains, CASEINSENSETIVE"},
                 {"sourceLang", "en-GB"},
                 {"targetLang", "zh-CN"},
                 {"document", ""},
                 {"documentSearchMode", "contains, CASEINSENSETIVE"},
                 {"author", ""},
                 {"authorSearchMode", "contains, CASEINSENSETIVE"},
                 {"addInfo", ""},
                 {"addInfoSearchMode", "contains, CASEINSENSETIVE"},
                 {"context", ""},
                 {"contextSearchMode", "contains, CASEINSENSETIVE"},
                 {"timestampSpanStart", "20200101T000000Z"},
                 {"timestampSpanEnd", "29990101T000000Z"},
                 {"onlyCountSegments", "0"},
                 {"searchPosition", ""},
                 {"numResults", 20}};
    body.update(changes);
    return Call("/tm1/search", body);
  }
  std::vector<std::string> Sources(const Json& changes) {
    std::vector<std::string> sources;
    const Json found = Search(changes);
    for (const Json& result : found["results"]) {
      sources.push_back(result["source"]);
    }
    return sources;
  }
  // All results, `count` at a time.
  std::vector<std::string> Page(const std::string& path, Json body, int count) {
    std::vector<std::string> sources;
    body["numResults"] = count;
    body["searchPosition"] = "";
    while (true) {
      const Json found = Call(path, body);
      EXPECT_LE(found["results"].size(), static_cast<size_t>(count));
      for (const Json& result : found["results"]) {
        sources.push_back(result["source"]);
      }
      if (found["NewSearchPosition"].is_null()) return sources;
      const std::string position = found["NewSearchPosition"];
      EXPECT_EQ(std::ranges::count(position, ':'), 1) << position;
      EXPECT_NE(position.front(), ':');
      EXPECT_NE(position.back(), ':');
      body["searchPosition"] = position;
    }
  }
};

TEST_F(T5memorySearchTest, FindsTextOnEitherSide) {
  EXPECT_THAT(Sources({{"source", "open"}}),
              ElementsAre("Open", "Open the file."));
  EXPECT_THAT(Sources({{"target", "文件"}}),
              UnorderedElementsAre("Open the file.", "Close the file."));
  EXPECT_THAT(Sources({{"source", "open"}, {"target", "文件"}}),
              ElementsAre("Open the file."));
  const Json result = Search({{"source", "close"}})["results"][0];
  EXPECT_EQ(result["target"], "关闭文件。");
  EXPECT_EQ(result["sourceLang"], "en-GB");
  EXPECT_EQ(result["targetLang"], "zh-CN");
  EXPECT_EQ(result["documentName"], "a.xlf");
  EXPECT_EQ(result["author"], "ana");
  EXPECT_FALSE(result.contains("matchRate"));
  // As Api/Response/ConcordanceSearchResponse.php takes for a success.
  EXPECT_FALSE(Search({{"source", "close"}}).contains("ErrorMsg"));
}

TEST_F(T5memorySearchTest, ObeysTheModes) {
  EXPECT_THAT(Sources({{"source", "open"},
                       {"sourceSearchMode", "exact, CASEINSENSETIVE"}}),
              ElementsAre("Open"));
  EXPECT_THAT(Sources({{"source", "open"},
                       {"sourceSearchMode", "contains, CASESENSETIVE"}}),
              IsEmpty());
  EXPECT_THAT(Sources({{"source", "file open"}}), IsEmpty());
  EXPECT_THAT(Sources({{"source", "file open"},
                       {"sourceSearchMode", "concordance, CASEINSENSETIVE"}}),
              ElementsAre("Open the file."));
}

TEST_F(T5memorySearchTest, ObeysTheOtherFields) {
  EXPECT_EQ(Sources(Json::object()).size(), 4U);
  EXPECT_EQ(Sources({{"document", "A.XLF"}}).size(), 4U);
  EXPECT_THAT(Sources({{"document", "b.xlf"}}), IsEmpty());
  EXPECT_THAT(Sources({{"author", "bo"}}), IsEmpty());
  EXPECT_THAT(Sources({{"author", "an"}, {"source", "archive"}}),
              ElementsAre("Reopen the archive."));
  EXPECT_THAT(
      Sources({{"author", "an"}, {"authorSearchMode", "exact, CASESENSETIVE"}}),
      IsEmpty());
  EXPECT_EQ(Sources({{"context", "12"}}).size(), 4U);
  EXPECT_THAT(Sources({{"addInfo", "x"}}), IsEmpty());
  EXPECT_THAT(Sources({{"timestampSpanEnd", "20200101T000000Z"}}), IsEmpty());
  EXPECT_THAT(Sources({{"targetLang", "es"}}), IsEmpty());
}

TEST_F(T5memorySearchTest, CountsAndPages) {
  EXPECT_EQ(Search({{"onlyCountSegments", "1"}})["NumOfFoundSegments"], 4);
  EXPECT_EQ(Search({{"onlyCountSegments", "1"},
                    {"source", "file"}})["NumOfFoundSegments"],
            2);
  for (int i = 0; i < 250; ++i) {
    Save("Open file " + std::to_string(1000 + i) + " now", "打开");
  }
  for (const int count : {1, 7, 100, 252}) {
    std::vector<std::string> all =
        Page("/tm1/search", {{"source", "open"}, {"sourceLang", "en"}}, count);
    EXPECT_EQ(all.size(), 252U) << count;
    std::ranges::sort(all);
    EXPECT_EQ(std::ranges::adjacent_find(all), all.end()) << count;
  }
  EXPECT_EQ(Page("/tm1/search", {{"author", "ana"}}, 90).size(), 254U);
}

TEST_F(T5memorySearchTest, AnswersTheOlderConcordance) {
  const Json found =
      Call("/tm1/concordancesearch", {{"searchString", "the file"},
                                      {"searchType", "source"},
                                      {"searchPosition", ""},
                                      {"numResults", 1},
                                      {"msSearchAfterNumResults", 250}});
  ASSERT_EQ(found["results"].size(), 1U);
  EXPECT_TRUE(found["NewSearchPosition"].is_string());
  EXPECT_THAT(Page("/tm1/concordancesearch",
                   {{"searchString", "文"}, {"searchType", "target"}}, 1),
              UnorderedElementsAre("Open the file.", "Close the file."));
  // What stands on the other side is not searched.
  EXPECT_THAT(Page("/tm1/concordancesearch",
                   {{"searchString", "文"}, {"searchType", "source"}}, 5),
              IsEmpty());
}

TEST_F(T5memorySearchTest, RefusesWhatIsNoSearch) {
  EXPECT_EQ(Post("/t5memory/tm1/concordancesearch", "{}").status, 400);
  for (const std::string position : {"x", "x:", "-:x", "nonsense:1"}) {
    EXPECT_EQ(
        Post("/t5memory/tm1/search",
             Json{{"source", "open"}, {"searchPosition", position}}.dump(4))
            .status,
        400)
        << position;
  }
  EXPECT_EQ(Post("/t5memory/none/search", R"({"source": "x"})").status, 404);
}

TEST(T5memoryKeys, ForgetsTheOldestAndNeverMixesThemUp) {
  T5memoryKeys keys(1000, 2);
  v1::Unit unit;
  unit.set_name("memories/a/units/b");
  for (const char* text : {"one", "two", "three", "four"}) {
    v1::Variant& variant = *unit.add_variants();
    variant.set_language_code("en");
    variant.set_text(text);
  }
  const auto key = [&](int target) {
    return keys.KeyOf(PairOf(unit, unit.variants(0), unit.variants(target)));
  };
  EXPECT_EQ(key(1), "1000:1");
  EXPECT_EQ(key(2), "1001:1");
  EXPECT_EQ(key(1), "1000:1");
  EXPECT_EQ(key(3), "1002:1");
  EXPECT_EQ(keys.Find("1000"), std::nullopt);
  EXPECT_EQ(keys.Find("1003"), std::nullopt);
  ASSERT_NE(keys.Find("1002"), std::nullopt);
  EXPECT_EQ(FindVariant(unit, keys.Find("1002")->target), 3);
  EXPECT_EQ(keys.Find("1001")->unit, unit.name());
  // Given again, it is another one.
  EXPECT_EQ(key(1), "1003:1");
}

TEST(MemoryIdOfName, KeepsIdsAndNeverMixesNamesUp) {
  EXPECT_EQ(MemoryIdOfName("press-2026"), "press-2026");
  EXPECT_NE(MemoryIdOfName("Press"), MemoryIdOfName("press"));
  EXPECT_NE(MemoryIdOfName("国"), MemoryIdOfName("际"));
  EXPECT_LE(MemoryIdOfName(std::string(1000, 'X')).size(), 63U);
}

}  // namespace
}  // namespace tercet::http
