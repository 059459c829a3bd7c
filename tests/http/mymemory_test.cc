// Requests as MateCat, Weblate, Okapi and OmegaT form them, and what they read.
#include <set>
#include <string>

#include "service/http/url.h"
#include "tests/http/site_fixture.h"

namespace tercet::http {
namespace {

using testing::ElementsAre;

class MymemoryTest : public SiteTest {
 protected:
  Json PostForm(const std::string& path, const std::string& form,
                int status = 200) {
    const Response response =
        Post("/mymemory/" + path, form, "application/x-www-form-urlencoded");
    EXPECT_EQ(response.status, status) << response.body;
    return Json::parse(response.body, nullptr, /*allow_exceptions=*/false);
  }
};

TEST_F(MymemoryTest, AnswersWithAllThatClientsRead) {
  Store("en", "Trade rose.", "zh-CN", "贸易增长。");
  const Json reply = GetJson("/mymemory/get?q=Trade+rose.&langpair=en|zh-CN");
  EXPECT_TRUE(reply["responseStatus"].is_number_integer());
  EXPECT_EQ(reply["responseStatus"], 200);
  EXPECT_EQ(reply["responseData"]["translatedText"], "贸易增长。");
  EXPECT_EQ(reply["responseData"]["match"], 1.0);
  const Json& match = reply["matches"][0];
  for (const char* field : {"id",
                            "segment",
                            "translation",
                            "source",
                            "target",
                            "quality",
                            "reference",
                            "usage-count",
                            "subject",
                            "created-by",
                            "last-updated-by",
                            "create-date",
                            "last-update-date",
                            "match",
                            "key",
                            "ICE",
                            "penalty",
                            "tm_properties",
                            "prop",
                            "source_note",
                            "target_note"}) {
    EXPECT_TRUE(match.contains(field)) << field;
  }
  EXPECT_EQ(match["segment"], "Trade rose.");
  EXPECT_EQ(match["key"], "press");
  EXPECT_EQ(match["last-update-date"].get<std::string>().size(),
            std::string("2026-11-20 10:00:00").size());
  // It marks machine translation.
  EXPECT_EQ(match["created-by"].get<std::string>().find("MT"),
            std::string::npos);
}

TEST_F(MymemoryTest, TakesMateCatsForm) {
  Store("en-US", "Trade rose 5 percent.", "zh-CN", "贸易增长5%。");
  const Json reply = PostForm(
      "get",
      "q=Trade+rose+7+percent.&langpair=en-US%7Czh-CN&de=&mt=0&numres=3"
      "&client_id=matecat&priority_key=0&key=press%2Cother&context_before="
      "&context_after=");
  ASSERT_EQ(reply["matches"].size(), 1U);
  EXPECT_LT(reply["matches"][0]["match"], 1.0);
  EXPECT_GT(reply["matches"][0]["match"], 0.9);
}

// PHP's curl sends an array of fields so, and MateCat hands it one.
TEST_F(MymemoryTest, TakesMateCatsFormAsItIsSent) {
  Store("en-US", "Trade rose 5 percent.", "zh-CN", "贸易增长5%。");
  std::string body;
  for (const auto& [name, value] : {std::pair{"q", "Trade rose 5 percent."},
                                    {"langpair", "en-US|zh-CN"},
                                    {"mt", "0"},
                                    {"context_before", ""}}) {
    body += std::string("--------------------------0123456789abcdef\r\n") +
            "Content-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" +
            value + "\r\n";
  }
  body += "--------------------------0123456789abcdef--\r\n";
  const std::string type =
      "multipart/form-data; boundary=------------------------0123456789abcdef";
  const Response response = Post("/mymemory/get", body, type);
  ASSERT_EQ(response.status, 200) << response.body;
  EXPECT_EQ(Json::parse(response.body)["matches"][0]["translation"],
            "贸易增长5%。");
  // Cut off.
  const Response cut =
      Post("/mymemory/get", body.substr(0, body.size() / 2), type);
  EXPECT_EQ(cut.status, 400);
  EXPECT_EQ(Json::parse(cut.body)["responseStatus"], 400);
}

TEST_F(MymemoryTest, FindsNothingUnderAnUnknownKey) {
  Store("en", "Trade rose.", "es", "Creció.");
  const Json reply =
      GetJson("/mymemory/get?q=Trade+rose.&langpair=en|es&key=other");
  EXPECT_TRUE(reply["matches"].empty());
  EXPECT_EQ(reply["responseStatus"], 200);
}

TEST_F(MymemoryTest, ContributesUpdatesAndDeletes) {
  const Json stored =
      PostForm("set", "seg=Open&tra=Abrir&langpair=en|es&key=mine&de=ana");
  EXPECT_EQ(stored["responseStatus"], 200);
  PostForm(
      "update",
      "seg=Open&tra=Abrir&newseg=Open&newtra=Abre&langpair=en|es&key=mine");
  const Json found = GetJson("/mymemory/get?q=Open&langpair=en|es&key=mine");
  ASSERT_EQ(found["matches"].size(), 1U);
  EXPECT_EQ(found["matches"][0]["translation"], "Abre");
  EXPECT_EQ(found["matches"][0]["created-by"], "ana");
  const std::string id = found["matches"][0]["id"];
  EXPECT_EQ(stored["responseDetails"][0], id);
  const Json gone =
      PostForm("delete_by_id", "id=" + id + "&langpair=en|es&key=mine");
  EXPECT_EQ(gone["responseStatus"], 200);
  // As lib/Utils/Engines/MyMemory.php reads it; of an HTTP error it reads no
  // body, and of this one the object `error`.
  const Json again =
      PostForm("delete_by_id", "id=" + id + "&langpair=en|es&key=mine");
  EXPECT_EQ(again["responseStatus"], 404);
  EXPECT_EQ(again["responseDetails"], "NO ID FOUND");
  EXPECT_TRUE(again["error"].contains("code"));
  EXPECT_TRUE(again["error"].contains("message"));
}

// MateCat keeps only the digits of an id.
TEST_F(MymemoryTest, DeletesByTheTextsWhereTheIdIsNone) {
  PostForm("set", "seg=Open&tra=Abrir&langpair=en|es&key=mine");
  PostForm("set", "seg=Open&tra=Abre&langpair=en|es&key=mine");
  PostForm("set", "seg=Open&tra=%E6%89%93%E5%BC%80&langpair=en|zh&key=mine");
  PostForm("delete_by_id",
           "id=4711&seg=Open&tra=Abrir&langpair=en|es&key=mine");
  const std::string get = "/mymemory/get?q=Open&key=mine&langpair=en|";
  const Json left = GetJson(get + "es");
  ASSERT_EQ(left["matches"].size(), 1U);
  EXPECT_EQ(left["matches"][0]["translation"], "Abre");
  // The other language stays, also by the id.
  PostForm("delete_by_id", "id=" + left["matches"][0]["id"].get<std::string>() +
                               "&langpair=en|es&key=mine");
  EXPECT_TRUE(GetJson(get + "es")["matches"].empty());
  EXPECT_EQ(GetJson(get + "zh")["matches"].size(), 1U);
  const Json none =
      PostForm("delete", "id=&seg=Open&tra=Abrir&langpair=en|es&key=mine");
  EXPECT_EQ(none["responseDetails"], "NO ID FOUND");
}

TEST_F(MymemoryTest, MovesAPairWhoseSourceIsChanged) {
  PostForm("set", "seg=Open&tra=Abrir&langpair=en|es&key=mine");
  PostForm("update",
           "seg=Open&tra=Abrir&newseg=Open+it&newtra=Abrir&langpair=en|es"
           "&key=mine");
  const Json found = GetJson("/mymemory/get?q=Open&langpair=en|es&key=mine");
  ASSERT_EQ(found["matches"].size(), 1U);
  EXPECT_EQ(found["matches"][0]["segment"], "Open it");
}

TEST_F(MymemoryTest, UpdatesOneOfSeveralTranslations) {
  PostForm("set", "seg=Open&tra=Abrir&langpair=en|es&key=mine");
  PostForm("set", "seg=Open&tra=Abre&langpair=en|es&key=mine");
  PostForm("update",
           "seg=Open&tra=Abrir&newseg=Open&newtra=Abra&langpair=en|es"
           "&key=mine");
  const Json found = GetJson("/mymemory/get?q=Open&langpair=en|es&key=mine");
  std::set<std::string> targets;
  for (const Json& match : found["matches"])
    targets.insert(match["translation"]);
  EXPECT_THAT(targets, ElementsAre("Abra", "Abre"));
}

TEST_F(MymemoryTest, DeletesOnlyInTheMemoriesThatAreNamed) {
  Store("en", "Trade rose.", "es", "El comercio creció.");
  const std::string ask =
      "/mymemory/get?q=Trade+rose.&langpair=en|es&key=press";
  const Json found = GetJson(ask);
  const std::string form =
      "langpair=en|es&id=" + found["matches"][0]["id"].get<std::string>();
  for (const std::string path :
       {"/mymemory/delete_by_id", "/memories/other/mymemory/delete_by_id"}) {
    Post(path, form + "&key=other", "application/x-www-form-urlencoded");
    EXPECT_EQ(GetJson(ask)["matches"].size(), 1U) << path;
  }
  Post("/memories/press/mymemory/delete_by_id", form,
       "application/x-www-form-urlencoded");
  EXPECT_EQ(GetJson(ask)["matches"].size(), 0U);
}

// Any page may show a picture of this address.
TEST_F(MymemoryTest, WritesNothingForABrowsersGet) {
  const std::string set = "/mymemory/set?seg=Open&tra=Abrir&langpair=en|es";
  Request request{.method = "GET",
                  .target = set,
                  .fields = {{"User-Agent", "Mozilla/5.0 (X11; Linux)"}},
                  .body = ""};
  EXPECT_EQ(Send(request).status, 403);
  request.fields.front().value = "PHP";
  EXPECT_EQ(Send(request).status, 200);
}

TEST_F(MymemoryTest, TakesTheTokenHoweverItIsSent) {
  Restart({.who = WriteRule::Who::kTokenHolders,
           .token = "secret",
           .memory = "tools"});
  const auto status = [&](const std::string& authorization) {
    return Send({.method = "POST",
                 .target = "/mymemory/set",
                 .fields = {{"Authorization", authorization},
                            {"Content-Type",
                             "Application/X-WWW-Form-URLEncoded"}},
                 .body = "seg=Open&tra=Abrir&langpair=en|es"})
        .status;
  };
  EXPECT_EQ(status("bearer secret"), 200);
  EXPECT_EQ(status("Basic dG06c2VjcmV0"), 200);  // tm:secret
  EXPECT_EQ(status("Basic dG06c2VjcmVu"), 401);
  EXPECT_EQ(status("Basic ???"), 401);
  EXPECT_EQ(status(""), 401);
}

TEST_F(MymemoryTest, WritesUnderAllKeys) {
  const auto targets = [&](const std::string& key) {
    const Json found =
        GetJson("/mymemory/get?q=Open&langpair=en|es&key=" + key);
    EXPECT_EQ(found["matches"].size(), 1U) << key;
    return found["matches"][0]["translation"].get<std::string>();
  };
  const Json stored =
      PostForm("set", "seg=Open&tra=Abrir&langpair=en|es&key=k1,k2");
  EXPECT_EQ(stored["responseDetails"].size(), 2U);
  EXPECT_EQ(targets("k1"), "Abrir");
  EXPECT_EQ(targets("k2"), "Abrir");
  PostForm("update",
           "seg=Open&tra=Abrir&newseg=Open+it&newtra=Abra&langpair=en|es"
           "&key=k1,k2");
  EXPECT_EQ(targets("k1"), "Abra");
  EXPECT_EQ(targets("k2"), "Abra");
}

TEST_F(MymemoryTest, AsksAllKeys) {
  PostForm("set", "seg=Open&tra=Abrir&langpair=en|es&key=k1");
  PostForm("set", "seg=Open&tra=Abre&langpair=en|es&key=k2");
  PostForm("set", "seg=Open&tra=Abra&langpair=en|es&key=k3");
  const auto targets = [&](const std::string& keys) {
    std::set<std::string> all;
    const Json found = GetJson("/mymemory/get?q=Open&langpair=en|es&numres=9" +
                               ("&key=" + keys));
    for (const Json& match : found["matches"]) {
      all.insert(match["translation"].get<std::string>());
    }
    return all;
  };
  EXPECT_THAT(targets("k1,k2"), ElementsAre("Abre", "Abrir"));
  EXPECT_THAT(targets("nobodys,k3"), ElementsAre("Abra"));
  EXPECT_THAT(targets("nobodys,No Key"), ElementsAre());
  EXPECT_THAT(targets(""), ElementsAre("Abra", "Abre", "Abrir"));
}

// MateCat lets people trust some of their memories less.
TEST_F(MymemoryTest, TakesPenaltiesOff) {
  PostForm("set", "seg=Open&tra=Abrir&langpair=en|es&key=k1");
  PostForm("set", "seg=Open&tra=Abre&langpair=en|es&key=k2");
  const auto ask = [&](const std::string& penalties) {
    return PostForm("get", "q=Open&langpair=en%7Ces&key=k1%2Ck2&penalty_key=" +
                               EncodePath(penalties))["matches"];
  };
  for (const char* key : {"k1", "k2"}) {
    const Json matches = ask(std::string(R"([{"key":")") + key +
                             R"(","penalty":0.25},{"key":"public"}])");
    ASSERT_EQ(matches.size(), 2U);
    EXPECT_EQ(matches[0]["match"], 1.0);
    EXPECT_TRUE(matches[0]["penalty"].is_null());
    EXPECT_EQ(matches[1]["key"], key);
    EXPECT_EQ(matches[1]["match"], 0.75);
    EXPECT_EQ(matches[1]["penalty"], 0.25);
  }
  for (const char* none : {"", "[]", "{}", "[1]", R"([{"penalty":"x"}])"}) {
    EXPECT_EQ(ask(none)[1]["match"], 1.0) << none;
  }
}

