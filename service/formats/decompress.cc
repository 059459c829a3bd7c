#include "service/formats/decompress.h"

#include <string>
#include <utility>

#include "fmt/format.h"
#include "service/formats/gzip.h"
#include "service/formats/input_reader.h"
#include "service/formats/peek_source.h"
#include "service/formats/zstd_frame.h"

namespace tercet {
namespace {

constexpr std::string_view kGzipMagic = "\x1F\x8B";
constexpr std::string_view kZstdMagic = "\x28\xB5\x2F\xFD";
constexpr int64_t kFreeBytes = int64_t{64} * 1024 * 1024;
constexpr char kDamaged[] = "ARCHIVE_INVALID";
constexpr char kPlace[] = "bytes_unpacked";

// The layers of a file that may be compressed.
class DecompressingSource final : public ByteSource {
 public:
  explicit DecompressingSource(ByteSource& below)
      : counted_(below), head_(counted_) {}

  StatusOr<std::string_view> Read() override {
    if (!std::exchange(started_, true)) Start();
    return guard_ != nullptr ? guard_->Read() : head_.Read();
  }

 private:
  void Start() {
    const std::string_view magic = head_.Peek(kZstdMagic.size());
    if (magic.starts_with(kGzipMagic)) {
      unpacked_ = MakeGzipSource(head_);
    } else if (magic == kZstdMagic) {
      unpacked_ = MakeZstdSource(head_);
    } else {
      return;
    }
    guard_ = std::make_unique<ExpansionGuard>(*unpacked_, counted_);
  }

  CountingSource counted_;
  PeekSource head_;
  std::unique_ptr<ByteSource> unpacked_;
  std::unique_ptr<ExpansionGuard> guard_;
  bool started_ = false;
};

}  // namespace

std::unique_ptr<ByteSource> MakeDecompressingSource(ByteSource& below) {
  return std::make_unique<DecompressingSource>(below);
}

Status DamagedArchive(std::string_view what) {
  return MakeError(StatusCode::kInvalidArgument,
                   fmt::format("the compressed file cannot be read: {}", what),
                   {.reason = kDamaged});
}

// Damage, with how much was unpacked before it.
Status ExpansionGuard::WithPlace(const Status& status) const {
  ErrorDetails details = GetDetails(status);
  if (details.reason != kDamaged || details.metadata.contains(kPlace)) {
    return status;
  }
  details.metadata[kPlace] = std::to_string(bytes_);
  return MakeError(status.code(),
                   fmt::format("{}, after {} bytes of its content",
                               MessageOf(status), bytes_),
                   details);
}

StatusOr<std::string_view> ExpansionGuard::Read() {
  StatusOr<std::string_view> chunk = unpacked_.Read();
  failed_ = failed_ || !chunk.ok();
  if (!chunk.ok()) return WithPlace(chunk.status());
  bytes_ += static_cast<int64_t>(chunk->size());
  if (bytes_ <= kFreeBytes || bytes_ / kMaxExpansion <= packed_.bytes()) {
    return chunk;
  }
  failed_ = true;
  return DamagedArchive(
      fmt::format("it expands to more than {} times its size", kMaxExpansion));
}

}  // namespace tercet
