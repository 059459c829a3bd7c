// Bytes to be sent: from a file, from standard input, from a string.
#ifndef TERCET_CLIENT_LIB_BYTE_SOURCE_H_
#define TERCET_CLIENT_LIB_BYTE_SOURCE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>

#include "service/base/status.h"

namespace tercet::client {

// Not thread-safe.
class ByteSource {
 public:
  virtual ~ByteSource() = default;

  // Fills the front of `buffer` and returns how many bytes that are; 0 at the
  // end, and when `stop` is requested while it waits for bytes. Fails with
  // reason FILE_UNREADABLE.
  virtual StatusOr<size_t> Read(std::span<char> buffer,
                                const std::stop_token& stop) = 0;

  // All bytes there will be; 0 when that is not known.
  virtual int64_t total_bytes() const = 0;
};

// Opens a file. Fails with kNotFound, kPermissionDenied or kInvalidArgument (a
// directory), always with reason FILE_UNREADABLE.
StatusOr<std::unique_ptr<ByteSource>> OpenFileSource(const std::string& path);

// Reads an open descriptor, which stays open and the caller's; `name` is for
// messages.
std::unique_ptr<ByteSource> MakeDescriptorSource(int descriptor,
                                                 std::string name);

// Reads `bytes`, which must live as long as the source.
std::unique_ptr<ByteSource> MakeStringSource(std::string_view bytes);

}  // namespace tercet::client

#endif  // TERCET_CLIENT_LIB_BYTE_SOURCE_H_
