#include "service/memory/import_session.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "service/memory/import_apply.h"
#include "service/memory/import_log.h"
#include "service/memory/update.h"

namespace tercet {
namespace {

Status TakenOver(ImportNumber number) {
  return MakeError(
      StatusCode::kAborted,
      fmt::format("import {} goes on in another call, or was taken back",
                  static_cast<uint64_t>(number)),
      {.reason = "IMPORT_TAKEN_OVER"});
}

class QueueSession final : public ImportSession {
 public:
  QueueSession(WriteQueue& queue, MemoryNumber memory, ImportEntry entry)
      : queue_(queue), memory_(memory), entry_(std::move(entry)) {}

  ~QueueSession() override {
    if (ended_) return;
    BreakOff(MakeError(StatusCode::kUnknown, "it ended for an unknown reason",
                       {.reason = "INTERNAL"}),
             /*resumable=*/true)
        .IgnoreError();
  }

  const ImportEntry& entry() const override { return entry_; }

  StatusOr<std::vector<ImportCase>> Write(CheckedStep step) override {
    StepResult result;
    RETURN_IF_ERROR(Change([&](Transaction& transaction, Import& import) {
      transaction.set_import(entry_.number);
      ASSIGN_OR_RETURN(result, ApplyStep(transaction, entry_.memory_id,
                                         std::move(step), import));
      PutCases(transaction, memory_, entry_.number, result.kept, import);
      return OkStatus();
    }));
    std::ranges::move(result.kept, std::back_inserter(entry_.cases));
    return std::move(result.unit_cases);
  }

  Status Finish() override {
    ended_ = true;
    return Change([&](Transaction& transaction, Import& import) {
      import.state = ImportState::kDone;
      ForgetIdentity(transaction, memory_, import);
      return OkStatus();
    });
  }

  Status BreakOff(const Status& why, bool resumable) override {
    ended_ = true;
    return Change([&](Transaction& transaction, Import& import) {
      import.state = ImportState::kBrokenOff;
      import.error_reason = GetDetails(why).reason;
      import.error_message = MessageOf(why);
      if (!resumable) ForgetIdentity(transaction, memory_, import);
      return OkStatus();
    });
  }

 private:
  // Changes the import's record together with what `change` does, unless it is
  // no longer this session's.
  template <typename Operation>
  Status Change(const Operation& change) {
    Import changed;
    RETURN_IF_ERROR(queue_.Run([&](Transaction& transaction) {
      const StoredMemory* memory = transaction.FindMemory(entry_.memory_id);
      if (memory == nullptr || memory->number != memory_) {
        return TakenOver(entry_.number);
      }
      ASSIGN_OR_RETURN(changed,
                       FindImport(transaction, memory_, entry_.number));
      if (changed.run != entry_.import.run ||
          changed.state != ImportState::kRunning) {
        return TakenOver(entry_.number);
      }
      RETURN_IF_ERROR(change(transaction, changed));
      PutImport(transaction, memory_, entry_.number, changed);
      return OkStatus();
    }));
    entry_.import = std::move(changed);
    return OkStatus();
  }

  WriteQueue& queue_;
  const MemoryNumber memory_;
  ImportEntry entry_;
  bool ended_ = false;
};

}  // namespace

StatusOr<std::unique_ptr<ImportSession>> OpenImportSession(
    WriteQueue& queue, const std::string& memory_id,
    const ImportRequest& request) {
  ImportEntry entry;
  MemoryNumber memory{};
  RETURN_IF_ERROR(queue.Run([&](Transaction& transaction) {
    RETURN_IF_ERROR(EnsureMemory(transaction, memory_id));
    memory = transaction.FindMemory(memory_id)->number;
    ASSIGN_OR_RETURN(entry, BeginImport(transaction, memory_id, request));
    return OkStatus();
  }));
  return std::make_unique<QueueSession>(queue, memory, std::move(entry));
}

}  // namespace tercet
