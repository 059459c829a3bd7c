// The whole program, against a server that a test writes.
#include "client/cli/run.h"

#include <filesystem>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tests/client/fake_server.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace tercet::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// Finds every text but `none`.
void AnswerLookups(FakeServer& server) {
  const auto answer = [](const v1::LookupSegmentRequest& request,
                         auto& response) {
    if (request.query().text() == "none") return;
    v1::Match& match = *response.add_matches();
    match.set_score(100);
    match.set_kind(v1::Match::EXACT);
    match.mutable_unit()->set_name("memories/press/units/a");
    match.mutable_source()->set_text(request.query().text());
    match.mutable_source()->set_language_code(request.query().language_code());
    for (const std::string& code : request.target_language_codes()) {
      v1::Variant& target = *match.add_targets();
      target.set_language_code(code);
      target.set_text("in " + code);
    }
  };
  server.lookup_segment = [answer](const v1::LookupSegmentRequest& request,
                                   v1::LookupSegmentResponse& response) {
    answer(request, response);
    return grpc::Status::OK;
  };
  server.stream_lookup = [answer](FakeServer::LookupStream& stream) {
    v1::LookupSegmentRequest request;
    while (stream.Read(&request)) {
      v1::StreamLookupSegmentsResponse response;
      if (request.query().text() == "wrong") {
        response.mutable_error()->set_code(grpc::StatusCode::INVALID_ARGUMENT);
        response.mutable_error()->set_reason("TEXT_TOO_LONG");
        response.mutable_error()->set_message("the text is too long");
      } else if (request.parent() == "memories/nope") {
        response.mutable_error()->set_code(grpc::StatusCode::NOT_FOUND);
        response.mutable_error()->set_reason("MEMORY_NOT_FOUND");
      } else {
        answer(request, response);
      }
      stream.Write(response);
    }
    return grpc::Status::OK;
  };
}

TEST(Lookup, PrintsMatchesForPeople) {
  FakeServer server;
  AnswerLookups(server);
  const RunResult result = RunTercet(
      server, {"lookup", "--from", "zh", "--to", "en,es", "水灾", "none"});
  EXPECT_EQ(result.code, ExitCode::kOk);
  EXPECT_EQ(result.out,
            "水灾\n"
            "  100  exact  memories/press/units/a\n"
            "       zh  水灾\n"
            "       en  in en\n"
            "       es  in es\n"
            "\n"
            "none\n"
            "  no match of 70 or better\n");
}

TEST(Lookup, PassesItsOptionsOn) {
  FakeServer server;
  v1::LookupSegmentRequest seen;
  server.lookup_segment = [&seen](const v1::LookupSegmentRequest& request,
                                  v1::LookupSegmentResponse&) {
    seen = request;
    return grpc::Status::OK;
  };
  RunTercet(server,
            {"lookup", "--memory", "press", "--from",      "zh_CN", "--to",
             "en",     "--to",     "es,fr", "--min-score", "60",    "--max",
             "7",      "--prev",   "p",     "--next",      "n",     "--key",
             "k",      "--",       "-水灾"});
  EXPECT_EQ(seen.ShortDebugString(), [] {
    v1::LookupSegmentRequest wanted;
    wanted.set_parent("memories/press");
    v1::Query& query = *wanted.mutable_query();
    query.set_language_code("zh_CN");
    query.set_text("-水灾");
    query.set_previous("p");
    query.set_next("n");
    query.set_key("k");
    for (const char* code : {"en", "es", "fr"}) {
      wanted.add_target_language_codes(code);
    }
    wanted.set_min_score(60);
    wanted.set_max_matches(7);
    wanted.mutable_filter();
    return wanted.ShortDebugString();
  }());
}

// Answers searches with `count` units.
void AnswerSearches(FakeServer& server, int count,
                    v1::SearchUnitsRequest* seen = nullptr) {
  server.search_units = [=](const v1::SearchUnitsRequest& request,
                            v1::SearchUnitsResponse& response) {
    if (seen != nullptr) *seen = request;
    for (int i = 0; i < count; ++i) {
      v1::SearchHit& hit = *response.add_hits();
      hit.mutable_unit()->set_name("memories/press/units/a");
      hit.mutable_unit()->mutable_origin()->set_document("press/1");
      v1::Variant& es = *hit.mutable_unit()->add_variants();
      es.set_language_code("es");
      es.set_text("la inundación");
      v1::Variant& zh = *hit.mutable_unit()->add_variants();
      zh.set_language_code("zh-CN");
      zh.set_text("这次水灾");
      hit.add_variant_hits()->set_variant_index(1);
      v1::TextSpan& span = *hit.mutable_variant_hits(0)->add_spans();
      span.set_begin(2);
      span.set_end(4);
    }
    return grpc::Status::OK;
  };
}

