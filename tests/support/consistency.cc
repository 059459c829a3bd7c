#include "tests/support/consistency.h"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "fmt/format.h"
#include "service/base/bytes.h"
#include "service/store/import_records.h"
#include "service/store/keys.h"
#include "service/store/leveldb_store.h"
#include "service/store/records.h"
#include "service/text/analysis.h"
#include "tests/support/faulty_env.h"
#include "tests/support/matchers.h"

namespace tercet {
namespace {

// All keys of one memory, by kind.
struct Content {
  std::optional<StoredMemory> record;
  bool purging = false;
  std::map<UnitNumber, StoredUnit> units;
  std::map<std::string, UnitNumber> ids;
  std::set<std::pair<uint64_t, UnitNumber>> exact;
  // The last entry of each unit.
  std::map<UnitNumber, std::pair<Revision, StoredChange>> changes;
  std::map<ImportNumber, Import> imports;
  std::map<ImportNumber, uint32_t> case_counts;
  std::set<ImportNumber> unfinished;
  std::set<ImportNumber> changed_by;  // Those with before images.
};

class Checker {
 public:
  std::vector<std::string> Check(const KeyValueStore& store) {
    const auto walk = store.NewIterator(nullptr);
    for (walk->Seek(""); walk->Valid(); walk->Next()) {
      ReadKey(walk->key(), walk->value());
    }
    Expect(walk->status().ok(), DescribeStatus(walk->status()));
    Expect(schema_ == "tercet 1", fmt::format("schema is '{}'", schema_));
    for (const auto& [number, content] : memories_)
      CheckMemory(number, content);
    return std::move(problems_);
  }

 private:
  void Expect(bool holds, std::string problem) {
    if (!holds) problems_.push_back(std::move(problem));
  }

  void ReadKey(std::string_view key, std::string_view value) {
    if (key == kSchemaKey) {
      schema_ = value;
    } else if (key == kIdentityKey) {
      Expect(value.size() == 16, "the identity is of another size");
    } else if (key == kRevisionKey) {
      last_revision_ = ByteReader(value).ReadU64().value_or(0);
    } else if (key == kNextMemoryNumberKey) {
      next_memory_ = ByteReader(value).ReadU32().value_or(0);
    } else if (const auto id = ParseMemoryKey(key)) {
      const StatusOr<StoredMemory> record = DecodeMemory(*id, value);
      Expect(record.ok(), fmt::format("memory '{}' is unreadable", *id));
      if (!record.ok()) return;
      Content& content = memories_[record->number];
      Expect(!content.record.has_value(),
             fmt::format("memory '{}' shares its number", *id));
      content.record = *record;
    } else if (const auto unit = ParseUnitKey(key)) {
      const StatusOr<StoredUnit> record = DecodeUnit(value);
      Expect(record.ok(), fmt::format("a unit is unreadable: {}", ToHex(key)));
      if (record.ok()) memories_[unit->memory].units[unit->unit] = *record;
    } else if (const auto unit_id = ParseUnitIdKey(key)) {
      memories_[unit_id->memory].ids[unit_id->unit_id] =
          UnitNumber{ByteReader(value).ReadU64().value_or(0)};
    } else if (const auto exact = ParseExactKey(key)) {
      memories_[exact->memory].exact.emplace(exact->text_hash, exact->unit);
    } else if (const auto change_key = ParseChangeKey(key)) {
      const StatusOr<StoredChange> change = DecodeChange(value);
      Expect(change.ok(),
             fmt::format("a change is unreadable: {}", ToHex(key)));
      if (!change.ok()) return;
      log_revision_ = static_cast<uint64_t>(change_key->revision);
      memories_[change->memory].changes[change->unit] = {change_key->revision,
                                                         *change};
    } else if (const auto purged = ParsePurgeKey(key)) {
      memories_[*purged].purging = true;
    } else if (key == kNextImportNumberKey) {
      next_import_ = ByteReader(value).ReadU64().value_or(0);
    } else if (const auto import = ParseImportKey(key)) {
      const StatusOr<Import> record = DecodeImport(value);
      Expect(record.ok(), "an import is unreadable");
      if (record.ok())
        memories_[import->memory].imports[import->import] = *record;
    } else if (const auto import_case = ParseImportCaseKey(key)) {
      Expect(DecodeImportCase(value).ok(), "an import case is unreadable");
      ++memories_[import_case->memory].case_counts[import_case->import];
    } else if (const auto unfinished = ParseUnfinishedImportKey(key)) {
      memories_[unfinished->memory].unfinished.insert(
          ImportNumber{ByteReader(value).ReadU64().value_or(0)});
    } else if (const auto before = ParseBeforeKey(key)) {
      Expect(DecodeBefore(value).ok(), "a before image is unreadable");
      memories_[before->memory].changed_by.insert(before->import);
    } else {
      Expect(false, fmt::format("unknown key {}", ToHex(key)));
    }
  }

