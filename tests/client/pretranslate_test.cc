// `tercet pretranslate`, against a server that answers as the tests want.
#include <map>
#include <string>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tests/client/fake_server.h"
#include "tests/support/temp_dir.h"

namespace tercet::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// What the memory has for a text.
struct Known {
  int score = 0;
  std::string target;
  v1::Match::Kind kind = v1::Match::FUZZY;
  std::string adapted;
};

constexpr char kXliff[] =
    "<?xml version=\"1.0\"?>\n"
    "<xliff version=\"1.2\" xmlns=\"urn:oasis:names:tc:xliff:document:1.2\">\n"
    "<file original=\"a.txt\" source-language=\"en\" target-language=\"es\" "
    "datatype=\"plaintext\"><body>\n"
    "<trans-unit id=\"1\"><source>Rates rose.</source></trans-unit>\n"
    "<trans-unit id=\"2\"><source>Rates fell &amp; rose.</source>"
    "</trans-unit>\n"
    "<trans-unit id=\"3\"><source>Done before.</source>"
    "<target state=\"translated\">Ya hecho.</target></trans-unit>\n"
    "<trans-unit id=\"4\" translate=\"no\"><source>Rates rose.</source>"
    "</trans-unit>\n"
    "<trans-unit id=\"5\"><source>Up 7 percent.</source></trans-unit>\n"
    "<trans-unit id=\"6\"><source>Unknown.</source></trans-unit>\n"
    "</body></file>\n</xliff>\n";

constexpr char kPo[] =
    "msgid \"\"\nmsgstr \"\"\n"
    "\"Content-Type: text/plain; charset=UTF-8\\n\"\n\"Language: es\\n\"\n\n"
    "msgid \"Rates rose.\"\nmsgstr \"\"\n\n"
    "msgid \"Rates fell & rose.\"\nmsgstr \"\"\n\n"
    "msgid \"Done before.\"\nmsgstr \"Ya hecho.\"\n";

class Pretranslate : public ::testing::Test {
 protected:
  Pretranslate() {
    known_ = {{"Rates rose.", {100, "Los tipos subieron.", v1::Match::EXACT}},
              {"Rates fell & rose.", {80, "Los tipos cayeron."}},
              {"Done before.", {100, "Nuevo.", v1::Match::EXACT}},
              {"Up 7 percent.",
               {99, "Un 5 % más.", v1::Match::NEAR_EXACT, "Un 7 % más."}}};
    server_.stream_lookup = [this](FakeServer::LookupStream& stream) {
      v1::LookupSegmentRequest request;
      while (stream.Read(&request)) {
        {
          absl::MutexLock lock(&mutex_);
          seen_.push_back(request);
        }
        stream.Write(AnswerTo(request));
      }
      return grpc::Status::OK;
    };
  }

  v1::StreamLookupSegmentsResponse AnswerTo(
      const v1::LookupSegmentRequest& request) const {
    v1::StreamLookupSegmentsResponse response;
    const auto found = known_.find(request.query().text());
    if (found == known_.end() || found->second.score < request.min_score()) {
      return response;
    }
    v1::Match& match = *response.add_matches();
    match.set_score(found->second.score);
    match.set_kind(found->second.kind);
    match.mutable_unit()->set_name("memories/press/units/a");
    match.mutable_source()->set_text("stored source");
    v1::Variant& target = *match.add_targets();
    target.set_language_code("es");
    target.set_text(found->second.target);
    if (!found->second.adapted.empty()) {
      match.add_adapted_targets()->set_text(found->second.adapted);
    }
    return response;
  }

  // The filled file.
  std::string Fill(const std::string& content,
                   const std::vector<std::string>& options = {}) {
    const std::string path = folder_.Join("job");
    WriteFile(path, content);
    std::vector<std::string> arguments = {"pretranslate", path, "-o",
                                          folder_.Join("out")};
    arguments.insert(arguments.end(), options.begin(), options.end());
    result_ = RunTercet(server_, arguments);
    EXPECT_EQ(result_.code, ExitCode::kOk) << result_.err;
    return ReadFile(folder_.Join("out"));
  }

