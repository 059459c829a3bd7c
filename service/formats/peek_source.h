// A source whose beginning can be looked at before it is read.
#ifndef TERCET_SERVICE_FORMATS_PEEK_SOURCE_H_
#define TERCET_SERVICE_FORMATS_PEEK_SOURCE_H_

#include <string>
#include <string_view>
#include <utility>

#include "service/formats/unit_reader.h"

namespace tercet {

// Not thread-safe.
class PeekSource final : public ByteSource {
 public:
  // `source` must outlive the object.
  explicit PeekSource(ByteSource& source) : source_(source) {}

  // The first `bytes`, or all where there are fewer; Read gives them again. A
  // source's error ends them and comes again from Read. Valid until Read.
  // REQUIRES: nothing was read.
  std::string_view Peek(size_t bytes) {
    while (head_.size() < bytes && status_.ok() && !ended_) {
      const StatusOr<std::string_view> chunk = source_.Read();
      status_ = chunk.status();
      ended_ = chunk.ok() && chunk->empty();
      if (chunk.ok()) head_ += *chunk;
    }
    return std::string_view(head_).substr(0, bytes);
  }

  StatusOr<std::string_view> Read() override {
    given_ = std::exchange(head_, std::string());
    if (!given_.empty()) return std::string_view(given_);
    RETURN_IF_ERROR(status_);
    if (ended_) return std::string_view();
    return source_.Read();
  }

 private:
  ByteSource& source_;
  std::string head_;
  std::string given_;
  bool ended_ = false;
  Status status_;
};

}  // namespace tercet

#endif  // TERCET_SERVICE_FORMATS_PEEK_SOURCE_H_
