// LevelDB as a KeyValueStore.
#ifndef TERCET_SERVICE_STORE_LEVELDB_STORE_H_
#define TERCET_SERVICE_STORE_LEVELDB_STORE_H_

#include <cstddef>
#include <memory>
#include <string>

#include "service/base/status.h"
#include "service/store/key_value_store.h"

namespace leveldb {
class Env;
}

namespace tercet {

struct LeveldbOptions {
  size_t cache_bytes = 64 << 20;
  size_t write_buffer_bytes = 16 << 20;
  leveldb::Env* env = nullptr;  // Null: the real one. For fault injection.
};

// Opens the store in `directory`, which is created with its parents when it is
// missing. Fails with kFailedPrecondition, reason DATA_DIRECTORY_IN_USE, when
// another process has it open; with kDataLoss, reason STORE_CORRUPT, when it is
// damaged; with kUnavailable, reason STORE_IO, otherwise. Messages name the
// directory and the next step.
StatusOr<std::unique_ptr<KeyValueStore>> OpenLeveldb(
    const std::string& directory, const LeveldbOptions& options);

// Opens an empty store for a while, in a directory of its own in `parent`: its
// files go with it. The cache is small.
StatusOr<std::unique_ptr<KeyValueStore>> OpenScratch(
    const std::string& parent, const LeveldbOptions& options);

// Removes what scratch stores have left in `parent` when the process ended
// before them. REQUIRES: none is open there.
void RemoveScratch(const std::string& parent);

}  // namespace tercet

#endif  // TERCET_SERVICE_STORE_LEVELDB_STORE_H_