  void CheckMemory(MemoryNumber number, const Content& content) {
    const auto n = static_cast<uint32_t>(number);
    Expect(n < next_memory_, fmt::format("memory number {} comes again", n));
    Expect(log_revision_ <= last_revision_,
           fmt::format("the log is at {}, the store at {}", log_revision_,
                       last_revision_));
    if (!content.record.has_value()) {
      // Only the log stays of a deleted memory.
      const bool left = !content.units.empty() || !content.ids.empty() ||
                        !content.exact.empty() || !content.imports.empty() ||
                        !content.case_counts.empty() ||
                        !content.unfinished.empty() ||
                        !content.changed_by.empty();
      Expect(content.purging || !left,
             fmt::format("memory number {} is gone, its units are not", n));
      return;
    }
    Expect(!content.purging, fmt::format("memory number {} is alive and to be "
                                         "purged",
                                         n));
    CheckCounts(*content.record, content);
    CheckIds(*content.record, content);
    CheckExactKeys(*content.record, content);
    CheckLog(*content.record, content);
    CheckImports(*content.record, content);
  }

  void CheckImports(const StoredMemory& memory, const Content& content) {
    const auto name = [&](ImportNumber number) {
      return fmt::format("import {} of '{}'", static_cast<uint64_t>(number),
                         memory.id);
    };
    for (const auto& [number, import] : content.imports) {
      Expect(static_cast<uint64_t>(number) < next_import_,
             name(number) + " has a number that comes again");
      const auto cases = content.case_counts.find(number);
      Expect(import.case_count ==
                 (cases == content.case_counts.end() ? 0 : cases->second),
             name(number) + " counts other cases than it has");
      const bool running = import.state == ImportState::kRunning;
      Expect(!running || content.unfinished.contains(number),
             name(number) + " runs and cannot be gone on with");
      Expect(import.state != ImportState::kUndone ||
                 !content.changed_by.contains(number),
             name(number) + " is undone and has before images");
    }
    for (const auto& [number, count] : content.case_counts) {
      Expect(content.imports.contains(number), name(number) + " is missing");
    }
    for (const ImportNumber number : content.unfinished) {
      const auto import = content.imports.find(number);
      Expect(import != content.imports.end() &&
                 (import->second.state == ImportState::kRunning ||
                  import->second.state == ImportState::kBrokenOff),
             name(number) + " is said to be unfinished");
    }
    for (const ImportNumber number : content.changed_by) {
      Expect(content.imports.contains(number), name(number) + " is missing");
    }
  }

  void CheckCounts(const StoredMemory& memory, const Content& content) {
    Expect(memory.unit_count == content.units.size(),
           fmt::format("'{}' counts {} units and has {}", memory.id,
                       memory.unit_count, content.units.size()));
    std::map<std::string, uint64_t> languages;
    for (const auto& [number, unit] : content.units) {
      Expect(number < memory.next_unit_number,
             fmt::format("'{}' gives the number of '{}' again", memory.id,
                         unit.id));
      Expect(static_cast<uint64_t>(unit.revision) <= last_revision_,
             fmt::format("'{}/{}' is of a later revision", memory.id, unit.id));
      for (const Variant& variant : unit.unit.variants) {
        ++languages[variant.language.code()];
      }
    }
    Expect(languages == memory.language_counts,
           fmt::format("'{}' counts its languages wrong", memory.id));
  }

  void CheckIds(const StoredMemory& memory, const Content& content) {
    Expect(content.ids.size() == content.units.size(),
           fmt::format("'{}' has {} ids for {} units", memory.id,
                       content.ids.size(), content.units.size()));
    for (const auto& [number, unit] : content.units) {
      const auto id = content.ids.find(unit.id);
      Expect(id != content.ids.end() && id->second == number,
             fmt::format("'{}/{}' is not found by its id", memory.id, unit.id));
    }
  }

  void CheckExactKeys(const StoredMemory& memory, const Content& content) {
    std::set<std::pair<uint64_t, UnitNumber>> exact;
    for (const auto& [number, unit] : content.units) {
      for (const Variant& variant : unit.unit.variants) {
        exact.emplace(HashText(variant.segment.text), number);
      }
    }
    Expect(exact == content.exact,
           fmt::format("'{}' has {} exact keys, its units make {}", memory.id,
                       content.exact.size(), exact.size()));
  }

  // The last entry of a unit is the write that left it as it is.
  void CheckLog(const StoredMemory& memory, const Content& content) {
    for (const auto& [number, unit] : content.units) {
      const auto change = content.changes.find(number);
      Expect(change != content.changes.end() &&
                 change->second.first == unit.revision &&
                 change->second.second.kind == StoredChange::Kind::kPut,
             fmt::format("the log does not know '{}/{}'", memory.id, unit.id));
    }
    for (const auto& [number, change] : content.changes) {
      const bool put = change.second.kind == StoredChange::Kind::kPut;
      Expect(put == content.units.contains(number),
             fmt::format("'{}' and the log disagree about unit number {}",
                         memory.id, static_cast<uint64_t>(number)));
    }
  }

  std::string schema_;
  uint64_t last_revision_ = 0;
  uint64_t log_revision_ = 0;
  uint64_t next_import_ = 1;
  uint32_t next_memory_ = 1;
  std::map<MemoryNumber, Content> memories_;
  std::vector<std::string> problems_;
};

}  // namespace

std::vector<std::string> FindInconsistencies(const KeyValueStore& store) {
  return Checker().Check(store);
}

std::vector<std::string> FindInconsistenciesIn(const std::string& directory) {
  FaultyEnv env;  // Never fails, and does not wait for the disk.
  const auto store = OpenLeveldb(directory, {.env = &env});
  if (!store.ok()) return {DescribeStatus(store.status())};
  return FindInconsistencies(**store);
}

}  // namespace tercet
