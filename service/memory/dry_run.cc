#include "service/memory/dry_run.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

#include "service/memory/import_apply.h"
#include "service/memory/transaction.h"
#include "service/memory/update.h"

namespace tercet {
namespace {

// What a value in the scratch store begins with.
constexpr char kPutMark = '+';
constexpr char kDeletedMark = '-';

// No import has it. What it keeps of units stays in the scratch store.
constexpr ImportNumber kDryRun{~uint64_t{0}};

// A moment of a store with changes that lie in another one. Walks see the
// moment alone.
class ChangedStore final : public KeyValueStore {
 public:
  ChangedStore(const KeyValueStore& base, const Snapshot& moment,
               std::unique_ptr<KeyValueStore> changes)
      : base_(base), moment_(moment), changes_(std::move(changes)) {}

  StatusOr<std::optional<std::string>> Get(
      std::string_view key, const Snapshot* snapshot) const override {
    const StatusOr<std::optional<std::string>> changed =
        changes_->Get(key, nullptr);
    if (!changed.ok()) return changed.status();
    if (!changed->has_value()) return base_.Get(key, &moment_);
    const std::string_view marked = **changed;
    if (marked.front() == kDeletedMark) return std::optional<std::string>();
    return std::optional<std::string>(marked.substr(1));
  }

  Status Write(const WriteBatch& batch, bool sync) override {
    WriteBatch marked;
    for (const WriteBatch::Change& change : batch.changes()) {
      marked.Put(change.key, change.value.has_value()
                                 ? kPutMark + *change.value
                                 : std::string(1, kDeletedMark));
    }
    return changes_->Write(marked, sync);
  }

  std::shared_ptr<const Snapshot> TakeSnapshot() const override {
    return base_.TakeSnapshot();
  }

  std::unique_ptr<Iterator> NewIterator(
      const Snapshot* snapshot) const override {
    return base_.NewIterator(&moment_);
  }

  uint64_t DiskBytes() const override { return changes_->DiskBytes(); }

 private:
  const KeyValueStore& base_;
  const Snapshot& moment_;
  std::unique_ptr<KeyValueStore> changes_;
};

class DryRun final : public ImportSession {
 public:
  DryRun(const KeyValueStore& store, std::shared_ptr<const View> view,
         std::unique_ptr<KeyValueStore> scratch, const Clock& clock,
         ImportEntry entry)
      : base_view_(std::move(view)),
        view_(*base_view_),
        store_(store, *base_view_->snapshot, std::move(scratch)),
        clock_(clock),
        entry_(std::move(entry)) {}

  const ImportEntry& entry() const override { return entry_; }

  StatusOr<std::vector<ImportCase>> Write(CheckedStep step) override {
    const Transaction base(store_, view_);
    Transaction transaction(base, clock_.NowMicros());
    transaction.set_import(kDryRun);
    RETURN_IF_ERROR(EnsureMemory(transaction, entry_.memory_id));
    Import import = entry_.import;
    ASSIGN_OR_RETURN(StepResult result, ApplyStep(transaction, entry_.memory_id,
                                                  std::move(step), import));
    RETURN_IF_ERROR(store_.Write(transaction.TakeBatch(), /*sync=*/false));
    // Only the record: nobody looks anything up here.
    MemoryState state;
    state.record = *transaction.FindMemory(entry_.memory_id);
    view_.memories[entry_.memory_id] =
        std::make_shared<const MemoryState>(std::move(state));
    entry_.import = std::move(import);
    entry_.import.update_micros = clock_.NowMicros();
    std::ranges::move(result.kept, std::back_inserter(entry_.cases));
    return std::move(result.unit_cases);
  }

  Status Finish() override {
    entry_.import.state = ImportState::kDone;
    return OkStatus();
  }

  Status BreakOff(const Status& why, bool resumable) override {
    entry_.import.state = ImportState::kBrokenOff;
    entry_.import.error_reason = GetDetails(why).reason;
    entry_.import.error_message = MessageOf(why);
    return OkStatus();
  }

 private:
  const std::shared_ptr<const View> base_view_;
  View view_;  // With the memory's record as it would be.
  ChangedStore store_;
  const Clock& clock_;
  ImportEntry entry_;
};

}  // namespace

std::unique_ptr<ImportSession> OpenDryRun(
    const KeyValueStore& store, std::shared_ptr<const View> view,
    std::unique_ptr<KeyValueStore> scratch, const Clock& clock,
    const std::string& memory_id, const ImportRequest& request) {
  const int64_t now = clock.NowMicros();
  return std::make_unique<DryRun>(
      store, std::move(view), std::move(scratch), clock,
      ImportEntry{.memory_id = memory_id,
                  .import = {.source = request.source,
                             .options = request.options,
                             .creator = request.creator,
                             .begin_micros = now,
                             .update_micros = now}});
}

}  // namespace tercet
