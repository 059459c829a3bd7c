// Files that are answered in pieces.
#ifndef TERCET_SERVICE_RPC_CHUNK_SINK_H_
#define TERCET_SERVICE_RPC_CHUNK_SINK_H_

#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "service/base/status.h"
#include "service/formats/unit_writer.h"

namespace tercet {

// Cuts a file into chunks. Not thread-safe.
class ChunkSink final : public ByteSink {
 public:
  // Takes a chunk, whose error ends the file.
  using Send = std::function<Status(std::string chunk)>;

  explicit ChunkSink(Send send) : send_(std::move(send)) {}

  Status Write(std::string_view bytes) override;

  // Sends what is left, be it nothing. Call once, as the last.
  Status Finish();

 private:
  const Send send_;
  std::string chunk_;
};

}  // namespace tercet

#endif  // TERCET_SERVICE_RPC_CHUNK_SINK_H_
