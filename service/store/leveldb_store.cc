#include "service/store/leveldb_store.h"

#include <atomic>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "fmt/format.h"
#include "leveldb/cache.h"
#include "leveldb/db.h"
#include "leveldb/env.h"
#include "leveldb/filter_policy.h"
#include "leveldb/write_batch.h"

namespace tercet {
namespace {

namespace fs = std::filesystem;

// Ten bits a key let one read in a hundred of a missing key touch the disk.
constexpr int kBloomBitsPerKey = 10;
// Four times LevelDB's own: a million units take a few hundred files, not
// thousands.
constexpr size_t kFileBytes = 8 << 20;

leveldb::Slice ToSlice(std::string_view bytes) {
  return {bytes.data(), bytes.size()};
}

std::string_view ToView(const leveldb::Slice& slice) {
  return {slice.data(), slice.size()};
}

// LevelDB says "not found" both when there is no such key and when a file of
// its own is gone; only in the latter case it says what.
bool IsMissingKey(const leveldb::Status& status) {
  return status.IsNotFound() &&
         status.ToString() == leveldb::Status::NotFound("").ToString();
}

Status MakeStoreError(StatusCode code, std::string_view reason,
                      std::string_view directory, std::string_view what,
                      std::string_view next_step) {
  return MakeError(
      code,
      fmt::format("data directory '{}' {}; {}", directory, what, next_step),
      {.reason = std::string(reason),
       .metadata = {{"directory", std::string(directory)}}});
}

Status DirectoryInUse(std::string_view directory) {
  return MakeStoreError(StatusCode::kFailedPrecondition,
                        "DATA_DIRECTORY_IN_USE", directory,
                        "is in use by another tercet or tercetd",
                        "stop that one, talk to it as a server, or choose "
                        "another directory");
}

Status StoreCorrupt(std::string_view directory, std::string_view detail) {
  return MakeStoreError(
      StatusCode::kDataLoss, "STORE_CORRUPT", directory,
      fmt::format("is damaged ({})", detail),
      "keep a copy of it as it is and restore it from a backup");
}

Status StoreIo(std::string_view directory, std::string_view detail) {
  return MakeStoreError(
      StatusCode::kUnavailable, "STORE_IO", directory,
      fmt::format("cannot be read or written ({})", detail),
      "make sure that the disk has space and that the files may be written, "
      "then start again");
}

Status FromLeveldb(const leveldb::Status& status, std::string_view directory) {
  if (status.ok()) return OkStatus();
  if (status.IsCorruption()) return StoreCorrupt(directory, status.ToString());
  return StoreIo(directory, status.ToString());
}

// A file that, once it has failed, does nothing but fail. LevelDB goes on
// appending to its log after a failed append; what it then acknowledges stands
// behind half a record, where recovery does not find it.
class StickyFile : public leveldb::WritableFile {
 public:
  explicit StickyFile(std::unique_ptr<leveldb::WritableFile> file)
      : file_(std::move(file)) {}

  leveldb::Status Append(const leveldb::Slice& data) override {
    return Run([&] { return file_->Append(data); });
  }
  leveldb::Status Flush() override {
    return Run([&] { return file_->Flush(); });
  }
  leveldb::Status Sync() override {
    return Run([&] { return file_->Sync(); });
  }
  leveldb::Status Close() override {
    leveldb::Status closed = file_->Close();
    return failure_.ok() ? closed : failure_;
  }

 private:
  template <typename Operation>
  leveldb::Status Run(Operation operation) {
    if (failure_.ok()) failure_ = operation();
    return failure_;
  }

  const std::unique_ptr<leveldb::WritableFile> file_;
  leveldb::Status failure_;
};

// The environment LevelDB runs in: its files are sticky, and it remembers
// whether somebody else holds the lock.
class StoreEnv : public leveldb::EnvWrapper {
 public:
  using leveldb::EnvWrapper::EnvWrapper;

  bool lock_is_held() const { return lock_is_held_; }

  leveldb::Status NewWritableFile(const std::string& name,
                                  leveldb::WritableFile** file) override {
    return MakeSticky(target()->NewWritableFile(name, file), file);
  }

  leveldb::Status NewAppendableFile(const std::string& name,
                                    leveldb::WritableFile** file) override {
    return MakeSticky(target()->NewAppendableFile(name, file), file);
  }

  leveldb::Status LockFile(const std::string& name,
                           leveldb::FileLock** lock) override {
    leveldb::Status status = target()->LockFile(name, lock);
    // LevelDB has no code for it: the text tells a held lock (of this process,
    // of another) from a file that cannot be opened.
    const std::string text = status.ToString();
    lock_is_held_ =
        text.find("already held by process") != std::string::npos ||
        text.find(std::generic_category().message(EAGAIN)) != std::string::npos;
    return status;
  }

