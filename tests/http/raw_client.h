// A client that knows nothing of HTTP: bytes over a socket, on loopback.
#ifndef TERCET_TESTS_HTTP_RAW_CLIENT_H_
#define TERCET_TESTS_HTTP_RAW_CLIENT_H_

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace tercet::http {

class RawClient {
 public:
  explicit RawClient(int port) : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval patience{.tv_sec = 20, .tv_usec = 0};
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
    connected_ = connect(socket_, reinterpret_cast<sockaddr*>(&address),
                         sizeof(address)) == 0;
  }
  ~RawClient() { close(socket_); }
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  bool connected() const { return connected_; }
  // Whether the server has ended the connection; false where it is just silent.
  bool ended() const { return ended_; }

  // False when the server does not take all of it.
  bool Send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = Anew([&] {
        return send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      });
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<size_t>(sent));
    }
    return true;
  }
  // Lets the destructor close with a reset, whatever is under way.
  void BreakAtEnd() {
    const linger at_once{.l_onoff = 1, .l_linger = 0};
    setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
  }
  void EndSending() { shutdown(socket_, SHUT_WR); }

  // Until `end` is there, or the connection is closed.
  std::string ReadUntil(std::string_view end) {
    while (read_.find(end) == read_.npos || end.empty()) {
      if (!Receive()) break;
    }
    return std::exchange(read_, {});
  }
  std::string ReadAll() { return ReadUntil(""); }
  // One answer, which has a Content-Length.
  std::string ReadAnswer() {
    static constexpr std::string_view kLength = "Content-Length: ";
    std::string answer = ReadUntil("\r\n\r\n");
    const size_t head = answer.find("\r\n\r\n");
    const size_t length = answer.find(kLength);
    if (length >= head) return answer;
    const size_t size =
        head + 4 + std::stoul(answer.substr(length + kLength.size()));
    while (answer.size() < size && Receive()) {
      answer += std::exchange(read_, {});
    }
    return answer;
  }

 private:
  // As often as a signal interrupts it: libFuzzer sends some.
  template <typename Call>
  static ssize_t Anew(Call call) {
    ssize_t result = call();
    while (result < 0 && errno == EINTR) result = call();
    return result;
  }

  bool Receive() {
    char buffer[4096];
    const ssize_t got =
        Anew([&] { return recv(socket_, buffer, sizeof(buffer), 0); });
    if (got > 0) read_.append(buffer, static_cast<size_t>(got));
    ended_ = got == 0 || (got < 0 && errno == ECONNRESET);
    return got > 0;
  }

  int socket_;
  bool connected_ = false;
  bool ended_ = false;
  std::string read_;
};

}  // namespace tercet::http

#endif  // TERCET_TESTS_HTTP_RAW_CLIENT_H_
