#include "service/http/url.h"

#include <algorithm>
#include <utility>

namespace tercet::http {
namespace {

// The value of a hexadecimal digit, -1 for others.
int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string Decode(std::string_view text, bool plus_is_space) {
  std::string decoded;
  decoded.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      const int high = HexValue(text[i + 1]);
      const int low = HexValue(text[i + 2]);
      if (high >= 0 && low >= 0) {
        decoded.push_back(static_cast<char>(high * 16 + low));
        i += 2;
        continue;
      }
    }
    decoded.push_back(plus_is_space && text[i] == '+' ? ' ' : text[i]);
  }
  return decoded;
}

bool IsUnreserved(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
         (c >= 'A' && c <= 'Z') || c == '-' || c == '.' || c == '_' || c == '~';
}

}  // namespace

std::optional<std::string> FindParameter(const Parameters& parameters,
                                         std::string_view name) {
  const auto last = std::find_if(
      parameters.rbegin(), parameters.rend(),
      [name](const Parameter& parameter) { return parameter.name == name; });
  if (last == parameters.rend()) return std::nullopt;
  return last->value;
}

Target SplitTarget(std::string_view target) {
  if (!target.starts_with('/')) {
    // The absolute form, which proxies are sent.
    const size_t scheme = target.find("://");
    const size_t path =
        scheme == target.npos ? target.npos : target.find('/', scheme + 3);
    target = path == target.npos ? std::string_view("/") : target.substr(path);
  }
  target = target.substr(0, target.find('#'));
  const size_t query = target.find('?');
  if (query == target.npos) return {.path = target, .query = {}};
  return {.path = target.substr(0, query), .query = target.substr(query + 1)};
}

std::string DecodePath(std::string_view text) { return Decode(text, false); }

std::string DecodeForm(std::string_view text) { return Decode(text, true); }

Parameters ParseForm(std::string_view text) {
  Parameters parameters;
  while (!text.empty()) {
    const std::string_view pair = text.substr(0, text.find('&'));
    text.remove_prefix(pair.size() < text.size() ? pair.size() + 1
                                                 : text.size());
    if (pair.empty()) continue;
    const size_t equals = pair.find('=');
    parameters.push_back(
        {DecodeForm(pair.substr(0, equals)),
         equals == pair.npos ? "" : DecodeForm(pair.substr(equals + 1))});
  }
  return parameters;
}

std::string EncodePath(std::string_view text) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    if (IsUnreserved(c)) {
      encoded.push_back(c);
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded.push_back('%');
    encoded.push_back(kDigits[byte >> 4]);
    encoded.push_back(kDigits[byte & 15]);
  }
  return encoded;
}

}  // namespace tercet::http
