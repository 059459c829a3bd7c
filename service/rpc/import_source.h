// The bytes of an import, recognised: those that were read before an import was
// broken off must be the same when it goes on.
#ifndef TERCET_SERVICE_RPC_IMPORT_SOURCE_H_
#define TERCET_SERVICE_RPC_IMPORT_SOURCE_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "service/base/hash.h"
#include "service/base/status.h"
#include "service/formats/unit_reader.h"
#include "service/model/import.h"

namespace tercet {

// Passes on the bytes of another source and hashes them. Not thread-safe.
class ImportSource final : public ByteSource {
 public:
  // `source` must outlive the object.
  explicit ImportSource(ByteSource& source) : source_(source) {}

  // The beginning of the bytes, 64 KiB of them or all; Read gives it again.
  // REQUIRES: nothing was read.
  StatusOr<std::string_view> Peek();

  // What must be read once `checkpoint.bytes` are passed. REQUIRES: nothing was
  // read.
  void Expect(const ImportCheckpoint& checkpoint) { expected_ = checkpoint; }

  // Fails also with kFailedPrecondition, reason IMPORT_CONTENT_CHANGED.
  StatusOr<std::string_view> Read() override;

  // Of what was read.
  int64_t bytes() const { return bytes_; }
  Hash128 digest() const { return hasher_.Digest(); }
  // Whether Read or Peek has failed.
  bool failed() const { return failed_; }

 private:
  StatusOr<std::string_view> ReadNext();
  Status Add(std::string_view part);

  ByteSource& source_;
  std::string peeked_;
  bool peeked_given_ = true;
  ImportCheckpoint expected_;
  Hasher128 hasher_;
  int64_t bytes_ = 0;
  bool failed_ = false;
};

}  // namespace tercet

#endif  // TERCET_SERVICE_RPC_IMPORT_SOURCE_H_