TEST_F(MymemoryTest, MatchesThatPenaltiesPutBehindTakeNoPlace) {
  PostForm("set", "seg=Open&tra=Abrir&langpair=en|es&key=k1");
  PostForm("set", "seg=Open&tra=Abre&langpair=en|es&key=k2");
  for (const std::string less : {"k1", "k2"}) {
    const Json matches =
        PostForm("get",
                 "q=Open&langpair=en%7Ces&key=k1%2Ck2&numres=1"
                 "&penalty_key=" +
                     EncodePath(R"([{"key":")" + less +
                                R"(","penalty":0.25}])"))["matches"];
    ASSERT_EQ(matches.size(), 1U);
    EXPECT_NE(matches[0]["key"], less);
  }
}

// MateCat's concordance.
TEST_F(MymemoryTest, SearchesForWords) {
  Store("en", "The trade talks went on for weeks.", "es", "Las largas.");
  Store("en", "Talks on trade.", "es", "Las cortas.");
  Store("en", "Talks on trade, too.", "zh", "中文。");
  Store("en", "No talks.", "es", "Ninguna.");
  const auto ask = [&](const std::string& query) {
    return PostForm("get", query + "&conc=true&extended=1&numres=10&mt=0");
  };
  const Json reply = ask("q=trade+talks&langpair=en-US%7Ces-ES");
  ASSERT_EQ(reply["matches"].size(), 2U) << reply;
  EXPECT_EQ(reply["matches"][0]["translation"], "Las cortas.");
  EXPECT_EQ(reply["matches"][1]["translation"], "Las largas.");
  EXPECT_GT(reply["matches"][0]["match"], reply["matches"][1]["match"]);
  EXPECT_LE(reply["matches"][0]["match"], 1.0);
  EXPECT_TRUE(reply["matches"][0].contains("last-update-date"));
  EXPECT_EQ(ask("q=trade+talk&langpair=en%7Ces")["matches"].size(), 2U);
  // From the target: MateCat swaps the languages.
  EXPECT_EQ(ask("q=cortas&langpair=es-ES%7Cen-US")["matches"][0]["segment"],
            "Las cortas.");
  EXPECT_TRUE(ask("q=unheard&langpair=en%7Ces")["matches"].empty());
  EXPECT_EQ(ask("q=trade&langpair=en%7Ces&key=nobodys")["responseStatus"], 200);
}

