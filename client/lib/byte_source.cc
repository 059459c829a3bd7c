#include "client/lib/byte_source.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "client/lib/file_error.h"

namespace tercet::client {
namespace {

// How soon a wait for input notices that nobody wants it any more.
constexpr int kStopPollMs = 100;

class DescriptorSource : public ByteSource {
 public:
  struct Input {
    int descriptor;
    bool owned;
    std::string name;
    int64_t total_bytes;
  };

  explicit DescriptorSource(Input input) : input_(std::move(input)) {}
  DescriptorSource(const DescriptorSource&) = delete;
  DescriptorSource& operator=(const DescriptorSource&) = delete;
  ~DescriptorSource() override {
    if (input_.owned) close(input_.descriptor);
  }

  StatusOr<size_t> Read(std::span<char> buffer,
                        const std::stop_token& stop) override {
    while (!stop.stop_requested()) {
      pollfd waiting = {.fd = input_.descriptor, .events = POLLIN};
      if (poll(&waiting, 1, kStopPollMs) == 0) continue;
      const ssize_t count =
          read(input_.descriptor, buffer.data(), buffer.size());
      if (count >= 0) return static_cast<size_t>(count);
      if (errno != EINTR && errno != EAGAIN) {
        return Unreadable(input_.name, errno);
      }
    }
    return 0;
  }

  int64_t total_bytes() const override { return input_.total_bytes; }

 private:
  Input input_;
};

class StringSource : public ByteSource {
 public:
  explicit StringSource(std::string_view bytes)
      : rest_(bytes), total_bytes_(static_cast<int64_t>(bytes.size())) {}

  StatusOr<size_t> Read(std::span<char> buffer,
                        const std::stop_token& stop) override {
    const size_t count = std::min(buffer.size(), rest_.size());
    std::copy_n(rest_.begin(), count, buffer.begin());
    rest_.remove_prefix(count);
    return count;
  }

  int64_t total_bytes() const override { return total_bytes_; }

 private:
  std::string_view rest_;
  int64_t total_bytes_;
};

}  // namespace

StatusOr<std::unique_ptr<ByteSource>> OpenFileSource(const std::string& path) {
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return Unreadable(path, errno);
  struct stat info = {};
  const bool known = fstat(descriptor, &info) == 0;
  auto source = std::make_unique<DescriptorSource>(DescriptorSource::Input{
      .descriptor = descriptor,
      .owned = true,
      .name = path,
      .total_bytes = known && S_ISREG(info.st_mode) ? info.st_size : 0});
  if (known && S_ISDIR(info.st_mode)) return Unreadable(path, EISDIR);
  return source;
}

std::unique_ptr<ByteSource> MakeDescriptorSource(int descriptor,
                                                 std::string name) {
  return std::make_unique<DescriptorSource>(
      DescriptorSource::Input{.descriptor = descriptor,
                              .owned = false,
                              .name = std::move(name),
                              .total_bytes = 0});
}

std::unique_ptr<ByteSource> MakeStringSource(std::string_view bytes) {
  return std::make_unique<StringSource>(bytes);
}

}  // namespace tercet::client