TEST(Search, PrintsWhereThePhraseStandsFirst) {
  FakeServer server;
  AnswerSearches(server, 1);
  const RunResult result = RunTercet(server, {"search", "水灾"});
  EXPECT_EQ(result.code, ExitCode::kOk);
  EXPECT_EQ(result.out,
            "press/1  memories/press/units/a\n"
            "  zh-CN  这次[水灾]\n"
            "  es     la inundación\n");
  const RunResult json = RunTercet(server, {"search", "--json", "水灾"});
  EXPECT_EQ(nlohmann::json::parse(json.out),
            nlohmann::json::parse(
                R"({"unit": "memories/press/units/a", "document": "press/1",
                    "variants": [
                      {"language": "es", "text": "la inundación", "spans": []},
                      {"language": "zh-CN", "text": "这次水灾",
                       "spans": [[2, 4]]}]})"));
  EXPECT_THAT(RunTercet(server, {"search", "水灾", "--color", "always"}).out,
              HasSubstr("这次\x1b[1;33m水灾"));
}

TEST(Search, PassesItsOptionsOn) {
  FakeServer server;
  v1::SearchUnitsRequest seen;
  AnswerSearches(server, 0, &seen);
  const RunResult result =
      RunTercet(server, {"search", "--in", "zh", "--words", "--form",
                         "inflected", "--with", "en=a=b", "--limit", "7", "-m",
                         "press", "--document", "d", "one", "two"});
  EXPECT_EQ(result.code, ExitCode::kNothingFound);
  EXPECT_EQ(result.out, "nothing found\n");
  EXPECT_EQ(seen.ShortDebugString(),
            "parent: \"memories/press\" "
            "conditions { phrases: \"one\" phrases: \"two\" all_words: true "
            "form: INFLECTED language_code: \"zh\" } "
            "conditions { phrases: \"a=b\" all_words: true form: INFLECTED "
            "language_code: \"en\" } filter { documents: \"d\" } "
            "page_size: 8");
}

TEST(Search, SaysWhenThereIsMore) {
  FakeServer server;
  AnswerSearches(server, 3);
  const RunResult result = RunTercet(server, {"search", "--limit", "2", "x"});
  EXPECT_EQ(result.code, ExitCode::kOk);
  EXPECT_EQ(result.err,
            "there are more than 2 units; --limit COUNT shows more\n");
  EXPECT_EQ(RunTercet(server, {"search", "--limit", "3", "x"}).err, "");
}

TEST(Search, RefusesWrongOptions) {
  FakeServer server;
  const std::vector<std::vector<std::string>> kWrong = {
      {"search"},
      {"search", ""},
      {"search", "a", "--in", "chinese"},
      {"search", "a", "--with", "en"},
      {"search", "a", "--with", "english=b"},
      {"search", "a", "--form", "x"},
      {"search", "a", "--limit", "0"}};
  for (const std::vector<std::string>& arguments : kWrong) {
    EXPECT_EQ(RunTercet(server, arguments).code, ExitCode::kUsage)
        << arguments.back();
  }
}

TEST(Lookup, ExitsWithOneWhenNothingIsFound) {
  FakeServer server;
  AnswerLookups(server);
  EXPECT_EQ(RunTercet(server, {"lookup", "--from", "en", "none"}).code,
            ExitCode::kNothingFound);
}

TEST(Lookup, AnswersEveryLineOfStandardInput) {
  FakeServer server;
  AnswerLookups(server);
  const RunResult result =
      RunTercet(server, {"lookup", "--from", "en", "--json"},
                {.input = "one\n\nwrong\ntwo\n"});
  EXPECT_EQ(result.code, ExitCode::kBadInput);
  EXPECT_EQ(result.err, "line 3: TEXT_TOO_LONG: the text is too long\n");
  std::vector<std::string> queries;
  std::vector<size_t> matches;
  std::istringstream lines(result.out);
  for (std::string line; std::getline(lines, line);) {
    const auto json = nlohmann::json::parse(line);
    queries.push_back(json["query"]);
    matches.push_back(json["matches"].size());
  }
  EXPECT_THAT(queries, ::testing::ElementsAre("one", "", "wrong", "two"));
  EXPECT_THAT(matches, ::testing::ElementsAre(1, 0, 0, 1));
}