  const TempDir folder_;
  FakeServer server_;
  std::map<std::string, Known> known_;
  absl::Mutex mutex_;  // Several streams are asked at once.
  std::vector<v1::LookupSegmentRequest> seen_;
  RunResult result_;
};

TEST_F(Pretranslate, FillsXliff) {
  const std::string out = Fill(kXliff);
  EXPECT_THAT(out, HasSubstr("state=\"translated\" "
                             "state-qualifier=\"exact-match\">"
                             "Los tipos subieron.</target>"));
  EXPECT_THAT(out, HasSubstr("state-qualifier=\"fuzzy-match\">"
                             "Los tipos cayeron.</target>"));
  EXPECT_THAT(out, HasSubstr("match-quality=\"80%\""));
  EXPECT_THAT(out, HasSubstr("Un 7 % más.</target>"));
  EXPECT_THAT(out, HasSubstr("<target state=\"translated\">Ya hecho."));
  EXPECT_THAT(out, HasSubstr("translate=\"no\"><source>Rates rose.</source>"
                             "</trans-unit>"));
  EXPECT_THAT(out, HasSubstr("<trans-unit id=\"6\"><source>Unknown.</source>"
                             "</trans-unit>"));
}

TEST_F(Pretranslate, LeavesUnitsWithBrokenMarkupAlone) {
  const std::string broken =
      "<trans-unit id=\"7\"><source>Rates <g id=\"1\">rose.</source>"
      "</trans-unit>\n";
  std::string file = kXliff;
  file.insert(file.find("<trans-unit id=\"1\""), broken);
  const std::string path = folder_.Join("job");
  WriteFile(path, file);
  const RunResult result = RunTercet(
      server_,
      {"pretranslate", path, "--overwrite", "-o", folder_.Join("out")});
  EXPECT_EQ(result.code, ExitCode::kBadInput);
  EXPECT_THAT(result.err, HasSubstr("job:4: MARKUP_BROKEN: "));
  const std::string out = ReadFile(folder_.Join("out"));
  EXPECT_THAT(out, HasSubstr(broken));
  EXPECT_THAT(out, HasSubstr("Los tipos subieron.</target>"));
}

TEST_F(Pretranslate, FillsPo) {
  const std::string out = Fill(kPo);
  EXPECT_THAT(out, HasSubstr("msgid \"Rates rose.\"\n"
                             "msgstr \"Los tipos subieron.\"\n"));
  EXPECT_THAT(out, HasSubstr("#, fuzzy\n#| msgid \"stored source\"\n"
                             "msgid \"Rates fell & rose.\"\n"
                             "msgstr \"Los tipos cayeron.\"\n"));
  EXPECT_THAT(out, HasSubstr("msgstr \"Ya hecho.\"\n"));
  // Entries of PO are no running text.
  for (const v1::LookupSegmentRequest& request : seen_) {
    EXPECT_EQ(request.query().previous() + request.query().next(), "");
  }
}

TEST_F(Pretranslate, KeepsTheFileWhereNothingMatches) {
  known_.clear();
  EXPECT_EQ(Fill(kXliff), kXliff);
  EXPECT_EQ(Fill(kPo), kPo);
}

TEST_F(Pretranslate, AsksWithNeighboursAndKeys) {
  Fill(kXliff, {"--memory", "press", "--threshold", "40"});
  std::map<std::string, v1::LookupSegmentRequest> by_text;
  for (const v1::LookupSegmentRequest& request : seen_) {
    by_text[request.query().text()] = request;
  }
  // Neither what is translated nor what is locked, but both are neighbours.
  EXPECT_EQ(seen_.size(), 4);
  const v1::LookupSegmentRequest& request = by_text["Rates fell & rose."];
  EXPECT_EQ(request.parent(), "memories/press");
  EXPECT_EQ(request.query().language_code(), "en");
  EXPECT_EQ(request.query().previous(), "Rates rose.");
  EXPECT_EQ(request.query().next(), "Done before.");
  EXPECT_NE(request.query().key(), "");
  EXPECT_EQ(request.target_language_codes(0), "es");
  EXPECT_EQ(request.min_score(), 40);
}

