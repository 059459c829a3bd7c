// `tercet analyze`, against a server that answers as the tests want.
#include <map>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tests/client/fake_server.h"
#include "tests/support/temp_dir.h"

namespace tercet::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// The score of a text; those not named have no match.
void AnswerScores(FakeServer& server, std::map<std::string, int> scores,
                  std::vector<v1::LookupSegmentRequest>* seen = nullptr) {
  server.stream_lookup = [scores, seen](FakeServer::LookupStream& stream) {
    v1::LookupSegmentRequest request;
    while (stream.Read(&request)) {
      if (seen != nullptr) seen->push_back(request);
      v1::StreamLookupSegmentsResponse response;
      const auto score = scores.find(request.query().text());
      if (request.parent() == "memories/nope") {
        response.mutable_error()->set_code(grpc::StatusCode::NOT_FOUND);
        response.mutable_error()->set_reason("MEMORY_NOT_FOUND");
      } else if (request.query().text() == "Wrong.") {
        response.mutable_error()->set_code(grpc::StatusCode::INVALID_ARGUMENT);
        response.mutable_error()->set_reason("TEXT_TOO_LONG");
      } else if (score != scores.end()) {
        v1::Match& match = *response.add_matches();
        match.set_score(score->second);
        match.set_kind(v1::Match::FUZZY);
      }
      stream.Write(response);
    }
    return grpc::Status::OK;
  };
}

class Analyze : public ::testing::Test {
 protected:
  std::string Write(const std::string& name, const std::string& text) {
    std::string path = folder_.Join(name);
    WriteFile(path, text);
    return path;
  }

  const TempDir folder_;
  FakeServer server_;
};

TEST_F(Analyze, PrintsATableForPeople) {
  AnswerScores(server_, {{"Rates rose.", 100}, {"Rates fell.", 87}});
  const RunResult result = RunTercet(
      server_, {"analyze", "--from", "en", "--to", "es", "-"},
      {.input = "Rates rose. Rates fell.\nRates rose.\nNew text here.\n"});
  EXPECT_EQ(result.err, "");
  EXPECT_EQ(result.code, ExitCode::kOk);
  EXPECT_EQ(result.out,
            "standard input (en > es)  segments  words  characters      %\n"
            "repetitions                      1      2          10   22.2\n"
            "in context                       0      0           0    0.0\n"
            "100                              1      2          10   22.2\n"
            "95-99                            0      0           0    0.0\n"
            "85-94                            1      2          10   22.2\n"
            "75-84                            0      0           0    0.0\n"
            "50-74                            0      0           0    0.0\n"
            "no match                         1      3          12   33.3\n"
            "total                            4      9          42  100.0\n");
}

TEST_F(Analyze, PutsCharactersFirstForChinese) {
  AnswerScores(server_, {});
  const RunResult result = RunTercet(server_, {"analyze", "--from", "zh", "-"},
                                     {.input = "利率上升。\n"});
  EXPECT_THAT(result.out,
              HasSubstr("standard input (zh)  segments  characters  words"));
  EXPECT_THAT(result.out,
              HasSubstr("total                       1           5      4"));
}

TEST_F(Analyze, ColoursATerminalUnlessToldNotTo) {
  AnswerScores(server_, {});
  const std::vector<std::string> arguments = {"analyze", "--from", "en", "-"};
  EXPECT_THAT(
      RunTercet(server_, arguments, {.input = "x", .terminal = true}).out,
      HasSubstr("\x1B["));
  EXPECT_THAT(
      RunTercet(
          server_, arguments,
          {.input = "x", .variables = {{"NO_COLOR", "1"}}, .terminal = true})
          .out,
      Not(HasSubstr("\x1B[")));
}

TEST_F(Analyze, AsksWithNeighboursAndFilters) {
  std::vector<v1::LookupSegmentRequest> seen;
  AnswerScores(server_, {}, &seen);
  RunTercet(server_,
            {"analyze", "--from", "en_US", "--to", "es", "--memory", "press",
             "--state", "confirmed", "-"},
            {.input = "One. Two.\nThree."});
  ASSERT_EQ(seen.size(), 3);
  const v1::LookupSegmentRequest& request = seen[1];
  EXPECT_EQ(request.parent(), "memories/press");
  EXPECT_EQ(request.filter().states_size(), 1);
  EXPECT_EQ(request.query().language_code(), "en-US");
  EXPECT_EQ(request.query().previous(), "One.");
  EXPECT_EQ(request.query().next(), "Three.");
  EXPECT_THAT(request.target_language_codes(), ::testing::ElementsAre("es"));
  EXPECT_EQ(request.min_score(), 50);
  EXPECT_EQ(request.max_matches(), 1);
}

TEST_F(Analyze, PrintsCsvWithTotals) {
  AnswerScores(server_, {});
  const std::string a = Write("a,b.txt", "Rates rose. Rates rose.\n");
  const std::string b = Write("b.txt", "Rates rose.\n");
  const RunResult result =
      RunTercet(server_, {"analyze", "--from", "en", "--format", "csv", a, b});
  EXPECT_THAT(result.out,
              HasSubstr("file,source,target,band,segments,words,characters,"
                        "characters_with_spaces,tags\r\n"));
  EXPECT_THAT(result.out,
              HasSubstr("\"" + a + "\",en,,repetition,1,2,10,11,0\r\n"));
  EXPECT_THAT(result.out,
              HasSubstr(b + ",en,,cross-file-repetition,1,2,10,11,0\r\n"));
  EXPECT_THAT(result.out, HasSubstr("\ntotal,,,no-match,1,2,10,11,0\r\n"));
  EXPECT_THAT(result.out, HasSubstr("\ntotal,,,total,3,6,30,33,0\r\n"));
}

