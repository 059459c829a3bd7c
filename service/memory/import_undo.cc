#include "service/memory/import_undo.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "service/memory/before_image.h"
#include "service/memory/import_log.h"
#include "service/memory/unit_writer.h"
#include "service/store/import_records.h"

namespace tercet {
namespace {

// A slice ends when it has so many units, or so many bytes to write.
constexpr int kSliceUnits = 500;
constexpr size_t kSliceBytes = 1 << 20;

// How far the undoing is, in keys of before images; it begins anew in every
// call, because what is done has no key any more.
struct Progress {
  std::string key;
  bool done = false;
};

// What is to be done with a unit that the import wrote.
enum class Action : uint8_t {
  kNothing,
  kDelete,
  kRestore,
  kRestorePart,  // To what others left between two touches of the import.
  kKeep,
  kKeepDeleted,
};

struct Plan {
  Action action = Action::kNothing;
  // With kKeep: the import that takes the before image over.
  std::optional<ImportNumber> next;
};

StatusOr<Plan> MakePlan(const Transaction& transaction,
                        const ParsedBeforeKey& key, const StoredBefore& before,
                        const std::optional<FoundUnit>& now) {
  if (IsUntouched(before)) return Plan{};
  if (!now.has_value()) {
    return Plan{before.unit.has_value() ? Action::kKeepDeleted
                                        : Action::kNothing};
  }
  if (now->stored.revision != before.revision) {
    Plan plan{Action::kKeep};
    ASSIGN_OR_RETURN(plan.next, FindNextImport(transaction, key.memory, *now,
                                               before.revision));
    return plan;
  }
  if (!before.unit.has_value()) return Plan{Action::kDelete};
  const bool part = std::ranges::count(before.unit->imports, key.import) > 0;
  return Plan{part ? Action::kRestorePart : Action::kRestore};
}

std::string KeptMessage(const Plan& plan) {
  if (plan.action == Action::kKeepDeleted) {
    return "the unit was deleted after the import; it stays deleted";
  }
  if (plan.action == Action::kRestorePart) {
    return "the unit was changed by others between two changes of the import; "
           "what the earlier one brought stays";
  }
  if (plan.next.has_value()) {
    return fmt::format(
        "the unit was changed by import {} after this one; when that is taken "
        "back, so is what this one brought",
        static_cast<uint64_t>(*plan.next));
  }
  return "the unit was changed after the import; it stays as it is";
}

// Counts the plan; the case that it makes.
std::optional<ImportCase> Count(const Plan& plan, const StoredBefore& before,
                                const std::optional<FoundUnit>& now,
                                UndoCounts& counts) {
  switch (plan.action) {
    case Action::kNothing:
      return std::nullopt;
    case Action::kDelete:
      ++counts.deleted;
      return std::nullopt;
    case Action::kRestore:
      ++counts.restored;
      return std::nullopt;
    case Action::kRestorePart:
    case Action::kKeep:
    case Action::kKeepDeleted:
      break;
  }
  ++counts.kept;
  return ImportCase{
      .kind = ImportCase::Kind::kKept,
      .unit_id = now.has_value() ? now->stored.id : before.unit->id,
      .reason = now.has_value() ? "UNIT_CHANGED_SINCE" : "UNIT_DELETED_SINCE",
      .message = KeptMessage(plan)};
}

Status Act(Transaction& transaction, const std::string& memory_id,
           const Plan& plan, const StoredBefore& before,
           const std::optional<FoundUnit>& now) {
  const MemoryNumber memory = transaction.FindMemory(memory_id)->number;
  switch (plan.action) {
    case Action::kNothing:
    case Action::kKeepDeleted:
      return OkStatus();
    case Action::kDelete:
      DeleteUnit(transaction, memory_id, *now);
      return OkStatus();
    case Action::kRestore:
    case Action::kRestorePart:
      RestoreUnit(transaction, memory_id, *now, *before.unit);
      return RenewBefore(transaction, memory, now->number, *before.unit);
    case Action::kKeep:
      return PassOnBefore(transaction, memory, *now, before).status();
  }
  return OkStatus();
}

// Undoes one unit. Its image may be gone: somebody else is undoing, too.
Status UndoUnit(Transaction& transaction, const std::string& memory_id,
                const ParsedBeforeKey& key, Import& import,
                std::vector<ImportCase>& cases) {
  const std::string image = BeforeKey(key.memory, key.import, key.unit);
  ASSIGN_OR_RETURN(const std::optional<std::string> bytes,
                   transaction.Get(image));
  if (!bytes.has_value()) return OkStatus();
  ASSIGN_OR_RETURN(const StoredBefore before, DecodeBefore(*bytes));
  ASSIGN_OR_RETURN(const std::optional<FoundUnit> now,
                   FindUnit(transaction, key.memory, key.unit));
  ASSIGN_OR_RETURN(const Plan plan, MakePlan(transaction, key, before, now));
  if (auto kept = Count(plan, before, now, import.undo)) {
    cases.push_back(*std::move(kept));
  }
  RETURN_IF_ERROR(Act(transaction, memory_id, plan, before, now));
  transaction.Delete(image);
  return OkStatus();
}

StatusOr<MemoryNumber> RequireMemory(const Transaction& transaction,
                                     const std::string& memory_id,
                                     ImportNumber number) {
  const StoredMemory* memory = transaction.FindMemory(memory_id);
  if (memory == nullptr) return ImportNotFound(number);
  return memory->number;
}

// From now on nobody writes for the import any more.
Status StartUndo(Transaction& transaction, ImportEntry& entry) {
  ASSIGN_OR_RETURN(const MemoryNumber memory,
                   RequireMemory(transaction, entry.memory_id, entry.number));
  ASSIGN_OR_RETURN(entry.import, FindImport(transaction, memory, entry.number));
  if (entry.import.state == ImportState::kUndoing ||
      entry.import.state == ImportState::kUndone) {
    return OkStatus();
  }
  ForgetIdentity(transaction, memory, entry.import);
  entry.import.state = ImportState::kUndoing;
  PutImport(transaction, memory, entry.number, entry.import);
  return OkStatus();
}

Status UndoSlice(Transaction& transaction, ImportEntry& entry,
                 Progress& progress) {
  ASSIGN_OR_RETURN(const MemoryNumber memory,
                   RequireMemory(transaction, entry.memory_id, entry.number));
  ASSIGN_OR_RETURN(entry.import, FindImport(transaction, memory, entry.number));
  const std::string prefix = BeforeKeyPrefix(memory, entry.number);
  std::vector<ImportCase> cases;
  const auto walk = transaction.NewIterator();
  walk->Seek(std::max(prefix, progress.key));
  int units = 0;
  for (; walk->Valid() && walk->key().starts_with(prefix); walk->Next()) {
    if (units == kSliceUnits || transaction.bytes() > kSliceBytes) break;
    progress.key = walk->key();
    const std::optional<ParsedBeforeKey> key = ParseBeforeKey(walk->key());
    if (!key.has_value()) continue;
    RETURN_IF_ERROR(
        UndoUnit(transaction, entry.memory_id, *key, entry.import, cases));
    ++units;
  }
  RETURN_IF_ERROR(walk->status());
  progress.done = !walk->Valid() || !walk->key().starts_with(prefix);
  PutCases(transaction, memory, entry.number,
           CountCases(std::move(cases), entry.import), entry.import);
  if (progress.done) entry.import.state = ImportState::kUndone;
  PutImport(transaction, memory, entry.number, entry.import);
  return OkStatus();
}

}  // namespace

StatusOr<ImportEntry> UndoImport(WriteQueue& queue,
                                 const std::string& memory_id,
                                 ImportNumber number,
                                 const UndoOptions& options) {
  ImportEntry entry{.memory_id = memory_id, .number = number};
  RETURN_IF_ERROR(queue.Run(
      [&](Transaction& transaction) { return StartUndo(transaction, entry); }));
  Progress progress{.done = entry.import.state == ImportState::kUndone};
  while (!progress.done) {
    RETURN_IF_ERROR(options.stop());
    RETURN_IF_ERROR(queue.Run([&](Transaction& transaction) {
      return UndoSlice(transaction, entry, progress);
    }));
    if (options.on_progress) options.on_progress(entry);
  }
  return entry;
}

StatusOr<ImportEntry> PreviewUndo(const KeyValueStore& store, const View& view,
                                  ImportEntry entry,
                                  const UndoOptions& options) {
  const Transaction reader(store, view);
  ASSIGN_OR_RETURN(const MemoryNumber memory,
                   RequireMemory(reader, entry.memory_id, entry.number));
  const std::string prefix = BeforeKeyPrefix(memory, entry.number);
  std::vector<ImportCase> cases;
  const auto walk = reader.NewIterator();
  for (walk->Seek(prefix); walk->Valid() && walk->key().starts_with(prefix);
       walk->Next()) {
    RETURN_IF_ERROR(options.stop());
    const std::optional<ParsedBeforeKey> key = ParseBeforeKey(walk->key());
    if (!key.has_value()) continue;
    ASSIGN_OR_RETURN(const StoredBefore before, DecodeBefore(walk->value()));
    ASSIGN_OR_RETURN(const std::optional<FoundUnit> now,
                     FindUnit(reader, memory, key->unit));
    ASSIGN_OR_RETURN(const Plan plan, MakePlan(reader, *key, before, now));
    auto kept = Count(plan, before, now, entry.import.undo);
    if (kept.has_value()) {
      for (ImportCase& each : CountCases({*std::move(kept)}, entry.import)) {
        entry.cases.push_back(std::move(each));
      }
    }
  }
  RETURN_IF_ERROR(walk->status());
  return entry;
}

}  // namespace tercet
