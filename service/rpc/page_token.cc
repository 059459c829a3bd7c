#include "service/rpc/page_token.h"

#include <cstdint>

namespace tercet {
namespace {

constexpr std::string_view kDigits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

}  // namespace

std::string EncodePageToken(std::string_view bytes) {
  std::string token;
  uint32_t buffer = 0;
  int bits = 0;
  for (unsigned char byte : bytes) {
    buffer = (buffer << 8 | byte) & 0xFFFF;
    for (bits += 8; bits >= 6; bits -= 6) {
      token += kDigits[buffer >> (bits - 6) & 63];
    }
  }
  if (bits > 0) token += kDigits[buffer << (6 - bits) & 63];
  return token;
}

std::optional<std::string> DecodePageToken(std::string_view token) {
  std::string bytes;
  uint32_t buffer = 0;
  int bits = 0;
  for (char digit : token) {
    const size_t value = kDigits.find(digit);
    if (value == kDigits.npos) return std::nullopt;
    buffer = (buffer << 6 | static_cast<uint32_t>(value)) & 0xFFFF;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>(buffer >> bits & 0xFF);
  }
  // Of many spellings of the same bytes only one is ours.
  if (EncodePageToken(bytes) != token) return std::nullopt;
  return bytes;
}

}  // namespace tercet
