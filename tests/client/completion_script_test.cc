#include "client/cli/completion_script.h"

#include <cstdio>
#include <cstdlib>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/client/fake_server.h"
#include "tests/support/temp_dir.h"

namespace tercet::cli {
namespace {

using ::testing::HasSubstr;

std::string ScriptOf(const std::string& shell) {
  FakeServer server;
  return RunTercet(server, {"completion", shell}).out;
}

// What bash offers for the line `tercet WORDS`, the last one unfinished.
std::string BashOffers(const std::string& words) {
  const TempDir directory;
  WriteFile(directory.Join("script"), ScriptOf("bash"));
  WriteFile(directory.Join("press.tmx"), "");
  WriteFile(directory.Join("run"),
            "cd " + directory.path() +
                "\nsource ./script\nCOMP_WORDS=(tercet " + words +
                ")\nCOMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n_tercet\n"
                "echo \"${COMPREPLY[@]}\" > out\n");
  const std::string command = "bash " + directory.Join("run");
  EXPECT_EQ(std::system(command.c_str()), 0);
  return ReadFile(directory.Join("out"));
}

TEST(BashCompletion, OffersWhatCanFollow) {
  const struct {
    std::string words;
    std::string offers;
  } kCases[] = {
      {"lo", "lookup\n"},
      {"memory de", "delete\n"},
      {"lookup --mi", "--min-score\n"},
      {"--json lookup --mi", "--min-score\n"},
      {"lookup --js", "--json\n"},
      {"--color al", "always\n"},
      {"export --format j", "jsonl\n"},
      {"export -o pre", "press.tmx\n"},
      {"import --memory m pre", "press.tmx\n"},
      {"lookup --memory lo", "\n"},
  };
  for (const auto& c : kCases) EXPECT_EQ(BashOffers(c.words), c.offers);
}

// The other shells need not be installed where this runs.
void ExpectParses(const std::string& shell) {
  if (std::system(("command -v " + shell + " > /dev/null").c_str()) != 0) {
    GTEST_SKIP() << "no " << shell;
  }
  const TempDir directory;
  WriteFile(directory.Join("script"), ScriptOf(shell));
  const std::string command = shell + " -n " + directory.Join("script");
  EXPECT_EQ(std::system(command.c_str()), 0);
}

TEST(ZshCompletion, Parses) { ExpectParses("zsh"); }

TEST(FishCompletion, Parses) { ExpectParses("fish"); }

TEST(ZshCompletion, DescribesCommands) {
  EXPECT_THAT(ScriptOf("zsh"), HasSubstr("'lookup:Find translations'"));
}

TEST(FishCompletion, DescribesCommandsAndOptions) {
  const std::string script = ScriptOf("fish");
  EXPECT_THAT(script,
              HasSubstr("complete -c tercet -n '__tercet_at \"tercet\"' -a "
                        "lookup -d 'Find translations'\n"));
  EXPECT_THAT(script, HasSubstr("'__tercet_at \"tercet export\"' -l format -x "
                                "-a 'tmx tsv csv jsonl moses'"));
}

}  // namespace
}  // namespace tercet::cli
