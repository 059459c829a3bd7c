// Splits a source of bytes into lines.
#ifndef TERCET_CLIENT_LIB_LINE_READER_H_
#define TERCET_CLIENT_LIB_LINE_READER_H_

#include <cstddef>
#include <optional>
#include <stop_token>
#include <string>

#include "client/lib/byte_source.h"
#include "service/base/status.h"

namespace tercet::client {

// Lines end with LF or CR LF; the last one may lack it. A byte-order mark at
// the very beginning is dropped. Not thread-safe.
class LineReader {
 public:
  // `source` must live as long as the reader.
  explicit LineReader(ByteSource& source) : source_(source) {}

  // The next line without its end; nullopt after the last one, and when `stop`
  // is requested while it waits for one.
  StatusOr<std::optional<std::string>> Next(const std::stop_token& stop);

 private:
  ByteSource& source_;
  std::string buffer_;   // Read and not yet returned.
  size_t searched_ = 0;  // Bytes of it that hold no line end.
  bool started_ = false;
  bool ended_ = false;
};

}  // namespace tercet::client

#endif  // TERCET_CLIENT_LIB_LINE_READER_H_
