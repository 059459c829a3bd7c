// Where received bytes go: a file that appears only when it is whole, or a
// stream.
#ifndef TERCET_CLIENT_LIB_BYTE_SINK_H_
#define TERCET_CLIENT_LIB_BYTE_SINK_H_

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "service/base/status.h"

namespace tercet::client {

// Not thread-safe. A sink destroyed before Finish leaves nothing behind that
// looks complete.
class ByteSink {
 public:
  virtual ~ByteSink() = default;

  // Both fail with reason FILE_UNWRITABLE.
  virtual Status Write(std::string_view bytes) = 0;
  // Call once, after the last byte.
  virtual Status Finish() = 0;
};

// Writes `path`.part; Finish syncs it and renames it to `path`, in place of
// what was there. Destroyed before that, it removes the part.
StatusOr<std::unique_ptr<ByteSink>> OpenFileSink(const std::string& path);

// Writes to an open stream, which stays open and the caller's.
std::unique_ptr<ByteSink> MakeStreamSink(std::FILE* stream);

}  // namespace tercet::client

#endif  // TERCET_CLIENT_LIB_BYTE_SINK_H_