// There is no machine to translate.
TEST_F(MymemoryTest, FindsNothingWhereOnlyMachinesAreAsked) {
  Store("en", "Trade rose.", "es", "Creció.");
  EXPECT_TRUE(
      GetJson("/mymemory/get?q=Trade+rose.&langpair=en|es&mtonly=1")["matches"]
          .empty());
}

// json_decode of PHP 8 fails on what is no text.
TEST_F(MymemoryTest, HasNoPropertiesThatPhpCannotDecode) {
  PostForm("set", "seg=Open&tra=Abrir&langpair=en|es&key=k1&de=Smtih");
  const Json match =
      GetJson("/mymemory/get?q=Open&langpair=en|es&key=k1")["matches"][0];
  EXPECT_TRUE(match["prop"].is_null() || match["prop"].is_string());
  EXPECT_TRUE(match["tm_properties"].is_string());
  // What has "mt" in it is a machine for MateCat, in whichever case.
  EXPECT_EQ(match["created-by"], "Tercet");
}

TEST_F(MymemoryTest, MakesAndChecksKeys) {
  const Json made = GetJson("/mymemory/createranduser");
  EXPECT_EQ(made["code"], 200);
  const std::string key = made["key"];
  EXPECT_NE(key, GetJson("/mymemory/createranduser")["key"]);
  EXPECT_EQ(GetJson("/mymemory/authkey?key=" + key), 1);
  EXPECT_EQ(GetJson("/mymemory/authkey?key=press"), 1);
  EXPECT_EQ(GetJson("/mymemory/authkey?key=No%20Key"), 0);
  PostForm("set", "seg=Open&tra=Abrir&langpair=en|es&key=" + key);
  EXPECT_EQ(GetJson("/mymemory/get?q=Open&langpair=en|es&key=" + key)["matches"]
                .size(),
            1U);
  Restart({.who = WriteRule::Who::kNobody, .token = "", .memory = "tools"});
  EXPECT_EQ(GetJson("/mymemory/authkey?key=" + key), 1);
  EXPECT_EQ(GetJson("/mymemory/authkey?key=fresh"), 0);
}

