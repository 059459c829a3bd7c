// Compressed files as they are read.
#ifndef TERCET_SERVICE_FORMATS_DECOMPRESS_H_
#define TERCET_SERVICE_FORMATS_DECOMPRESS_H_

#include <cstdint>
#include <memory>
#include <string_view>

#include "service/formats/unit_reader.h"

namespace tercet {

// A source over `below`, which must outlive it: what `below` holds, without
// gzip's or zstd's compression if it has one, by its first bytes. Fails with
// kInvalidArgument, reason ARCHIVE_INVALID, where the file is damaged, cut off
// or expands more than kMaxExpansion times.
std::unique_ptr<ByteSource> MakeDecompressingSource(ByteSource& below);

// The error of a compressed file or an archive: `what` is wrong with it.
Status DamagedArchive(std::string_view what);

// Counts the bytes that pass. Not thread-safe.
class CountingSource final : public ByteSource {
 public:
  explicit CountingSource(ByteSource& below) : below_(below) {}

  StatusOr<std::string_view> Read() override {
    StatusOr<std::string_view> chunk = below_.Read();
    if (chunk.ok()) bytes_ += static_cast<int64_t>(chunk->size());
    return chunk;
  }
  int64_t bytes() const { return bytes_; }

 private:
  ByteSource& below_;
  int64_t bytes_ = 0;
};

// Passes on what was unpacked, and fails where it is too much for what was
// packed. An error of reason ARCHIVE_INVALID gets the place: metadata
// `bytes_unpacked`. Not thread-safe.
class ExpansionGuard final : public ByteSource {
 public:
  ExpansionGuard(ByteSource& unpacked, const CountingSource& packed)
      : unpacked_(unpacked), packed_(packed) {}

  StatusOr<std::string_view> Read() override;
  bool failed() const { return failed_; }

 private:
  Status WithPlace(const Status& status) const;

  ByteSource& unpacked_;
  const CountingSource& packed_;
  int64_t bytes_ = 0;
  bool failed_ = false;
};

}  // namespace tercet

#endif  // TERCET_SERVICE_FORMATS_DECOMPRESS_H_
