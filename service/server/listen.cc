#include "service/server/listen.h"

#include <netdb.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>
#include <string_view>

#include "fmt/format.h"

namespace tercet {
namespace {

constexpr std::string_view kUnixPrefix = "unix:";

// Closes at the end of the scope.
class Socket {
 public:
  explicit Socket(int family)
      : descriptor_(socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0)) {}
  ~Socket() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  int descriptor() const { return descriptor_; }

 private:
  const int descriptor_;
};

// The path of a `unix:` address (`unix:PATH`, `unix:///PATH`).
std::optional<std::string> UnixPath(std::string_view address) {
  if (!address.starts_with(kUnixPrefix)) return std::nullopt;
  address.remove_prefix(kUnixPrefix.size());
  if (address.starts_with("//")) address.remove_prefix(2);
  return std::string(address);
}

// Whether somebody answers at a Unix socket.
bool SomebodyListens(const std::string& path) {
  sockaddr_un name = {};
  name.sun_family = AF_UNIX;
  if (path.size() >= sizeof(name.sun_path)) return false;
  std::memcpy(name.sun_path, path.data(), path.size());
  const Socket socket(AF_UNIX);
  return connect(socket.descriptor(), reinterpret_cast<sockaddr*>(&name),
                 sizeof(name)) == 0;
}

Status MakeListenError(const std::string& address, std::string_view why) {
  return MakeError(
      StatusCode::kUnavailable,
      fmt::format("cannot listen on {}: {}; stop the program that uses it, or "
                  "choose another address with --listen",
                  address, why),
      {.reason = "LISTEN_FAILED", .metadata = {{"listen", address}}});
}

// What the system says to `HOST:PORT`.
std::string WhyNot(const std::string& address) {
  const size_t colon = address.rfind(':');
  if (colon == address.npos) return "it is not of the form HOST:PORT";
  std::string host = address.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) {
    host = host.substr(1, host.size() - 2);
  }
  const std::string port = address.substr(colon + 1);
  addrinfo hints = {};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE;
  addrinfo* found = nullptr;
  if (const int error = getaddrinfo(host.c_str(), port.c_str(), &hints, &found);
      error != 0) {
    return gai_strerror(error);
  }
  const Socket socket(found->ai_family);
  const int on = 1;
  setsockopt(socket.descriptor(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  const bool bound =
      bind(socket.descriptor(), found->ai_addr, found->ai_addrlen) == 0 &&
      listen(socket.descriptor(), 1) == 0;
  const int error = errno;
  freeaddrinfo(found);
  return bound ? "gRPC could not bind it" : std::strerror(error);
}

}  // namespace

Status CheckSocketFree(const std::string& address) {
  const std::optional<std::string> path = UnixPath(address);
  if (!path.has_value() || !SomebodyListens(*path)) return OkStatus();
  return MakeListenError(address, "Address already in use");
}

Status ListenError(const std::string& address) {
  if (UnixPath(address).has_value()) {
    return MakeListenError(address, "the socket cannot be made there");
  }
  return MakeListenError(address, WhyNot(address));
}

}  // namespace tercet
