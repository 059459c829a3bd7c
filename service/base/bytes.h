// Bytes in and out of strings: big-endian numbers (which sort as numbers) and
// length-prefixed strings. A Reader never reads past the end.
#ifndef TERCET_SERVICE_BASE_BYTES_H_
#define TERCET_SERVICE_BASE_BYTES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tercet {

// Appends `value` in big-endian order, so that byte order is number order.
void AppendU32(std::string& out, uint32_t value);
void AppendU64(std::string& out, uint64_t value);

// Appends the length of `value` (u32) and `value`.
void AppendPrefixed(std::string& out, std::string_view value);

// Reads what the functions above wrote. After the first failure (not enough
// bytes) every call returns nullopt.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  std::optional<uint8_t> ReadU8();
  std::optional<uint32_t> ReadU32();
  std::optional<uint64_t> ReadU64();
  // A view into the bytes given to the constructor.
  std::optional<std::string_view> ReadPrefixed();

  // What has not been read.
  std::string_view rest() const { return rest_; }

 private:
  std::optional<std::string_view> Take(size_t count);

  std::string_view rest_;
  bool failed_ = false;
};

// Lower-case hexadecimal, two digits a byte.
std::string ToHex(std::string_view bytes);

}  // namespace tercet

#endif  // TERCET_SERVICE_BASE_BYTES_H_