// As it does for a text on the command line.
TEST(Lookup, RefusesLinesForAnUnknownMemory) {
  FakeServer server;
  AnswerLookups(server);
  const RunResult result =
      RunTercet(server, {"lookup", "--from", "en", "--memory", "nope"},
                {.input = "one\ntwo\n"});
  EXPECT_EQ(result.code, ExitCode::kRefused);
}

TEST(Lookup, TakesDefaultsFromTheConfiguration) {
  const TempDir home;
  std::filesystem::create_directories(home.Join("tercet"));
  WriteFile(home.Join("tercet/client.toml"), "from = 'zh'\nto = ['es']\n");
  FakeServer server;
  AnswerLookups(server);
  const RunResult result =
      RunTercet(server, {"lookup", "水灾"},
                {.variables = {{"XDG_CONFIG_HOME", home.path()}}});
  EXPECT_THAT(result.out, HasSubstr("es  in es"));
}

TEST(Lookup, FindsAllExactMatchesPageByPage) {
  FakeServer server;
  server.lookup_exact = [](const v1::LookupExactRequest& request,
                           v1::LookupExactResponse& response) {
    v1::Match& match = *response.add_matches();
    match.mutable_unit()->set_name("memories/m/units/" + request.page_token() +
                                   "x");
    match.mutable_source()->set_text(request.query().text());
    match.mutable_source()->set_language_code("en");
    if (request.page_token() != "22") {
      response.set_next_page_token(request.page_token() + "2");
    }
    return grpc::Status::OK;
  };
  const RunResult result = RunTercet(
      server, {"lookup", "--exact", "--from", "en", "--json", "flood"});
  EXPECT_EQ(nlohmann::json::parse(result.out)["matches"].size(), 3);
  const RunResult limited = RunTercet(
      server,
      {"lookup", "--exact", "--from", "en", "--max", "2", "--json", "flood"});
  EXPECT_EQ(nlohmann::json::parse(limited.out)["matches"].size(), 2);
}

TEST(Lookup, ColorsOnATerminalOnly) {
  FakeServer server;
  AnswerLookups(server);
  const std::vector<std::string> arguments = {"lookup", "--from", "en", "a"};
  EXPECT_THAT(RunTercet(server, arguments, {.terminal = true}).out,
              HasSubstr("\x1b["));
  EXPECT_THAT(RunTercet(server, arguments).out, Not(HasSubstr("\x1b")));
  EXPECT_THAT(RunTercet(server, arguments,
                        {.variables = {{"NO_COLOR", "1"}}, .terminal = true})
                  .out,
              Not(HasSubstr("\x1b")));
}

TEST(Run, ExplainsAWrongCommandLine) {
  const struct {
    std::vector<std::string> arguments;
    std::string message;
  } kCases[] = {
      {{}, "which command? One of: lookup, search, import"},
      {{"lokup", "x"}, "unknown command 'lokup': did you mean 'lookup'?"},
      {{"memory", "lst"}, "unknown command 'lst': did you mean 'list'?"},
      {{"lookup", "--form", "zh"}, "'--form': did you mean '--from'?"},
      {{"lookup", "--from", "chinese", "x"}, "did you mean 'zh'?"},
      {{"lookup", "--from", "en", "--to", "cn", "x"}, "did you mean 'zh'?"},
      {{"lookup", "x"}, "--from is missing"},
      {{"lookup", "--from", "en", ""}, "the text is empty"},
      {{"lookup", "--from", "en", "--min-score", "0", "x"}, "--min-score"},
      {{"lookup", "--from", "en", "--key", "k", "x", "y"}, "one TEXT only"},
      {{"export", "--memory", "m"}, "give --format"},
      {{"unit", "get", "x"}, "give --memory"},
      {{"unit", "update", "memories/a/units/b"}, "nothing to change"},
      {{"memory", "update", "m"}, "nothing to change"},
      {{"info", "x"}, "unexpected argument 'x'"},
      {{"--color", "red", "info"}, "--color"},
      {{"--server", "a", "--data", "b", "info"}, "exclude each other"},
  };
  FakeServer server;
  for (const auto& c : kCases) {
    const RunResult result = RunTercet(server, c.arguments);
    EXPECT_EQ(result.code, ExitCode::kUsage) << c.message;
    EXPECT_THAT(result.err, StartsWith("tercet: "));
    EXPECT_THAT(result.err, HasSubstr(c.message));
    EXPECT_EQ(result.out, "");
  }
}

