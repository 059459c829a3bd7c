// The client's files as the readers of the formats want them.
#ifndef TERCET_CLIENT_JOB_INPUT_SOURCE_H_
#define TERCET_CLIENT_JOB_INPUT_SOURCE_H_

#include <cstddef>
#include <cstdint>
#include <stop_token>
#include <string_view>
#include <vector>

#include "client/lib/byte_source.h"
#include "service/formats/unit_reader.h"

namespace tercet {

// Not thread-safe.
class InputSource final : public ByteSource {
 public:
  // `input` must outlive the source.
  explicit InputSource(client::ByteSource& input)
      : input_(input), buffer_(kChunkBytes) {}

  StatusOr<std::string_view> Read() override {
    ASSIGN_OR_RETURN(const size_t count,
                     input_.Read(buffer_, std::stop_token()));
    bytes_read_ += static_cast<int64_t>(count);
    return std::string_view(buffer_.data(), count);
  }

  int64_t bytes_read() const { return bytes_read_; }

 private:
  static constexpr size_t kChunkBytes = 64 * 1024;

  client::ByteSource& input_;
  std::vector<char> buffer_;
  int64_t bytes_read_ = 0;
};

}  // namespace tercet

#endif  // TERCET_CLIENT_JOB_INPUT_SOURCE_H_