// MateCat's classes take the reason from there.
TEST_F(MymemoryTest, PutsTheReasonOfAnErrorWhereClientsLook) {
  const Response response = Get("/mymemory/get?q=x&langpair=en");
  const Json error = Json::parse(response.body)["error"];
  EXPECT_EQ(error["code"], 400);
  EXPECT_NE(error["message"], "");
}

TEST_F(MymemoryTest, WritesNothingUnlessAllowed) {
  Restart({.who = WriteRule::Who::kNobody, .token = "", .memory = "tools"});
  EXPECT_EQ(
      PostForm("set", "seg=a&tra=b&langpair=en|es", 403)["responseStatus"],
      403);
  EXPECT_EQ(PostForm("delete_by_id", "id=x", 403)["responseStatus"], 403);
  EXPECT_EQ(Post("/mymemory/tmx/import", "", "multipart/form-data; boundary=b")
                .status,
            403);
}

TEST_F(MymemoryTest, ImportsTmxInTheBackground) {
  const std::string body =
      "--b\r\nContent-Disposition: form-data; name=\"tmx\"; "
      "filename=\"a.tmx\"\r\n\r\n"
      "<tmx version=\"1.4\"><header/><body><tu><tuv xml:lang=\"en\"><seg>Open"
      "</seg></tuv><tuv "
      "xml:lang=\"es\"><seg>Abrir</seg></tuv></tu></body></tmx>"
      "\r\n--b\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nfile"
      "\r\n--b--\r\n";
  const Response accepted =
      Post("/mymemory/tmx/import", body, "multipart/form-data; boundary=b");
  EXPECT_EQ(accepted.status, 202) << accepted.body;
  const Json reply = Json::parse(accepted.body);
  EXPECT_EQ(reply["messageType"], "tms-import");
  const std::string uuid = reply["responseData"]["uuid"];
  Json status;
  do {
    status = GetJson("/mymemory/v2/import/status?uuid=" + uuid);
  } while (status["responseData"]["status"] == 0);
  EXPECT_EQ(status["responseData"]["status"], 1) << status;
  EXPECT_EQ(status["responseData"]["completed"], 1);
  EXPECT_EQ(
      GetJson("/mymemory/get?q=Open&langpair=en|es&key=file")["matches"].size(),
      1U);
  EXPECT_EQ(Get("/mymemory/v2/import/status?uuid=none").status, 404);
}

TEST_F(MymemoryTest, SaysWhatIsWrong) {
  const Response response = Get("/mymemory/get?q=x&langpair=en");
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(Json::parse(response.body)["responseStatus"], 400);
  EXPECT_EQ(Get("/mymemory/nothing").status, 404);
}

}  // namespace
}  // namespace tercet::http
