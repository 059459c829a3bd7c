// All that the program touches outside itself, so that tests can give it
// something else.
#ifndef TERCET_CLIENT_CLI_ENVIRONMENT_H_
#define TERCET_CLIENT_CLI_ENVIRONMENT_H_

#include <grpcpp/channel.h>

#include <cstdio>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "client/lib/retry.h"
#include "service/base/clock.h"
#include "service/base/status.h"

namespace tercet::cli {

// The service, running in this process. Stops when it is destroyed; channels
// to it must be gone by then.
class EmbeddedService {
 public:
  virtual ~EmbeddedService() = default;
  // shared_ptr as gRPC gives it.
  virtual std::shared_ptr<grpc::Channel> Channel() = 0;
};

struct Environment {
  int in = 0;  // A file descriptor.
  std::FILE* out = stdout;
  std::FILE* err = stderr;
  bool in_is_terminal = false;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  // Columns to fit output into; very many where it is not a terminal, so that
  // other programs get whole lines.
  int out_width = 80;
  int err_width = 80;

  // A variable of the process environment; nullopt when it is not set.
  std::function<std::optional<std::string>(const std::string& name)> variable;
  // Opens a channel to a server's address.
  std::function<std::shared_ptr<grpc::Channel>(const std::string& address)>
      connect;
  // Starts the service over a data directory, in this process; over an empty
  // one that is removed again where none is given.
  std::function<StatusOr<std::unique_ptr<EmbeddedService>>(
      const std::string& data_directory)>
      start_service;
  const Clock* clock = &SystemClock();
  client::Sleeper sleep = client::RealSleeper();
};

// Writes `text`. A failure is seen at the end, by ferror.
void Put(std::FILE* stream, std::string_view text);

}  // namespace tercet::cli

#endif  // TERCET_CLIENT_CLI_ENVIRONMENT_H_