TEST(Run, TakesGlobalOptionsBehindTheCommand) {
  FakeServer server;
  server.get_server_info = [](v1::ServerInfo& info) {
    info.set_unit_count(7);
    return grpc::Status::OK;
  };
  EXPECT_EQ(
      nlohmann::json::parse(RunTercet(server, {"info", "--json"}).out)["units"],
      7);
}

TEST(Run, PrintsHelpWithExamplesAndExitCodes) {
  FakeServer server;
  const RunResult help = RunTercet(server, {"--help"});
  EXPECT_EQ(help.code, ExitCode::kOk);
  EXPECT_THAT(help.out, HasSubstr("Exit codes:"));
  EXPECT_THAT(help.out, HasSubstr("--color auto|always|never"));
  EXPECT_THAT(RunTercet(server, {"lookup", "--help"}).out,
              HasSubstr("Usage: tercet lookup"));
  EXPECT_THAT(RunTercet(server, {"--version"}).out, StartsWith("tercet "));
}

TEST(Run, PrintsErrorsAsJsonForPrograms) {
  FakeServer server;
  server.create_memory = [](const v1::CreateMemoryRequest&, v1::Memory&) {
    v1::ErrorInfo info;
    info.set_reason("MEMORY_EXISTS");
    return ErrorWithDetails(grpc::StatusCode::ALREADY_EXISTS, "there is one",
                            info);
  };
  const RunResult result =
      RunTercet(server, {"--json", "memory", "create", "press"});
  EXPECT_EQ(result.code, ExitCode::kRefused);
  EXPECT_EQ(nlohmann::json::parse(result.err)["error"]["reason"],
            "MEMORY_EXISTS");
}

TEST(Run, CannotOpenADirectoryInUse) {
  FakeServer server;
  const RunResult result = RunTercet(server, {"--data", "/tm", "info"});
  EXPECT_EQ(result.code, ExitCode::kUnreachable);
  EXPECT_EQ(result.err,
            "tercet: cannot open '/tm': another process is using /tm\n");
}

// Reads all and ends with a problem in line 3 and a result.
grpc::Status TakeImport(FakeServer::ImportStream& stream) {
  v1::ImportUnitsRequest request;
  while (stream.Read(&request)) {
  }
  v1::ImportUnitsResponse response;
  v1::ImportProblem& problem = *response.mutable_problem();
  problem.set_line(3);
  problem.set_reason("TEXT_EMPTY");
  problem.set_message("the text is empty");
  for (int i = 0; i < 25; ++i) stream.Write(response);
  v1::ImportReport& report = *response.mutable_result()->mutable_report();
  report.set_read_count(30);
  report.set_created_count(5);
  report.set_failed_count(25);
  stream.Write(response);
  return grpc::Status::OK;
}

TEST(Import, ShowsTwentyProblemsAndCountsTheRest) {
  FakeServer server;
  server.import_units = TakeImport;
  const RunResult result =
      RunTercet(server, {"import", "--memory", "m", "--format", "tsv", "-"},
                {.input = "x"});
  EXPECT_EQ(result.code, ExitCode::kOk);
  EXPECT_THAT(result.err, StartsWith("-:3: TEXT_EMPTY: the text is empty\n"));
  EXPECT_THAT(result.err, HasSubstr("5 more problems (--verbose shows them)"));
  EXPECT_EQ(std::ranges::count(result.err, '\n'), 21);
  EXPECT_THAT(result.out, StartsWith("file  read  created"));
}

TEST(Import, FailsOnFailedUnitsWhenStrict) {
  FakeServer server;
  server.import_units = TakeImport;
  EXPECT_EQ(
      RunTercet(server,
                {"import", "--memory", "m", "--format", "tsv", "--strict", "-"},
                {.input = "x"})
          .code,
      ExitCode::kBadInput);
}

TEST(Import, GoesOnAfterAFileThatCannotBeRead) {
  const TempDir directory;
  WriteFile(directory.Join("b.tmx"), "x");
  FakeServer server;
  server.import_units = TakeImport;
  const RunResult result =
      RunTercet(server, {"import", "--memory", "m", directory.Join("a.tmx"),
                         directory.Join("b.tmx"), "--json"});
  EXPECT_EQ(result.code, ExitCode::kBadInput);
  EXPECT_EQ(std::ranges::count(result.out, '\n'), 2);
  EXPECT_THAT(result.out, HasSubstr("FILE_UNREADABLE"));
  EXPECT_THAT(result.out, HasSubstr("\"created\":5"));
}

