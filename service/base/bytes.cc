#include "service/base/bytes.h"

namespace tercet {
namespace {

template <typename Number>
void AppendBigEndian(std::string& out, Number value) {
  for (int shift = 8 * (sizeof(Number) - 1); shift >= 0; shift -= 8) {
    out.push_back(static_cast<char>(value >> shift & 0xFF));
  }
}

template <typename Number>
Number ParseBigEndian(std::string_view bytes) {
  Number value = 0;
  for (char byte : bytes) value = value << 8 | static_cast<uint8_t>(byte);
  return value;
}

}  // namespace

void AppendU32(std::string& out, uint32_t value) {
  AppendBigEndian(out, value);
}

void AppendU64(std::string& out, uint64_t value) {
  AppendBigEndian(out, value);
}

void AppendPrefixed(std::string& out, std::string_view value) {
  AppendU32(out, static_cast<uint32_t>(value.size()));
  out.append(value);
}

std::optional<std::string_view> ByteReader::Take(size_t count) {
  if (failed_ || count > rest_.size()) {
    failed_ = true;
    return std::nullopt;
  }
  std::string_view taken = rest_.substr(0, count);
  rest_.remove_prefix(count);
  return taken;
}

std::optional<uint8_t> ByteReader::ReadU8() {
  auto bytes = Take(1);
  if (!bytes) return std::nullopt;
  return static_cast<uint8_t>(bytes->front());
}

std::optional<uint32_t> ByteReader::ReadU32() {
  auto bytes = Take(sizeof(uint32_t));
  if (!bytes) return std::nullopt;
  return ParseBigEndian<uint32_t>(*bytes);
}

std::optional<uint64_t> ByteReader::ReadU64() {
  auto bytes = Take(sizeof(uint64_t));
  if (!bytes) return std::nullopt;
  return ParseBigEndian<uint64_t>(*bytes);
}

std::optional<std::string_view> ByteReader::ReadPrefixed() {
  auto size = ReadU32();
  if (!size) return std::nullopt;
  return Take(*size);
}

std::string ToHex(std::string_view bytes) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  hex.reserve(2 * bytes.size());
  for (char byte : bytes) {
    hex.push_back(kDigits[static_cast<uint8_t>(byte) >> 4]);
    hex.push_back(kDigits[byte & 0x0F]);
  }
  return hex;
}

}  // namespace tercet