TEST_F(Analyze, PrintsJson) {
  AnswerScores(server_, {{"Rates rose.", 96}});
  const std::string file = Write("a.txt", "Rates rose. Other text.\n");
  const RunResult result =
      RunTercet(server_, {"analyze", "--from", "en", "--json", file});
  const auto json = nlohmann::json::parse(result.out);
  EXPECT_EQ(json["files"][0]["file"], file);
  EXPECT_EQ(json["files"][0]["source_language"], "en");
  EXPECT_EQ(json["files"][0]["bands"]["95-99"]["words"], 2);
  EXPECT_EQ(json["total"]["bands"]["no-match"]["segments"], 1);
  EXPECT_EQ(json["total"]["total"]["characters_with_spaces"], 22);
}

TEST_F(Analyze, PrintsAFileOfSeveralLanguagesByThem) {
  const std::string file =
      Write("job.xlf",
            R"(<xliff version="1.2"><file original="a" source-language="en" )"
            R"(target-language="es" datatype="x"><body><trans-unit id="1">)"
            R"(<source>Open it.</source></trans-unit></body></file>)"
            R"(<file original="b" source-language="en" target-language="zh" )"
            R"(datatype="x"><body><trans-unit id="1"><source>Open it.</source>)"
            R"(</trans-unit></body></file></xliff>)");
  const RunResult result = RunTercet(server_, {"analyze", "--no-memory", file});
  EXPECT_THAT(result.out, HasSubstr(file + " (en > es)"));
  EXPECT_THAT(result.out, HasSubstr(file + " (en > zh)"));
  EXPECT_THAT(result.out, HasSubstr("\n1 file  "));
  EXPECT_THAT(result.out, Not(HasSubstr("of other files")));
  EXPECT_THAT(
      RunTercet(server_, {"analyze", "--no-memory", "--format", "csv", file})
          .out,
      HasSubstr(file + ",en,zh,no-match,1,2,7,8,0\r\n"));
}

TEST_F(Analyze, NeedsNoServerWithoutMemory) {
  // What is not set in the fake answers UNIMPLEMENTED.
  const RunResult result = RunTercet(
      server_, {"analyze", "--no-memory", "--internal", "--from", "es", "-"},
      {.input = "El consejo aprobó hoy el nuevo plan de vivienda.\n"
                "El consejo aprobó ayer el nuevo plan de vivienda.\n"});
  EXPECT_EQ(result.code, ExitCode::kOk);
  EXPECT_THAT(result.out, HasSubstr("85-94                       0"));
  EXPECT_THAT(result.out, HasSubstr("  internal                  1      9"));
}

TEST_F(Analyze, ReportsAllFilesOrNone) {
  AnswerScores(server_, {});
  const std::string good = Write("good.txt", "Text.\n");
  const std::string bad = Write("bad.tmx", "<tmx><body><tu>");
  for (const std::string& path : {bad, folder_.Join("missing.txt")}) {
    const RunResult result =
        RunTercet(server_, {"analyze", "--from", "en", good, path});
    EXPECT_EQ(result.code, ExitCode::kBadInput);
    EXPECT_EQ(result.out, "");
    EXPECT_THAT(result.err, HasSubstr(path));
  }
}

TEST_F(Analyze, TellsOfSegmentsThatWereRefused) {
  AnswerScores(server_, {});
  const RunResult result = RunTercet(server_, {"analyze", "--from", "en", "-"},
                                     {.input = "Good.\nWrong.\n"});
  EXPECT_EQ(result.code, ExitCode::kBadInput);
  EXPECT_THAT(result.err, HasSubstr("-:2: TEXT_TOO_LONG"));
  EXPECT_THAT(result.out, HasSubstr("no match                    2"));
}

TEST_F(Analyze, RefusesAnUnknownMemory) {
  AnswerScores(server_, {});
  const RunResult result =
      RunTercet(server_, {"analyze", "--from", "en", "--memory", "nope", "-"},
                {.input = "Text.\n"});
  EXPECT_EQ(result.code, ExitCode::kRefused);
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err, HasSubstr("tercet memory list"));
}

TEST_F(Analyze, TextNeedsALanguage) {
  AnswerScores(server_, {});
  const RunResult result =
      RunTercet(server_, {"analyze", "-"}, {.input = "Text.\n"});
  EXPECT_EQ(result.code, ExitCode::kBadInput);
  EXPECT_THAT(result.err, HasSubstr("--from"));
}

TEST_F(Analyze, LooksUpManySegmentsInOrder) {
  std::map<std::string, int> scores;
  std::string text;
  for (int i = 0; i < 4100; ++i) {
    const std::string sentence = "Number " + std::to_string(i) + " rose.";
    text += sentence + "\n";
    if (i % 4 == 1) scores[sentence] = 88;
  }
  AnswerScores(server_, scores);
  const RunResult result = RunTercet(
      server_, {"analyze", "--from", "en", "--json", "-"}, {.input = text});
  const auto bands = nlohmann::json::parse(result.out)["total"]["bands"];
  EXPECT_EQ(bands["85-94"]["segments"], 1025);
  EXPECT_EQ(bands["no-match"]["segments"], 3075);
}

}  // namespace
}  // namespace tercet::cli
