#include "client/lib/line_reader.h"

#include <array>
#include <string_view>
#include <utility>

namespace tercet::client {
namespace {

constexpr size_t kReadBytes = 64 * 1024;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string WithoutCarriageReturn(std::string line) {
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

}  // namespace

StatusOr<std::optional<std::string>> LineReader::Next(
    const std::stop_token& stop) {
  std::array<char, kReadBytes> bytes;
  while (true) {
    const size_t end = buffer_.find('\n', searched_);
    if (end != std::string::npos || ended_) {
      if (buffer_.empty()) return std::optional<std::string>();
      std::string line = buffer_.substr(0, end);
      buffer_.erase(0, end == std::string::npos ? end : end + 1);
      searched_ = 0;
      if (!std::exchange(started_, true) && line.starts_with(kByteOrderMark)) {
        line.erase(0, kByteOrderMark.size());
      }
      return std::optional(WithoutCarriageReturn(std::move(line)));
    }
    searched_ = buffer_.size();
    ASSIGN_OR_RETURN(size_t count, source_.Read(bytes, stop));
    if (stop.stop_requested()) return std::optional<std::string>();
    ended_ = count == 0;
    buffer_.append(bytes.data(), count);
  }
}

}  // namespace tercet::client