TEST_F(Pretranslate, TakesNothingBelowTheThreshold) {
  const std::string out = Fill(kXliff, {"--threshold", "81"});
  EXPECT_THAT(out, Not(HasSubstr("cayeron")));
  EXPECT_THAT(out, HasSubstr("subieron"));
}

TEST_F(Pretranslate, OverwritesOnRequest) {
  const std::string out = Fill(kXliff, {"--overwrite"});
  EXPECT_THAT(out, HasSubstr(">Nuevo.</target>"));
  EXPECT_THAT(out, Not(HasSubstr("Ya hecho")));
}

// kXliff with another target, in some state, for `Done before.`.
std::string WithTarget(std::string_view state, std::string_view target) {
  std::string file = kXliff;
  const std::string old = "\"translated\">Ya hecho.";
  file.replace(file.find(old), old.size(),
               "\"" + std::string(state) + "\">" + std::string(target));
  return file;
}

TEST_F(Pretranslate, SparesApprovedTargetsUnlessTold) {
  for (const std::string_view state : {"signed-off", "final"}) {
    const std::string file = WithTarget(state, "Ya hecho.");
    EXPECT_THAT(Fill(file, {"--overwrite"}), HasSubstr("Ya hecho")) << state;
    EXPECT_THAT(Fill(file, {"--overwrite-approved"}), HasSubstr(">Nuevo."))
        << state;
  }
}

TEST_F(Pretranslate, FillsTargetsThatAreCopiesOfTheirSource) {
  EXPECT_THAT(Fill(WithTarget("new", "Done before.")), HasSubstr(">Nuevo."));
  EXPECT_THAT(Fill(WithTarget("new", "Hecho antes.")), HasSubstr("Hecho"));
}

TEST_F(Pretranslate, CountsADraftByItsMatch) {
  EXPECT_THAT(
      Fill(WithTarget("needs-review-translation", "Ya hecho."), {"--json"}),
      HasSubstr("Ya hecho"));
  const auto json = nlohmann::json::parse(result_.out);
  EXPECT_EQ(json["bands"]["translated"]["segments"], 0);
  EXPECT_EQ(json["bands"]["100"]["segments"], 2);
  EXPECT_EQ(json["filled"], 3);
}

TEST_F(Pretranslate, KeepsStoredNumbersOnRequest) {
  EXPECT_THAT(Fill(kXliff, {"--keep-numbers"}), HasSubstr("Un 5 % más."));
}

TEST_F(Pretranslate, CountsWhatItDid) {
  Fill(kXliff, {"--json"});
  const auto json = nlohmann::json::parse(result_.out);
  EXPECT_EQ(json["filled"], 3);
  EXPECT_EQ(json["adapted"], 1);
  EXPECT_EQ(json["threshold"], 75);
  EXPECT_EQ(json["output"], folder_.Join("out"));
  const auto& bands = json["bands"];
  EXPECT_EQ(bands["100"]["segments"], 1);
  EXPECT_EQ(bands["95-99"]["segments"], 1);
  EXPECT_EQ(bands["75-84"]["segments"], 1);
  EXPECT_EQ(bands["no-match"]["segments"], 1);
  EXPECT_EQ(bands["translated"]["segments"], 1);
  EXPECT_EQ(bands["locked"]["segments"], 1);
  EXPECT_EQ(json["total"]["segments"], 6);
}

TEST_F(Pretranslate, WritesNothingInADryRun) {
  const std::string path = folder_.Join("job.xlf");
  WriteFile(path, kXliff);
  const RunResult result =
      RunTercet(server_, {"pretranslate", "--dry-run", "--in-place", path});
  EXPECT_EQ(result.code, ExitCode::kOk);
  EXPECT_THAT(result.out, HasSubstr("3 targets filled"));
  EXPECT_EQ(ReadFile(path), kXliff);
}

TEST_F(Pretranslate, ReplacesTheFileOnlyWhenAskedTo) {
  const std::string path = folder_.Join("job.po");
  WriteFile(path, kPo);
  for (const std::vector<std::string>& options :
       std::vector<std::vector<std::string>>{{}, {"-o", path}}) {
    std::vector<std::string> arguments = {"pretranslate", path};
    arguments.insert(arguments.end(), options.begin(), options.end());
    EXPECT_EQ(RunTercet(server_, arguments).code, ExitCode::kUsage);
    EXPECT_EQ(ReadFile(path), kPo);
  }
  EXPECT_EQ(RunTercet(server_, {"pretranslate", "--in-place", path}).code,
            ExitCode::kOk);
  EXPECT_THAT(ReadFile(path), HasSubstr("subieron"));
}