 private:
  static leveldb::Status MakeSticky(leveldb::Status status,
                                    leveldb::WritableFile** file) {
    if (status.ok()) {
      *file = new StickyFile(std::unique_ptr<leveldb::WritableFile>(*file));
    }
    return status;
  }

  std::atomic<bool> lock_is_held_ = false;
};

class LeveldbSnapshot : public Snapshot {
 public:
  explicit LeveldbSnapshot(leveldb::DB& db)
      : db_(db), snapshot_(db.GetSnapshot()) {}
  ~LeveldbSnapshot() override { db_.ReleaseSnapshot(snapshot_); }
  LeveldbSnapshot(const LeveldbSnapshot&) = delete;
  LeveldbSnapshot& operator=(const LeveldbSnapshot&) = delete;

  const leveldb::Snapshot* get() const { return snapshot_; }

 private:
  leveldb::DB& db_;
  const leveldb::Snapshot* const snapshot_;
};

leveldb::ReadOptions ReadAt(const Snapshot* snapshot) {
  leveldb::ReadOptions options;
  options.verify_checksums = true;
  if (snapshot != nullptr) {
    options.snapshot = static_cast<const LeveldbSnapshot*>(snapshot)->get();
  }
  return options;
}

class LeveldbIterator : public Iterator {
 public:
  LeveldbIterator(std::unique_ptr<leveldb::Iterator> iterator,
                  const std::string& directory)
      : iterator_(std::move(iterator)), directory_(directory) {}

  void Seek(std::string_view key) override { iterator_->Seek(ToSlice(key)); }

  void SeekBefore(std::string_view key) override {
    iterator_->Seek(ToSlice(key));
    if (iterator_->Valid()) {
      iterator_->Prev();
    } else if (iterator_->status().ok()) {
      iterator_->SeekToLast();
    }
  }

  void Next() override { iterator_->Next(); }
  bool Valid() const override { return iterator_->Valid(); }
  std::string_view key() const override { return ToView(iterator_->key()); }
  std::string_view value() const override { return ToView(iterator_->value()); }

  Status status() const override {
    return FromLeveldb(iterator_->status(), directory_);
  }

 private:
  const std::unique_ptr<leveldb::Iterator> iterator_;
  const std::string& directory_;  // The store's.
};

// What LevelDB uses and what must outlive it.
struct Surroundings {
  StoreEnv env;
  std::unique_ptr<leveldb::Cache> cache;
  std::unique_ptr<const leveldb::FilterPolicy> filter;
};

class LeveldbStore : public KeyValueStore {
 public:
  LeveldbStore(std::string directory, std::unique_ptr<Surroundings> around,
               std::unique_ptr<leveldb::DB> db)
      : directory_(std::move(directory)),
        around_(std::move(around)),
        db_(std::move(db)) {}

  StatusOr<std::optional<std::string>> Get(
      std::string_view key, const Snapshot* snapshot) const override {
    std::string value;
    leveldb::Status status = db_->Get(ReadAt(snapshot), ToSlice(key), &value);
    if (IsMissingKey(status)) return std::optional<std::string>();
    RETURN_IF_ERROR(FromLeveldb(status, directory_));
    return std::optional<std::string>(std::move(value));
  }

  Status Write(const WriteBatch& batch, bool sync) override {
    leveldb::WriteBatch changes;
    for (const WriteBatch::Change& change : batch.changes()) {
      if (change.value) {
        changes.Put(ToSlice(change.key), ToSlice(*change.value));
      } else {
        changes.Delete(ToSlice(change.key));
      }
    }
    leveldb::WriteOptions options;
    options.sync = sync;
    return FromLeveldb(db_->Write(options, &changes), directory_);
  }

  std::shared_ptr<const Snapshot> TakeSnapshot() const override {
    return std::make_shared<LeveldbSnapshot>(*db_);
  }

  std::unique_ptr<Iterator> NewIterator(
      const Snapshot* snapshot) const override {
    return std::make_unique<LeveldbIterator>(
        std::unique_ptr<leveldb::Iterator>(db_->NewIterator(ReadAt(snapshot))),
        directory_);
  }

  // Files come and go meanwhile; one that has gone counts nothing.
  uint64_t DiskBytes() const override {
    uint64_t bytes = 0;
    std::error_code error;
    fs::directory_iterator file(directory_, error);
    for (; !error && file != fs::directory_iterator(); file.increment(error)) {
      std::error_code gone;
      const uint64_t size = file->file_size(gone);
      if (!gone) bytes += size;
    }
    return bytes;
  }

