// What tests of imports share.
#ifndef TERCET_TESTS_MEMORY_IMPORT_FIXTURE_H_
#define TERCET_TESTS_MEMORY_IMPORT_FIXTURE_H_

#include <string>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "gtest/gtest.h"
#include "service/memory/import.h"
#include "service/memory/import_step.h"
#include "tests/memory/test_database.h"

namespace tercet {

inline NewUnit EnEs(std::string_view en, std::string_view es,
                    WriteMode mode = WriteMode::kAddVariants) {
  return {.unit = MakeUnit({{"en", en}, {"es", es}}), .mode = mode};
}

// A step whose checkpoint is `items`.
inline CheckedStep Step(std::vector<NewUnit> units, int64_t items = 0) {
  ImportStep step{.units = std::move(units)};
  for (size_t i = 0; i < step.units.size(); ++i) {
    step.places.push_back({.line = static_cast<int64_t>(i) + 2,
                           .unit_id = fmt::format("tu-{}", i)});
  }
  step.checkpoint = {.items = items, .bytes = items * 10};
  return CheckStep(std::move(step));
}

inline ImportRequest RequestFor(std::string_view file) {
  return {.source = std::string(file), .identity = HashBytes128(file)};
}

class ImportTest : public ::testing::Test {
 protected:
  // Imports the units in one step, to the end.
  ImportEntry Import(std::vector<NewUnit> units,
                     std::string_view file = "a.tmx") {
    const auto session =
        Must(database_->BeginImport("press", RequestFor(file)));
    Must(session->Write(Step(std::move(units))));
    Must(session->Finish());
    return session->entry();
  }

  ImportEntry Undo(ImportNumber number) {
    return Must(database_->UndoImport(std::nullopt, number, {}));
  }

  ImportEntry Get(ImportNumber number) {
    return Must(database_->GetImport(std::nullopt, number));
  }

  // The memory as text, with everything that undoing restores.
  std::string Dump() {
    std::string dump;
    for (const UnitEntry& entry : database_.WalkAll("press")) {
      dump += fmt::format("{} {} {}", entry.id, entry.create_micros,
                          entry.update_micros);
      for (const ImportNumber import : entry.imports) {
        dump += fmt::format(" #{}", static_cast<uint64_t>(import));
      }
      for (const Variant& variant : entry.unit.variants) {
        dump += fmt::format(" {}={}", variant.language.code(),
                            variant.segment.text);
      }
      dump += '\n';
    }
    for (const auto& [code, count] :
         Must(database_->GetMemory("press")).language_counts) {
      dump += fmt::format("{} {}\n", code, count);
    }
    return dump;
  }

  TestDatabase database_;
};

}  // namespace tercet

#endif  // TERCET_TESTS_MEMORY_IMPORT_FIXTURE_H_
