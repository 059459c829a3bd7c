// An ordered key-value store with atomic batches and snapshots. The one real
// implementation is LevelDB's (store/leveldb_store.h).
#ifndef TERCET_SERVICE_STORE_KEY_VALUE_STORE_H_
#define TERCET_SERVICE_STORE_KEY_VALUE_STORE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/base/status.h"

namespace tercet {

// Changes that happen together or not at all. Later ones win.
class WriteBatch {
 public:
  struct Change {
    std::string key;
    std::optional<std::string> value;  // nullopt: delete.
  };

  void Put(std::string key, std::string value);
  void Delete(std::string key);

  const std::vector<Change>& changes() const { return changes_; }
  bool empty() const { return changes_.empty(); }

 private:
  std::vector<Change> changes_;
};

// A moment of the store. Reading through it never sees a later write. Must not
// outlive the store.
class Snapshot {
 public:
  virtual ~Snapshot() = default;
};

// A walk over keys in byte order. Not thread-safe; must not outlive the store.
class Iterator {
 public:
  virtual ~Iterator() = default;

  // Moves to the first key >= `key`.
  virtual void Seek(std::string_view key) = 0;
  // Moves to the last key < `key`.
  virtual void SeekBefore(std::string_view key) = 0;
  // REQUIRES: Valid().
  virtual void Next() = 0;

  virtual bool Valid() const = 0;
  // Valid until the iterator moves. REQUIRES: Valid().
  virtual std::string_view key() const = 0;
  virtual std::string_view value() const = 0;
  // The error that ended the walk, if any; ask when Valid() turned false.
  virtual Status status() const = 0;
};

// Thread-safe. Errors: kDataLoss with reason STORE_CORRUPT for what fails its
// checksum, kUnavailable with reason STORE_IO for all else.
class KeyValueStore {
 public:
  virtual ~KeyValueStore() = default;

  // The value of `key`, nullopt when there is none. A null snapshot means now.
  virtual StatusOr<std::optional<std::string>> Get(
      std::string_view key, const Snapshot* snapshot) const = 0;

  // Applies the batch. When it returns OK the changes survive a crash of the
  // process and, if `sync`, of the machine.
  virtual Status Write(const WriteBatch& batch, bool sync) = 0;

  virtual std::shared_ptr<const Snapshot> TakeSnapshot() const = 0;

  // The iterator holds what `snapshot` sees; null means now.
  virtual std::unique_ptr<Iterator> NewIterator(
      const Snapshot* snapshot) const = 0;

  // Bytes on disk, about.
  virtual uint64_t DiskBytes() const = 0;
};

}  // namespace tercet

#endif  // TERCET_SERVICE_STORE_KEY_VALUE_STORE_H_
