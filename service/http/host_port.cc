#include "service/http/host_port.h"

namespace tercet::http {

HostPort SplitHostPort(std::string_view text) {
  const size_t colon = text.rfind(':');
  if (colon == text.npos) return {.host = std::string(text), .port = ""};
  std::string_view host = text.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) {
    host = host.substr(1, host.size() - 2);
  }
  return {.host = std::string(host),
          .port = std::string(text.substr(colon + 1))};
}

}  // namespace tercet::http
