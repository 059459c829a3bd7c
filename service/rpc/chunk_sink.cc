#include "service/rpc/chunk_sink.h"

#include <cstddef>

#include "service/model/limits.h"

namespace tercet {
namespace {

// Large enough to be quick, small enough to come often.
constexpr size_t kChunkBytes = 256 * 1024;
static_assert(kChunkBytes <= kMaxChunkBytes);

}  // namespace

Status ChunkSink::Write(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::string_view part = bytes.substr(0, kChunkBytes - chunk_.size());
    chunk_ += part;
    bytes.remove_prefix(part.size());
    if (chunk_.size() == kChunkBytes) {
      RETURN_IF_ERROR(send_(std::exchange(chunk_, {})));
    }
  }
  return OkStatus();
}

Status ChunkSink::Finish() { return send_(std::exchange(chunk_, {})); }

}  // namespace tercet
