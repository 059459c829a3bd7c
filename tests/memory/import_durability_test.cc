// Whatever file operation fails while an import runs or is taken back: going on
// after a restart gives the memory and the counts of one that nothing stopped.
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/memory/import_step.h"
#include "tests/memory/test_database.h"
#include "tests/support/consistency.h"
#include "tests/support/faulty_env.h"

namespace tercet {
namespace {

using ::testing::IsEmpty;

constexpr int kSteps = 4;
constexpr int kUnitsInStep = 40;

NewUnit EnEs(std::string_view en, std::string_view es, WriteMode mode) {
  return {.unit = MakeUnit({{"en", en}, {"es", es}}), .mode = mode};
}

// Step i of the file: new units, some that come again, one that overwrites what
// was there before, one that is wrong.
CheckedStep FileStep(int i) {
  ImportStep step;
  for (int unit = 0; unit < kUnitsInStep; ++unit) {
    step.units.push_back(EnEs(
        fmt::format("Source {} of the file", (i * kUnitsInStep + unit) / 2),
        fmt::format("Texto {}", unit % 3), WriteMode::kAddVariants));
  }
  step.units.push_back(
      EnEs(fmt::format("Old {}", i), "Otro", WriteMode::kOverwrite));
  step.units.push_back(EnEs("Wrong", "", WriteMode::kAddVariants));
  step.places.resize(step.units.size());
  step.cases.push_back({.kind = ImportCase::Kind::kSkipped, .reason = "DROP"});
  step.checkpoint = {.items = i + 1, .bytes = 100 * (i + 1)};
  return CheckStep(std::move(step));
}

void WriteOldUnits(Database& database) {
  std::vector<NewUnit> units;
  for (int i = 0; i < kSteps; ++i) {
    units.push_back(
        EnEs(fmt::format("Old {}", i), "Viejo", WriteMode::kAddVariants));
  }
  Must(
      database.CreateUnits("press", std::move(units), {.create_memory = true}));
}

// Begins the import, or goes on with it, to its end; its number.
StatusOr<ImportNumber> Import(Database& database) {
  ASSIGN_OR_RETURN(
      const auto session,
      database.BeginImport(
          "press", {.source = "a.tmx", .identity = HashBytes128("a.tmx")}));
  const auto durable =
      static_cast<int>(session->entry().import.checkpoint.items);
  for (int i = durable; i < kSteps; ++i) {
    RETURN_IF_ERROR(session->Write(FileStep(i)).status());
  }
  RETURN_IF_ERROR(session->Finish());
  return session->entry().number;
}

// The texts of the memory, and which imports brought them.
std::string Dump(TestDatabase& database) {
  std::string dump;
  for (const UnitEntry& entry : database.WalkAll("press")) {
    dump += fmt::format("{} {}", entry.id, entry.imports.size());
    for (const Variant& variant : entry.unit.variants) {
      dump +=
          fmt::format(" {}={}", variant.language.code(), variant.segment.text);
    }
    dump += '\n';
  }
  return dump;
}

// What an import that nothing stops comes to.
struct Reference {
  std::string before;
  std::string after;
  ImportCounts counts;
};

Reference MakeReference() {
  Reference reference;
  TestDatabase database;
  WriteOldUnits(*database);
  reference.before = Dump(database);
  const ImportNumber number = Must(Import(*database));
  reference.after = Dump(database);
  reference.counts = Must(database->GetImport("press", number)).import.counts;
  return reference;
}

// The last import that was begun: all others never wrote a unit.
ImportEntry LastImport(TestDatabase& database) {
  return Must(database->ListImports("press", {.size = 10})).items.at(0);
}

// Imports and takes back, as far as the disk lets it.
void RunUntilFailure(const DatabaseOptions& options) {
  const auto database = Database::Open(options);
  if (!database.ok()) return;
  const StatusOr<ImportNumber> number = Import(**database);
  if (!number.ok()) {
    EXPECT_THAT(number, ReasonIs("STORE_IO"));
    return;
  }
  const auto undone = (*database)->UndoImport("press", *number, {});
  if (!undone.ok()) {
    EXPECT_THAT(undone, ReasonIs("STORE_IO"));
  }
}

void CheckGoesOn(TestDatabase& database, const Reference& reference) {
  database.Reopen();
  const auto imports = Must(database->ListImports("press", {.size = 10})).items;
  const bool undoing =
      !imports.empty() && (imports[0].import.state == ImportState::kUndoing ||
                           imports[0].import.state == ImportState::kUndone);
  if (!undoing) {
    const bool done =
        !imports.empty() && imports[0].import.state == ImportState::kDone;
    if (!done) Must(Import(*database));
    EXPECT_EQ(Dump(database), reference.after);
    EXPECT_EQ(LastImport(database).import.counts, reference.counts);
  }
  const ImportEntry undone =
      Must(database->UndoImport("press", LastImport(database).number, {}));
  EXPECT_EQ(undone.import.undo, (UndoCounts{.deleted = reference.counts.created,
                                            .restored = kSteps}));
  EXPECT_EQ(Dump(database), reference.before);
  database.Close();
  EXPECT_THAT(FindInconsistenciesIn(database.path()), IsEmpty());
}

// With the n-th operation failing, n = 1, 2, ...; how many there are.
int FailEveryOperation(void (FaultyEnv::*fail)(int64_t)) {
  const Reference reference = MakeReference();
  for (int n = 1;; ++n) {
    SCOPED_TRACE(fmt::format("operation {}", n));
    TestDatabase database;
    WriteOldUnits(*database);
    database.Close();
    FaultyEnv env;
    (env.*fail)(n);
    DatabaseOptions options = database.options();
    options.env = &env;
    RunUntilFailure(options);
    CheckGoesOn(database, reference);
    if (::testing::Test::HasFailure() || !env.has_failed()) return n;
  }
}

TEST(ImportDurability, GoesOnAfterTheFailureOfAnyOneOperation) {
  EXPECT_GT(FailEveryOperation(&FaultyEnv::FailOnly), 30);
}

TEST(ImportDurability, GoesOnAfterTheLossOfTheDiskAtAnyOperation) {
  EXPECT_GT(FailEveryOperation(&FaultyEnv::FailFrom), 30);
}

}  // namespace
}  // namespace tercet