TEST(Import, StopsWhenTheServerRefuses) {
  const TempDir directory;
  WriteFile(directory.Join("a.tmx"), "x");
  FakeServer server;
  int imports = 0;
  server.import_units = [&imports](FakeServer::ImportStream&) {
    ++imports;
    return grpc::Status(grpc::StatusCode::INVALID_ARGUMENT, "bad name");
  };
  const RunResult result =
      RunTercet(server, {"import", "--memory", "M!", directory.Join("a.tmx"),
                         directory.Join("a.tmx")});
  EXPECT_EQ(result.code, ExitCode::kRefused);
  EXPECT_EQ(imports, 1);
  EXPECT_EQ(result.err, "tercet: bad name\n");
}

grpc::Status SendFile(const v1::ExportUnitsRequest& request,
                      FakeServer::ExportStream& stream) {
  v1::ExportUnitsResponse response;
  response.set_chunk(v1::FileFormat_Name(request.format()) + "\n");
  response.set_unit_count(1);
  stream.Write(response);
  return grpc::Status::OK;
}

TEST(Export, GoesByTheNameOfTheFile) {
  const TempDir directory;
  FakeServer server;
  server.export_units = SendFile;
  const RunResult result = RunTercet(
      server, {"export", "--memory", "m", "-o", directory.Join("x.jsonl")});
  EXPECT_EQ(result.code, ExitCode::kOk);
  EXPECT_EQ(ReadFile(directory.Join("x.jsonl")), "JSONL\n");
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err, HasSubstr("1 unit, 6 B"));
}

TEST(Export, WritesToStandardOutput) {
  FakeServer server;
  server.export_units = SendFile;
  const RunResult result = RunTercet(
      server, {"export", "--memory", "m", "--format", "tmx", "--json"});
  EXPECT_EQ(result.out, "TMX\n");
}

TEST(Export, LeavesNoFileBehindWhenItFails) {
  const TempDir directory;
  FakeServer server;
  server.export_units = [](const v1::ExportUnitsRequest& request,
                           FakeServer::ExportStream& stream) {
    SendFile(request, stream);
    return grpc::Status(grpc::StatusCode::INTERNAL, "broken");
  };
  EXPECT_EQ(RunTercet(server, {"export", "--memory", "m", "-o",
                               directory.Join("x.tmx")})
                .code,
            ExitCode::kRefused);
  EXPECT_TRUE(std::filesystem::is_empty(directory.path()));
}

TEST(Memory, ListsInColumns) {
  FakeServer server;
  server.list_memories = [](const v1::ListMemoriesRequest&,
                            v1::ListMemoriesResponse& response) {
    v1::Memory& memory = *response.add_memories();
    memory.set_name("memories/press");
    memory.set_display_name("新闻稿");
    memory.set_unit_count(1234);
    v1::LanguageCount& count = *memory.add_language_counts();
    count.set_language_code("zh");
    count.set_variant_count(1234);
    return grpc::Status::OK;
  };
  EXPECT_EQ(RunTercet(server, {"memory", "list"}).out,
            "memory  units  penalty  variants  display name\n"
            "press   1,234        0  zh 1,234  新闻稿\n");
}

TEST(Unit, UpdatesWhatItReadAndKeepsTheEtag) {
  FakeServer server;
  server.get_unit = [](const v1::GetUnitRequest& request, v1::Unit& unit) {
    unit.set_name(request.name());
    unit.set_etag("t");
    unit.set_state(v1::Unit::CONFIRMED);
    unit.add_variants()->set_language_code("en");
    unit.mutable_variants(0)->set_text("flod");
    return grpc::Status::OK;
  };
  v1::UpdateUnitRequest seen;
  server.update_unit = [&seen](const v1::UpdateUnitRequest& request,
                               v1::Unit& unit) {
    seen = request;
    unit = request.unit();
    return grpc::Status::OK;
  };
  const RunResult result =
      RunTercet(server, {"unit", "update", "-m", "press", "a", "en=flood"});
  EXPECT_EQ(result.code, ExitCode::kOk);
  EXPECT_EQ(result.out, "memories/press/units/a\n  en  flood\n");
  EXPECT_EQ(seen.unit().etag(), "t");
  EXPECT_EQ(seen.update_mask().paths(0), "variants");
}

}  // namespace
}  // namespace tercet::cli
