// `HOST:PORT`, where the host may be `[::1]`.
#ifndef TERCET_SERVICE_HTTP_HOST_PORT_H_
#define TERCET_SERVICE_HTTP_HOST_PORT_H_

#include <string>
#include <string_view>

namespace tercet::http {

struct HostPort {
  std::string host;  // Without brackets.
  std::string port;  // Empty when there is no colon.
};

HostPort SplitHostPort(std::string_view text);

}  // namespace tercet::http

#endif  // TERCET_SERVICE_HTTP_HOST_PORT_H_
