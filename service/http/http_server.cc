#include "service/http/http_server.h"

#include <sys/resource.h>

#include <boost/asio.hpp>
#include <chrono>
#include <thread>
#include <utility>

#include "fmt/format.h"
#include "service/http/host_port.h"
#include "service/http/http_connection.h"
#include "service/http/http_stream.h"

namespace tercet::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using tcp = asio::ip::tcp;

// Between two attempts to accept, when the process is out of descriptors.
constexpr auto kAcceptPause = std::chrono::milliseconds(50);

// Connections cost a descriptor each: take as many as the system grants.
void RaiseDescriptorLimit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

class Server::Impl {
 public:
  Impl(Handler& handler, const ServerOptions& options)
      : state_(handler, options),
        acceptor_(state_.io),
        accept_pause_(state_.io),
        sweep_(state_.io),
        work_(asio::make_work_guard(state_.io)) {}

  ~Impl() {
    try {
      Stop(0);
    } catch (...) {  // Nobody is left to be told.
    }
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  Status Listen();
  void Stop(int patience_seconds);
  int port() const { return port_; }

 private:
  void Accept();
  // Ends, once a second, what has been idle or silent for too long.
  void Sweep();

  ServerState state_;
  tcp::acceptor acceptor_;
  asio::steady_timer accept_pause_;
  asio::steady_timer sweep_;
  asio::executor_work_guard<asio::io_context::executor_type> work_;
  int port_ = 0;
  std::thread io_thread_;
};

Status Server::Impl::Listen() {
  RaiseDescriptorLimit();
  const HostPort address = SplitHostPort(state_.options.listen);
  error_code error;
  const auto found = tcp::resolver(state_.io).resolve(
      address.host, address.port, tcp::resolver::passive, error);
  const auto fail = [&] {
    return MakeError(
        StatusCode::kUnavailable,
        fmt::format("cannot listen on {}: {}; stop the program that uses it, "
                    "or choose another address with --http-listen",
                    state_.options.listen, error.message()),
        {.reason = "LISTEN_FAILED",
         .metadata = {{"listen", state_.options.listen}}});
  };
  if (error) return fail();
  const tcp::endpoint endpoint = found.begin()->endpoint();
  acceptor_.open(endpoint.protocol(), error);
  if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor_.bind(endpoint, error);
  if (!error)
    acceptor_.listen(asio::socket_base::max_listen_connections, error);
  if (error) return fail();
  port_ = acceptor_.local_endpoint().port();
  Accept();
  Sweep();
  io_thread_ = std::thread([this] { state_.io.run(); });
  return OkStatus();
}

void Server::Impl::Accept() {
  acceptor_.async_accept([this](const error_code& error, tcp::socket socket) {
    if (state_.stopping || error == asio::error::operation_aborted) return;
    if (error) {  // Out of descriptors, or the client was quick to go.
      accept_pause_.expires_after(kAcceptPause);
      accept_pause_.async_wait([this](const error_code& stopped) {
        if (!stopped) Accept();
      });
      return;
    }
    if (state_.connections.size() < state_.options.max_connections) {
      std::make_shared<Connection>(state_, std::move(socket))->AwaitRequest();
    }
    Accept();
  });
}

void Server::Impl::Sweep() {
  sweep_.expires_after(std::chrono::seconds(1));
  sweep_.async_wait([this](const error_code& stopped) {
    if (stopped || state_.stopping) return;
    const auto since = std::chrono::steady_clock::now() -
                       std::chrono::seconds(state_.options.idle_seconds);
    for (Connection* const connection : state_.connections) {
      connection->CloseIfIdleSince(since);
    }
    SweepStreams(state_);
    Sweep();
  });
}

void Server::Impl::Stop(int patience_seconds) {
  if (!io_thread_.joinable()) return;
  state_.stopping = true;
  asio::post(state_.io, [this] {
    error_code ignored;
    acceptor_.close(ignored);
    accept_pause_.cancel();
    sweep_.cancel();
    for (Connection* const connection : state_.connections) {
      connection->CloseIfIdleSince(std::chrono::steady_clock::now());
    }
  });
  const auto end =
      std::chrono::steady_clock::now() + std::chrono::seconds(patience_seconds);
  while (state_.busy > 0 && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  // Those that still run see their connection closed, and end.
  asio::post(state_.io, [this] {
    for (Connection* const connection : state_.connections) connection->Close();
  });
  state_.workers.join();
  state_.stream_workers.join();
  work_.reset();
  io_thread_.join();
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Server::~Server() = default;

int Server::port() const { return impl_->port(); }

void Server::Stop(int patience_seconds) { impl_->Stop(patience_seconds); }

StatusOr<std::unique_ptr<Server>> Server::Start(Handler& handler,
                                                const ServerOptions& options) {
  auto impl = std::make_unique<Impl>(handler, options);
  RETURN_IF_ERROR(impl->Listen());
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

}  // namespace tercet::http
