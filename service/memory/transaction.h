// Changes on their way into the store. Reads see them before anybody else does.
//
// A transaction stands on a view, or on another transaction into which it is
// merged when it is complete; dropping it undoes it.
#ifndef TERCET_SERVICE_MEMORY_TRANSACTION_H_
#define TERCET_SERVICE_MEMORY_TRANSACTION_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/base/status.h"
#include "service/memory/view.h"
#include "service/store/key_value_store.h"
#include "service/store/records.h"

namespace tercet {

// Not thread-safe.
class Transaction {
 public:
  // Stands on `view` of `store`; both must outlive it.
  Transaction(const KeyValueStore& store, const View& view);
  // Stands on `parent`, as its next revision at time `now_micros`.
  Transaction(const Transaction& parent, int64_t now_micros);

  // The revision that the changes get.
  Revision revision() const { return revision_; }
  int64_t now_micros() const { return now_micros_; }

  // The import that the changes belong to; 0: none.
  ImportNumber import() const { return import_; }
  void set_import(ImportNumber import) { import_ = import; }

  StatusOr<std::optional<std::string>> Get(std::string_view key) const;
  // A walk over the view that the transaction stands on, without any changes.
  std::unique_ptr<Iterator> NewIterator() const;
  void Put(std::string key, std::string value);
  void Delete(std::string key);
  // Adds an entry to the change log.
  void Log(const StoredChange& change);

  // A memory, null when there is none; valid until the next change of memories.
  const StoredMemory* FindMemory(std::string_view id) const;
  // The record of a memory, to be changed; valid until PutMemory, DeleteMemory
  // or Merge. REQUIRES: there is one.
  StoredMemory& ChangeMemory(const std::string& id);
  void PutMemory(const StoredMemory& memory);
  void DeleteMemory(const std::string& id);

  // Changes of the fuzzy index of a base language of a memory.
  void AddSegment(const std::string& memory_id, const std::string& language,
                  IndexedSegment segment);
  void RemoveSegment(const std::string& memory_id, const std::string& language,
                     const SegmentRef& ref);

  // Takes over the changes of `child`, which stands on this.
  void Merge(Transaction&& child);

  bool empty() const { return changes_.empty() && memories_.empty(); }
  // About how large the batch will be.
  size_t bytes() const { return bytes_; }
  // All changes for the store, the last revision included. Reads do not see
  // them any more.
  WriteBatch TakeBatch();
  // The view after the changes. Its snapshot is for the caller to set.
  View Apply() &&;

 private:
  // By ref: the segment as it is to be; nullopt: it goes.
  using SegmentChanges = std::map<SegmentRef, std::optional<IndexedSegment>>;
  using LanguageChanges = std::map<std::string, SegmentChanges>;

  const KeyValueStore& store_;
  const View& view_;
  const Transaction* parent_ = nullptr;
  Revision revision_{};
  int64_t now_micros_ = 0;
  ImportNumber import_{};
  uint32_t log_entries_ = 0;
  size_t bytes_ = 0;
  std::map<std::string, std::optional<std::string>, std::less<>> changes_;
  std::map<std::string, std::optional<StoredMemory>, std::less<>> memories_;
  std::map<std::string, LanguageChanges> segments_;  // By memory id.
};

}  // namespace tercet

#endif  // TERCET_SERVICE_MEMORY_TRANSACTION_H_
