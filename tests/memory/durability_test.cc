// Whatever file operation fails, and whenever: what was acknowledged is there
// after a restart, nothing is half there, and no write is lost in silence.
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/memory/test_database.h"
#include "tests/support/consistency.h"
#include "tests/support/faulty_env.h"

namespace tercet {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

// What a user sees: by memory, the English text of each unit.
using Content = std::map<std::string, std::map<std::string, std::string>>;

// A write, and what it does to the content.
struct Step {
  std::function<Status(Database&)> write;
  std::function<void(Content&)> apply;
};

Step CreateMemory(std::string id) {
  return {[=](Database& database) {
            return database.CreateMemory(id, {}, {}).status();
          },
          [=](Content& content) { content[id]; }};
}

Step DeleteMemory(std::string id) {
  return {[=](Database& database) {
            return database.DeleteMemory(id, /*force=*/true, {});
          },
          [=](Content& content) { content.erase(id); }};
}

// Units with ids from `first` on.
Step CreateUnits(std::string memory, int first, int count) {
  const auto id = [](int i) { return fmt::format("unit-{}", i); };
  const auto text = [](int i) { return fmt::format("The text of {}.", i); };
  return {[=](Database& database) {
            std::vector<NewUnit> units;
            for (int i = first; i < first + count; ++i) {
              units.push_back(
                  {.id = id(i),
                   .unit = MakeUnit({{"en", text(i)}, {"es", "El texto."}})});
            }
            return database.CreateUnits(memory, std::move(units), {}).status();
          },
          [=](Content& content) {
            for (int i = first; i < first + count; ++i) {
              content[memory][id(i)] = text(i);
            }
          }};
}

Step UpdateUnit(std::string memory, std::string id, std::string text) {
  return {[=](Database& database) {
            const UnitUpdate update{.fields = {UnitField::kVariants},
                                    .unit = MakeUnit({{"en", text}})};
            return database.UpdateUnit(memory, id, update, {}).status();
          },
          [=](Content& content) { content[memory][id] = text; }};
}

Step DeleteUnit(std::string memory, std::string id) {
  return {
      [=](Database& database) { return database.DeleteUnit(memory, id, {}); },
      [=](Content& content) { content[memory].erase(id); }};
}

// The second part comes after a restart, whose recovery can fail as well.
const std::vector<std::vector<Step>>& Script() {
  static const auto* const script = new std::vector<std::vector<Step>>{
      {CreateMemory("press"), CreateMemory("web"), CreateUnits("press", 0, 3),
       // Of several of the blocks that LevelDB's log is made of.
       CreateUnits("web", 0, 300), UpdateUnit("press", "unit-0", "New."),
       DeleteUnit("press", "unit-1"), DeleteMemory("web"), CreateMemory("web"),
       CreateUnits("web", 7, 1)},
      {UpdateUnit("web", "unit-7", "New."), DeleteUnit("press", "unit-2"),
       CreateUnits("press", 10, 2)}};
  return *script;
}

Content ReadContent(TestDatabase& database) {
  Content content;
  for (const Memory& memory : Must(database->ListMemories({})).items) {
    auto& units = content[memory.id];
    for (const UnitEntry& entry : database.WalkAll(memory.id)) {
      units[entry.id] = entry.unit.variants.at(0).segment.text;
    }
  }
  return content;
}

// What a run has left behind.
struct Outcome {
  Content acknowledged;
  // With the one write whose fate is unknown: it failed.
  Content possible;
  bool failed = false;
};

// Runs steps, and after one has failed sees that the rest is refused.
void RunSteps(const std::vector<Step>& steps, Database& database,
              Outcome& outcome) {
  for (const Step& step : steps) {
    const Status status = step.write(database);
    if (outcome.failed) {
      EXPECT_THAT(status, ReasonIs("STORE_IO"));
      EXPECT_THAT(std::string(MessageOf(status)),
                  HasSubstr("make sure that the disk has space"));
      continue;
    }
    step.apply(outcome.possible);
    if (status.ok()) {
      outcome.acknowledged = outcome.possible;
    } else {
      EXPECT_THAT(status, ReasonIs("STORE_IO"));
      outcome.failed = true;
    }
  }
}

Outcome RunScript(const DatabaseOptions& options) {
  Outcome outcome;
  for (const std::vector<Step>& steps : Script()) {
    const auto database = Database::Open(options);
    if (!database.ok()) {
      EXPECT_THAT(database, ReasonIs("STORE_IO"));
      outcome.failed = true;
    }
    if (outcome.failed) break;
    RunSteps(steps, **database, outcome);
  }
  return outcome;
}

void CheckAfterRestart(TestDatabase& database, const Outcome& outcome) {
  EXPECT_THAT(FindInconsistenciesIn(database.path()),
              AnyOf(IsEmpty(), testing::Each(StartsWith("schema is ''"))));
  database.Reopen();
  EXPECT_THAT(ReadContent(database),
              AnyOf(outcome.acknowledged, outcome.possible));
  for (const auto& [memory, units] : ReadContent(database)) {
    for (const auto& [id, text] : units) {
      EXPECT_EQ(Must(database->LookupExact(memory, MakeQuery("en", text), {}))
                    .items.size(),
                1U)
          << memory << "/" << id;
    }
  }
  // It takes writes again.
  database.Write("after", MakeUnit({{"en", "Yes."}, {"es", "Sí."}}));
  EXPECT_EQ(database.Lookup(MakeQuery("en", "Yes.")).size(), 1U);
  database.Close();
  EXPECT_THAT(FindInconsistenciesIn(database.path()), IsEmpty());
}

// Runs the script with the n-th operation failing, n = 1, 2, ...; how many
// operations it has.
int FailEveryOperation(void (FaultyEnv::*fail)(int64_t)) {
  for (int n = 1;; ++n) {
    SCOPED_TRACE(fmt::format("operation {}", n));
    TestDatabase database;
    database.Close();
    std::filesystem::remove_all(database.path());
    FaultyEnv env;
    (env.*fail)(n);
    DatabaseOptions options = database.options();
    options.env = &env;
    const Outcome outcome = RunScript(options);
    CheckAfterRestart(database, outcome);
    if (::testing::Test::HasFailure()) return n;
    if (!env.has_failed()) {
      EXPECT_FALSE(outcome.failed);
      return n;
    }
  }
}

TEST(Durability, SurvivesTheFailureOfAnyOneOperation) {
  EXPECT_GT(FailEveryOperation(&FaultyEnv::FailOnly), 40);
}

TEST(Durability, SurvivesTheLossOfTheDiskAtAnyOperation) {
  EXPECT_GT(FailEveryOperation(&FaultyEnv::FailFrom), 40);
}

TEST(Durability, ReadsGoOnWhenTheDiskIsGone) {
  TestDatabase database;
  database.Close();
  FaultyEnv env;
  DatabaseOptions options = database.options();
  options.env = &env;
  const auto failing = Must(Database::Open(options));
  Must(failing->CreateUnits(
      "press", {{.unit = MakeUnit({{"en", "Yes."}, {"es", "Sí."}})}},
      {.create_memory = true}));
  env.FailFrom(1);
  EXPECT_THAT(failing->CreateMemory("web", {}, {}), ReasonIs("STORE_IO"));
  EXPECT_THAT(failing->GetMemory("web"), ReasonIs("MEMORY_NOT_FOUND"));
  EXPECT_EQ(Must(failing->Lookup("press", MakeQuery("en", "Yes."), NeverStop()))
                .size(),
            1U);
}

}  // namespace
}  // namespace tercet
