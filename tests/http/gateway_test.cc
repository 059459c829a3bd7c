#include "tests/http/site_fixture.h"

namespace tercet::http {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class GatewayTest : public SiteTest {};

TEST_F(GatewayTest, LooksUpASegment) {
  Store("en", "Trade rose 5 percent.", "es", "El comercio creció un 5 %.");
  const Json found = PostJson(
      "/v1/memories/press:lookupSegment",
      R"({"query": {"languageCode": "en", "text": "Trade rose 5 percent."}})");
  EXPECT_EQ(found["matches"][0]["score"], 100);
  EXPECT_EQ(found["matches"][0]["targets"][0]["text"],
            "El comercio creció un 5 %.");
}

TEST_F(GatewayTest, PutsPathAndQueryIntoTheRequest) {
  Store("en", "One.", "es", "Uno.");
  Store("en", "Two.", "es", "Dos.");
  const Json page = GetJson("/v1/memories/press/units?pageSize=1");
  EXPECT_EQ(page["units"].size(), 1U);
  EXPECT_FALSE(page["nextPageToken"].get<std::string>().empty());
  const std::string name = page["units"][0]["name"];
  EXPECT_EQ(GetJson("/v1/" + name)["name"], name);
}

TEST_F(GatewayTest, TheAddressWinsOverTheBody) {
  Store("en", "One.", "es", "Uno.");
  const Json found = PostJson("/v1/memories/press:lookupSegment",
                              R"({"parent": "memories/other",
          "query": {"languageCode": "en", "text": "One."}})");
  EXPECT_EQ(found["matches"].size(), 1U);
}

TEST_F(GatewayTest, UpdatesAndDeletes) {
  const Response updated = Send({.method = "PATCH",
                                 .target = "/v1/memories/press",
                                 .fields = {},
                                 .body = R"({"displayName": "Press"})"});
  EXPECT_EQ(updated.status, 200) << updated.body;
  EXPECT_EQ(GetJson("/v1/memories/press")["displayName"], "Press");
  const Response deleted = Send({.method = "DELETE",
                                 .target = "/v1/memories/press?force=true",
                                 .fields = {},
                                 .body = ""});
  EXPECT_EQ(deleted.status, 200) << deleted.body;
  EXPECT_EQ(Get("/v1/memories/press").status, 404);
}

TEST_F(GatewayTest, GivesErrorsTheirStatusAndReason) {
  const Response missing = Get("/v1/memories/other");
  EXPECT_EQ(missing.status, 404);
  const Json error = Json::parse(missing.body)["error"];
  EXPECT_EQ(error["reason"], "MEMORY_NOT_FOUND");
  EXPECT_EQ(error["metadata"]["name"], "memories/other");
  const Response wrong = Post("/v1/memories/press:lookupSegment", "{}");
  EXPECT_EQ(wrong.status, 400);
  EXPECT_GT(Json::parse(wrong.body)["error"]["fieldViolations"].size(), 0U);
  EXPECT_EQ(Post("/v1/memories/press:lookupSegment", "{").status, 400);
  EXPECT_EQ(Get("/v1/memories/press/units?pageSize=x").status, 400);
  EXPECT_EQ(Get("/v1/nothing").status, 404);
}

TEST_F(GatewayTest, SaysWhichMethodAnAddressTakes) {
  const Response response = Send(
      {.method = "PUT", .target = "/v1/memories", .fields = {}, .body = ""});
  EXPECT_EQ(response.status, 405);
  EXPECT_EQ(FieldOf(response, "Allow"), "POST, GET, HEAD");
}

// The server leaves the body out.
TEST_F(GatewayTest, TakesHeadWhereItTakesGet) {
  const auto head_of = [this](const std::string& target) {
    return Send({.method = "HEAD", .target = target, .fields = {}, .body = ""});
  };
  EXPECT_EQ(head_of("/v1/memories").status, 200);
  EXPECT_EQ(head_of("/v1/memories").body, Get("/v1/memories").body);
  EXPECT_EQ(head_of("/v1/memories/other").status, 404);
  EXPECT_EQ(
      head_of("/v1/memories/press:exportUnits?alt=media&format=TMX").status,
      200);
  EXPECT_EQ(head_of("/v1/memories/press:lookupSegment").status, 405);
}

TEST_F(GatewayTest, StreamsLines) {
  Store("en", "One.", "es", "Uno.");
  const std::string line =
      R"({"parent": "memories/press",
          "query": {"languageCode": "en", "text": "One."}})";
  std::string lines = line;
  std::erase(lines, '\n');
  lines += "\n\n" + lines;
  const Response response =
      Post("/v1/segments:streamLookup", lines, "application/x-ndjson");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(std::ranges::count(response.body, '\n'), 2);
  EXPECT_THAT(response.body, HasSubstr("Uno."));
}