 private:
  const std::string directory_;
  const std::unique_ptr<Surroundings> around_;
  const std::unique_ptr<leveldb::DB> db_;
};

// In the directory of another store; LevelDB does not mind.
constexpr std::string_view kScratchName = "scratch";
constexpr size_t kScratchCacheBytes = 4 << 20;

// A store whose files go when it is closed.
class ScratchStore final : public KeyValueStore {
 public:
  ScratchStore(std::unique_ptr<KeyValueStore> store, fs::path directory)
      : store_(std::move(store)), directory_(std::move(directory)) {}
  ~ScratchStore() override {
    store_.reset();
    std::error_code ignored;
    fs::remove_all(directory_, ignored);
  }
  ScratchStore(const ScratchStore&) = delete;
  ScratchStore& operator=(const ScratchStore&) = delete;

  StatusOr<std::optional<std::string>> Get(
      std::string_view key, const Snapshot* snapshot) const override {
    return store_->Get(key, snapshot);
  }
  Status Write(const WriteBatch& batch, bool sync) override {
    return store_->Write(batch, sync);
  }
  std::shared_ptr<const Snapshot> TakeSnapshot() const override {
    return store_->TakeSnapshot();
  }
  std::unique_ptr<Iterator> NewIterator(
      const Snapshot* snapshot) const override {
    return store_->NewIterator(snapshot);
  }
  uint64_t DiskBytes() const override { return store_->DiskBytes(); }

 private:
  std::unique_ptr<KeyValueStore> store_;
  const fs::path directory_;
};

// Creates the directory and returns the one path that names it: LevelDB knows
// by the path alone that this very process holds the lock, so `a/b` and
// `a/./b` would both be opened.
StatusOr<std::string> PrepareDirectory(const std::string& directory) {
  std::error_code error;
  fs::create_directories(directory, error);
  fs::path path;
  if (!error) path = fs::canonical(directory, error);
  if (error) return StoreIo(directory, error.message());
  return path.string();
}

// LevelDB takes a directory without CURRENT for a new one, and deletes the data
// that it finds in it.
Status CheckNotHeadless(const std::string& directory) {
  std::error_code error;
  if (fs::exists(fs::path(directory) / "CURRENT", error)) return OkStatus();
  fs::directory_iterator file(directory, error);
  for (; !error && file != fs::directory_iterator(); file.increment(error)) {
    const fs::path extension = file->path().extension();
    if (extension == ".ldb" || extension == ".sst" || extension == ".log") {
      return StoreCorrupt(directory, "the file CURRENT is missing");
    }
  }
  return error ? StoreIo(directory, error.message()) : OkStatus();
}

}  // namespace

StatusOr<std::unique_ptr<KeyValueStore>> OpenLeveldb(
    const std::string& directory, const LeveldbOptions& options) {
  ASSIGN_OR_RETURN(std::string path, PrepareDirectory(directory));
  RETURN_IF_ERROR(CheckNotHeadless(path));

  leveldb::Env* env =
      options.env != nullptr ? options.env : leveldb::Env::Default();
  std::unique_ptr<Surroundings> around(
      new Surroundings{.env = StoreEnv(env),
                       .cache = std::unique_ptr<leveldb::Cache>(
                           leveldb::NewLRUCache(options.cache_bytes)),
                       .filter = std::unique_ptr<const leveldb::FilterPolicy>(
                           leveldb::NewBloomFilterPolicy(kBloomBitsPerKey))});

  leveldb::Options settings;
  settings.create_if_missing = true;
  // Damage is told, not skipped: without this, what stands behind it in a log
  // is lost without a word.
  settings.paranoid_checks = true;
  settings.env = &around->env;
  settings.block_cache = around->cache.get();
  settings.filter_policy = around->filter.get();
  settings.write_buffer_size = options.write_buffer_bytes;
  settings.max_file_size = kFileBytes;

  leveldb::DB* db = nullptr;
  leveldb::Status status = leveldb::DB::Open(settings, path, &db);
  if (around->env.lock_is_held()) return DirectoryInUse(path);
  RETURN_IF_ERROR(FromLeveldb(status, path));
  return std::make_unique<LeveldbStore>(std::move(path), std::move(around),
                                        std::unique_ptr<leveldb::DB>(db));
}

StatusOr<std::unique_ptr<KeyValueStore>> OpenScratch(
    const std::string& parent, const LeveldbOptions& options) {
  static std::atomic<uint64_t> count = 0;
  const fs::path directory =
      fs::path(parent) / kScratchName / std::to_string(++count);
  LeveldbOptions small = options;
  small.cache_bytes = kScratchCacheBytes;
  small.write_buffer_bytes = kScratchCacheBytes;
  ASSIGN_OR_RETURN(std::unique_ptr<KeyValueStore> store,
                   OpenLeveldb(directory.string(), small));
  return std::make_unique<ScratchStore>(std::move(store), directory);
}

void RemoveScratch(const std::string& parent) {
  std::error_code ignored;
  fs::remove_all(fs::path(parent) / kScratchName, ignored);
}

}  // namespace tercet