TEST_F(Pretranslate, WritesToStandardOutput) {
  const RunResult result =
      RunTercet(server_, {"pretranslate", "-", "-o", "-"}, {.input = kPo});
  EXPECT_THAT(result.out, HasSubstr("msgstr \"Los tipos subieron.\"\n"));
  EXPECT_THAT(result.out, Not(HasSubstr("filled")));
  EXPECT_THAT(result.err, HasSubstr("2 targets filled"));
}

TEST_F(Pretranslate, LeavesNoHalfFileBehind) {
  const std::string path = folder_.Join("job.xlf");
  const std::string whole = kXliff;
  const std::string cut = whole.substr(0, whole.find("Up 7"));
  WriteFile(path, cut);
  const RunResult result =
      RunTercet(server_, {"pretranslate", path, "-o", folder_.Join("out")});
  EXPECT_EQ(result.code, ExitCode::kBadInput);
  EXPECT_THAT(result.err, HasSubstr(path));
  EXPECT_EQ(ReadFile(path), cut);
  EXPECT_NE(RunTercet(server_, {"analyze", folder_.Join("out")}).code,
            ExitCode::kOk);
}

TEST_F(Pretranslate, FillsPackedFiles) {
  for (const auto& [name, magic] : std::map<std::string, std::string>{
           {"job.xlf.gz", "\x1F\x8B"}, {"job.xlf.zst", "\x28\xB5"}}) {
    const std::string path = folder_.Join("job.xlf");
    const std::string packed = folder_.Join(name);
    const std::string again = folder_.Join("again.xlf");
    WriteFile(path, kXliff);
    EXPECT_EQ(RunTercet(server_, {"pretranslate", path, "-o", packed}).code,
              ExitCode::kOk);
    EXPECT_TRUE(ReadFile(packed).starts_with(magic)) << name;
    EXPECT_EQ(RunTercet(server_, {"pretranslate", packed, "-o", again}).code,
              ExitCode::kOk);
    EXPECT_THAT(ReadFile(again), HasSubstr("subieron")) << name;
  }
}

TEST_F(Pretranslate, NeedsATargetLanguage) {
  const std::string path = folder_.Join("job.po");
  WriteFile(path, "msgid \"a\"\nmsgstr \"\"\n");
  const RunResult without =
      RunTercet(server_, {"pretranslate", "--dry-run", path});
  EXPECT_EQ(without.code, ExitCode::kBadInput);
  EXPECT_THAT(without.err, HasSubstr("--to"));
  EXPECT_EQ(
      RunTercet(server_, {"pretranslate", "--dry-run", "--to", "es", path})
          .code,
      ExitCode::kOk);
}

TEST_F(Pretranslate, RefusesText) {
  const RunResult result = RunTercet(
      server_, {"pretranslate", "--dry-run", "-"}, {.input = "Text.\n"});
  EXPECT_EQ(result.code, ExitCode::kBadInput);
  EXPECT_THAT(result.err, HasSubstr("neither XLIFF nor PO"));
}

TEST_F(Pretranslate, FillsManySegmentsInOrder) {
  std::string po = "msgid \"\"\nmsgstr \"\"\n\"Language: es\\n\"\n";
  std::string wanted = po;
  for (int i = 0; i < 4500; ++i) {
    const std::string source = "Number " + std::to_string(i) + " rose.";
    const std::string target = "Subió " + std::to_string(i) + ".";
    const std::string begin = "\nmsgid \"" + source + "\"\nmsgstr \"";
    const bool is_known = i % 3 == 0;
    if (is_known) known_[source] = {100, target, v1::Match::EXACT};
    po += begin + "\"\n";
    wanted += begin + (is_known ? target : "") + "\"\n";
  }
  EXPECT_EQ(Fill(po), wanted);
}

}  // namespace
}  // namespace tercet::cli