// Where only the answers are a stream, the request is one, on however many
// lines, or none where the address says it all.
TEST_F(GatewayTest, TakesOneRequestForAStreamOfAnswers) {
  Store("en", "One.", "es", "Uno.");
  const Response pretty =
      Post("/v1/memories/press:exportUnits", "{\n  \"format\": \"TSV\"\n}\n");
  EXPECT_EQ(pretty.status, 200) << pretty.body;
  EXPECT_THAT(pretty.body, HasSubstr("chunk"));
  const Response file = Post("/v1/memories/press:exportUnits?alt=media",
                             R"({"format": "TSV", "languageCodes": ["es"]})");
  EXPECT_EQ(file.body, "es\nUno.\n");
  EXPECT_EQ(Post("/v1/memories/press:exportUnits?alt=media", "{").status, 400);
  EXPECT_EQ(Post("/v1/memories/press:exportUnits", "{").status, 400);
  Post("/v1/memories/files:importUnits?alt=media&format=TSV",
       "en\tes\nOne.\tUno.\n", "");
  const Json imports = GetJson("/v1/memories/files/imports");
  const std::string name = imports["imports"][0]["name"];
  const Response undone = Post("/v1/" + name + ":undo", "");
  EXPECT_EQ(undone.status, 200) << undone.body;
  EXPECT_EQ(GetJson("/v1/memories/files").value("unitCount", "0"), "0");
}

TEST_F(GatewayTest, NamesTheLineThatIsWrong) {
  const Response response = Post("/v1/segments:streamLookup", "\n{x}\n");
  EXPECT_EQ(response.status, 400);
  EXPECT_THAT(response.body, HasSubstr("line 2"));
}

TEST_F(GatewayTest, TakesAndGivesFiles) {
  const std::string file = "en\tes\nOne.\tUno.\nTwo.\tDos.\n";
  const Response imported =
      Post("/v1/memories/files:importUnits?alt=media&format=TSV", file, "");
  EXPECT_EQ(imported.status, 200);
  EXPECT_THAT(imported.body, HasSubstr(R"("createdCount":"2")"));
  const Response exported =
      Get("/v1/memories/files:exportUnits?alt=media&format=TSV");
  EXPECT_EQ(exported.status, 200);
  EXPECT_THAT(exported.body, StartsWith("en\tes\n"));
  EXPECT_THAT(exported.body, HasSubstr("Two.\tDos."));
}

// In JSON a file comes as a config and chunks in base64.
TEST_F(GatewayTest, TakesFilesInJson) {
  const std::string header = R"({"chunk": "ZW4JZXMK"})";       // en es
  const std::string row = R"({"chunk": "T25lLglVbm8uCg=="})";  // One. Uno.
  const std::string address = "/v1/memories/files:importUnits";
  const std::string told = R"("createdCount":"1")";
  // The address wins over what the config says.
  const std::string config =
      R"({"config": {"memory": "memories/elsewhere", "format": "TSV"}})";
  const Response imported =
      Post(address, config + "\n" + header + "\n\n" + row + "\n",
           "application/x-ndjson");
  EXPECT_EQ(imported.status, 200);
  EXPECT_THAT(imported.body, HasSubstr(told));
  EXPECT_EQ(GetJson("/v1/memories/files").value("unitCount", "0"), "1");
  // What the address says is enough.
  const Response bare =
      Post("/v1/memories/bare:importUnits", header + "\n" + row + "\n", "");
  EXPECT_THAT(bare.body, HasSubstr(told));
}

TEST_F(GatewayTest, TellsTheFormatOfAFileByItsContent) {
  const Response told = Post("/v1/memories/files:importUnits?alt=media",
                             "en\tes\nOne.\tUno.\n", "");
  EXPECT_EQ(told.status, 200);
  EXPECT_THAT(told.body, HasSubstr(R"("createdCount":"1")"));
  const Response unknown =
      Post("/v1/memories/files:importUnits?alt=media", "x", "");
  EXPECT_THAT(unknown.body, HasSubstr("FILE_FORMAT_UNKNOWN"));
  EXPECT_EQ(Get("/v1/memories/no:exportUnits?alt=media&format=TSV").status,
            404);
}

TEST_F(GatewayTest, ServesItsDescription) {
  EXPECT_TRUE(GetJson("/openapi.json").contains("paths"));
}

TEST_F(GatewayTest, KeepsPagesOfOthersOut) {
  Request request = {.method = "GET",
                     .target = "/v1/memories",
                     .fields = {{"Origin", "https://pootle.example"}},
                     .body = ""};
  EXPECT_EQ(Send(request).status, 403);
  Restart({}, {"https://pootle.example"});
  const Response allowed = Send(request);
  EXPECT_EQ(allowed.status, 200);
  EXPECT_EQ(FieldOf(allowed, "Access-Control-Allow-Origin"),
            "https://pootle.example");
  request.method = "OPTIONS";
  EXPECT_EQ(Send(request).status, 204);
}

}  // namespace
}  // namespace tercet::http
