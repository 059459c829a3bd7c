// What translate5's code goes by besides the plain answers: the numbers it
// takes for missing, the positions it makes up, the words it looks for.
#include <gmock/gmock.h>

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "service/http/t5memory_keys.h"
#include "service/http/t5memory_search.h"
#include "tests/http/site_fixture.h"
#include "tests/support/matchers.h"

namespace tercet::http {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::UnorderedElementsAre;

class T5memoryClientTest : public SiteTest {
 protected:
  T5memoryClientTest() { Create("tm1"); }

  Json Call(const std::string& path, const Json& body) {
    return PostJson("/t5memory/" + path, body.dump(4));
  }
  Response TryCall(const std::string& path, const Json& body) {
    return Post("/t5memory/" + path, body.dump(4));
  }
  void Create(const std::string& name) {
    Call("", {{"name", name}, {"sourceLang", "en"}});
  }
  Json Save(const std::string& source, const std::string& target) {
    return Call("tm1/entry", {{"source", source},
                              {"target", target},
                              {"sourceLang", "en"},
                              {"targetLang", "es"}});
  }
  Json Search(Json body) {
    body.update({{"sourceLang", "en"}, {"targetLang", "es"}});
    return Call("tm1/search", body);
  }
  Json StatusOf(const std::string& memory) {
    return GetJson("/t5memory/" + memory + "/status");
  }
  Response Delete(const std::string& memory) {
    return Send({.method = "DELETE",
                 .target = "/t5memory/" + memory,
                 .fields = {},
                 .body = ""});
  }
  std::vector<std::string> Names(const std::string& base = "") {
    std::vector<std::string> names;
    const Json list = GetJson(base + "/t5memory/");
    for (const Json& memory : list["Open"]) names.push_back(memory["name"]);
    return names;
  }
  void Import(const std::string& file) {
    const std::string body =
        "--b\r\nContent-Disposition: form-data; name=\"json_data\"\r\n\r\n{}"
        "\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; "
        "filename=\"a.tmx\"\r\n\r\n" +
        file + "\r\n--b--\r\n";
    EXPECT_EQ(
        Post("/t5memory/tm1/importtmx", body, "multipart/form-data; boundary=b")
            .status,
        200);
    while (StatusOf("tm1")["tmxImportStatus"] == "import") {
    }
  }
  Response DownloadPart(const Json& body) {
    return Send({.method = "GET",
                 .target = "/t5memory/tm1/download.tmx",
                 .fields = {{"Content-Type", "application/json"}},
                 .body = body.dump(4)});
  }
};

std::string HeadOf(std::string_view tmx) {
  return std::string(tmx.substr(0, tmx.find("<tu ")));
}

// All units of a TMX file, from `<tu ` to its end.
std::vector<std::string> UnitsOf(std::string_view tmx) {
  std::vector<std::string> units;
  for (size_t end = 0;;) {
    const size_t begin = tmx.find("<tu ", end);
    if (begin == tmx.npos) return units;
    end = tmx.find("</tu>", begin);
    units.emplace_back(tmx.substr(begin, end - begin));
  }
}

// ConcordanceSearchService::areSegmentIdsGenerated; isEmpty wants just 0.
TEST_F(T5memoryClientTest, StatusCountsSegments) {
  EXPECT_EQ(StatusOf("tm1")["segmentIndex"], 0);
  Save("Open", "Abrir");
  Save("Close", "Cerrar");
  const Json status = StatusOf("tm1");
  EXPECT_EQ(status["segmentIndex"], 2);
  for (const char* field : {"rc", "lastAccessTime", "creationTime",
                            "tmCreatedInT5M_version", "sourceLang"}) {
    EXPECT_TRUE(status.contains(field)) << field;
  }
  EXPECT_FALSE(status.contains("ErrorMsg"));
}

// The client has a memory loaded by asking for an entry that may not be there;
// a failure of that ends its search.
TEST_F(T5memoryClientTest, GivesTheFirstEntryWhenAskedToLoad) {
  const Json first = {{"recordKey", "7"}, {"targetKey", "1"}};
  Call("tm1/getentry", first);
  Save("Open", "Abrir");
  EXPECT_EQ(Call("tm1/getentry", first)["target"], "Abrir");
  EXPECT_EQ(TryCall("none/getentry", first).status, 404);
  EXPECT_EQ(TryCall("tm1/entrydelete", first).status, 404);
}

// checkFinds has a memory reorganized whose entries have the id 0.
TEST_F(T5memoryClientTest, EntriesHaveStableSegmentIds) {
  const Json saved = Save("Open", "Abrir");
  const Json id = saved["segmentId"];
  EXPECT_GT(id, 0);
  EXPECT_EQ(Search({{"source", "open"}})["results"][0]["segmentId"], id);
  EXPECT_NE(Save("Close", "Cerrar")["segmentId"], id);
  Restart({.who = WriteRule::Who::kEverybody, .token = "", .memory = "tools"});
  const Json found =
      Call("tm1/fuzzysearch",
           {{"source", "Open"}, {"sourceLang", "en"}, {"targetLang", "es"}});
  EXPECT_EQ(found["results"][0]["segmentId"], id);
}

// What comes first in the next part of a memory is 1:1 for the client.
TEST_F(T5memoryClientTest, KnowsThePositionsOfABeginning) {
  Save("Open", "Abrir");
  for (const char* position : {"", "0:0", "1:1", "7:1"}) {
    EXPECT_EQ(
        Search({{"source", "open"}, {"searchPosition", position}})["results"]
            .size(),
        1U)
        << position;
    EXPECT_EQ(Search({{"searchPosition", position}})["results"].size(), 1U)
        << position;
  }
}

// createEmptyMemoryWithRetry takes the next name when it reads this word; the
// ping takes it for a sign of life.
TEST_F(T5memoryClientTest, SaysThatANameIsTaken) {
  const Response taken = TryCall("", {{"name", "tm1"}});
  EXPECT_EQ(taken.status, 409);
  EXPECT_THAT(taken.body, HasSubstr("ERROR_MEM_NAME_EXISTS"));
  EXPECT_THAT(TryCall("tm1/clone", {{"newName", "tm1"}}).body,
              HasSubstr("ERROR_MEM_NAME_EXISTS"));
}

TEST_F(T5memoryClientTest, SaysThatThereIsNothingToDelete) {
  EXPECT_EQ(Delete("tm1").status, 200);
  const Response gone = Delete("tm1");
  EXPECT_EQ(gone.status, 500);
  EXPECT_THAT(gone.body, HasSubstr("not found(error 48)"));
}

TEST_F(T5memoryClientTest, KnowsMemoriesByTheNamesItLists) {
  Post("/v1/memories?memoryId=pt", R"({"displayName": "Press Two"})");
  Post("/v1/memories?memoryId=twin", R"({"displayName": "Press Two"})");
  Post("/v1/memories?memoryId=other", R"({"displayName": "tm1"})");
  EXPECT_THAT(Names(), UnorderedElementsAre("press", "tm1", "Press Two", "twin",
                                            "other"));
  for (const std::string name : {"Press+Two", "pt", "twin", "other"}) {
    EXPECT_EQ(StatusOf(name)["status"], "open") << name;
  }
  Call("Press+Two/entry", {{"source", "Open"},
                           {"target", "Abrir"},
                           {"sourceLang", "en"},
                           {"targetLang", "es"}});
  EXPECT_EQ(StatusOf("pt")["segmentIndex"], 1);
  EXPECT_EQ(StatusOf("twin")["segmentIndex"], 0);
  EXPECT_EQ(TryCall("", {{"name", "Press Two"}}).status, 409);
  EXPECT_EQ(Delete("Press+Two").status, 200);
  EXPECT_EQ(StatusOf("Press+Two")["status"], "open");  // The twin's.
}

TEST_F(T5memoryClientTest, ImportsDieWithTheirMemory) {
  Import("this is no TMX");
  const Json failed = StatusOf("tm1");
  EXPECT_EQ(failed["tmxImportStatus"], "failed");
  EXPECT_NE(failed["ErrorMsg"], "");
  Delete("tm1");
  EXPECT_EQ(StatusOf("tm1")["status"], "not found");
  Create("tm1");
  const Json anew = StatusOf("tm1");
  EXPECT_EQ(anew["tmxImportStatus"], "available");
  EXPECT_FALSE(anew.contains("segmentsImported"));
  EXPECT_FALSE(anew.contains("ErrorMsg"));
}

TEST_F(T5memoryClientTest, DownloadsInParts) {
  for (int i = 0; i < 7; ++i) {
    Save("Open <ph id=\"1\"/> " + std::to_string(i), "Abrir");
  }
  const std::string whole = Get("/t5memory/tm1/download.tmx").body;
  const std::vector<std::string> all = UnitsOf(whole);
  ASSERT_EQ(all.size(), 7U);
  for (const int limit : {1, 3, 7, 50}) {
    std::vector<std::string> units;
    Json body = {{"limit", limit}};
    while (true) {
      const Response part = DownloadPart(body);
      ASSERT_EQ(part.status, 200) << part.body;
      EXPECT_EQ(HeadOf(part.body), HeadOf(whole));
      EXPECT_THAT(part.body, HasSubstr("</tmx>"));
      const std::vector<std::string> more = UnitsOf(part.body);
      EXPECT_LE(more.size(), static_cast<size_t>(limit));
      units.insert(units.end(), more.begin(), more.end());
      const std::string key = FieldOf(part, "NextInternalKey");
      if (key.empty()) break;
      EXPECT_THAT(key, testing::MatchesRegex("[0-9]+:1"));
      body["startFromInternalKey"] = key;
    }
    EXPECT_EQ(units, all) << limit;
  }
}

// EmptyMemoryCheck looks for `<tu ` in the parts of one unit.
TEST_F(T5memoryClientTest, PartsOfAnEmptyMemory) {
  const Response part = DownloadPart({{"limit", 1}});
  EXPECT_EQ(part.status, 200);
  EXPECT_THAT(part.body, Not(HasSubstr("<tu ")));
  EXPECT_EQ(FieldOf(part, "NextInternalKey"), "");
}

TEST_F(T5memoryClientTest, RefusesKeysThatItNeverGave) {
  for (const char* key : {"x", "9:1", "065:1:1", "999:1", "06a:1"}) {
    EXPECT_EQ(
        DownloadPart({{"limit", 1}, {"startFromInternalKey", key}}).status, 400)
        << key;
  }
  EXPECT_EQ(Get("/t5memory/none/download.tmx").status, 404);
}

TEST_F(T5memoryClientTest, AMemoryInTheAddressIsTheOnlyOne) {
  Save("Open", "Abrir");
  const std::string base = "/memories/press/t5memory/";
  EXPECT_THAT(Names("/memories/press"), ElementsAre("press"));
  EXPECT_THAT(Names("/memories/none"), IsEmpty());
  EXPECT_EQ(GetJson(base + "press/status")["status"], "open");
  EXPECT_EQ(GetJson(base + "tm1/status")["status"], "not found");
  for (const char* verb : {"fuzzysearch", "search", "concordancesearch",
                           "entry", "getentry", "entrydelete", "clone"}) {
    EXPECT_EQ(Post(base + "tm1/" + verb, "{}").status, 404) << verb;
  }
  EXPECT_EQ(Get(base + "tm1/download.tmx").status, 404);
  EXPECT_EQ(Post(base, R"({"name": "tm3"})").status, 404);
  EXPECT_EQ(Post(base + "press/clone", R"({"newName": "tm3"})").status, 404);
  EXPECT_EQ(Send({.method = "DELETE",
                  .target = base + "tm1",
                  .fields = {},
                  .body = ""})
                .status,
            500);
  EXPECT_EQ(StatusOf("tm1")["segmentIndex"], 1);
  EXPECT_THAT(Names(), UnorderedElementsAre("press", "tm1"));
}

// What may read a whole memory is no matter for the few workers that answer
// lookups.
TEST_F(T5memoryClientTest, LongFunctionsAreStreamed) {
  for (const char* verb : {"search", "concordancesearch", "clone"}) {
    EXPECT_TRUE(site_->Streams({.method = "POST",
                                .target = std::string("/t5memory/tm1/") + verb,
                                .fields = {},
                                .body = ""}))
        << verb;
  }
  const Response large =
      TryCall("tm1/search", {{"source", std::string(2 << 20, 'x')}});
  EXPECT_EQ(large.status, 413);
}

TEST_F(T5memoryClientTest, RefusesMoreSearchesThanItMayRun) {
  const RpcClient rpc(service_->InProcessChannel());
  T5memoryKeys keys(1);
  T5memorySearch none(rpc, keys, /*most=*/0);
  T5memorySearch one(rpc, keys, /*most=*/1);
  for (int i = 0; i < 120; ++i) Save("Open " + std::to_string(i), "Abrir");
  const Json soon = {{"numResults", 5}};
  const Json late = {{"document", "rare"}};
  for (int i = 0; i < 2; ++i) {
    // In the words after which the client tries again.
    EXPECT_THAT(none.Search("tm1", late),
                StatusIs(StatusCode::kUnavailable,
                         HasSubstr("Failed to acquire the lock")));
    EXPECT_THAT(none.Search("tm1", soon), IsOk());
    EXPECT_THAT(one.Search("tm1", late), IsOk());
  }
}

// The client takes an answer without results for the end of the memory.
TEST_F(T5memoryClientTest, SearchesOnUntilItFinds) {
  std::string units;
  for (int i = 0; i < 11'500; ++i) {
    units += "<tu><tuv xml:lang=\"en\"><seg>Open " + std::to_string(i) +
             "</seg></tuv><tuv xml:lang=\"es\"><seg>Abrir</seg></tuv></tu>";
  }
  Import("<tmx version=\"1.4\"><header/><body>" + units + "</body></tmx>");
  const Json last = {{"origin", {{"document", "rare.xlf"}}},
                     {"variants",
                      {{{"languageCode", "en"}, {"text", "The last"}},
                       {{"languageCode", "es"}, {"text", "La última"}}}}};
  Post("/v1/memories/tm1/units?unitId=zzzzzzzzzzzzzzzzzzzzzzzzzzzzzz",
       last.dump());
  const Json found = Search({{"document", "rare"}});
  ASSERT_EQ(found["results"].size(), 1U);
  EXPECT_EQ(found["results"][0]["source"], "The last");
  EXPECT_EQ(Search({{"onlyCountSegments", "1"}})["NumOfFoundSegments"], 11'501);
}

}  // namespace
}  // namespace tercet::http
