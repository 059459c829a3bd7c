// tercetd: serves a data directory until it is told to stop.
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "service/server/command_line.h"
#include "service/server/config.h"
#include "service/server/grpc_log.h"
#include "service/server/service.h"
#include "service/server/version.h"

namespace tercet {
namespace {

constexpr int kExitFailed = 1;
constexpr int kExitUsage = 2;

// The signals that end the server. Blocked before any thread begins, so that
// they come to sigwait alone and never interrupt anything.
sigset_t BlockStopSignals() {
  std::signal(SIGHUP, SIG_IGN);
  std::signal(SIGPIPE, SIG_IGN);
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

// A person who asks twice means it.
void ExitOnNextSignal(const sigset_t& signals) {
  std::thread([signals] {
    int signal = 0;
    sigwait(&signals, &signal);
    _exit(kExitFailed);
  }).detach();
}

int Fail(Logger& logger, const Status& status) {
  logger.Log(
      LogLevel::kError, "failed",
      {{"reason", GetDetails(status).reason}, {"message", MessageOf(status)}});
  return kExitFailed;
}

int Serve(const Config& config) {
  const sigset_t signals = BlockStopSignals();
  Logger logger(config.log);
  SendGrpcLogTo(logger);
  ServiceOptions options = config.service;
  options.logger = &logger;
  StatusOr<std::unique_ptr<Service>> service = Service::Start(options);
  if (!service.ok()) return Fail(logger, service.status());
  logger.Log(LogLevel::kInfo, "listening",
             {{"address", options.listen},
              {"port", int64_t{(*service)->port()}},
              {"http_port", int64_t{(*service)->http_port()}},
              {"version", Version()}});
  int signal = 0;
  sigwait(&signals, &signal);
  logger.Log(LogLevel::kInfo, "signal", {{"number", int64_t{signal}}});
  ExitOnNextSignal(signals);
  (*service)->Drain();
  logger.Log(LogLevel::kInfo, "stopped", {});
  return EXIT_SUCCESS;
}

int PrintAndExit(const std::string& text) {
  fmt::print("{}", text);
  return EXIT_SUCCESS;
}

int UsageFailed(const Status& status) {
  fmt::print(stderr, "tercetd: {}\n", MessageOf(status));
  return kExitUsage;
}

int Main(std::vector<std::string> arguments) {
  const StatusOr<CommandLine> command_line =
      ParseCommandLine(std::move(arguments));
  if (!command_line.ok()) return UsageFailed(command_line.status());
  if (command_line->action == CommandLine::Action::kHelp) {
    return PrintAndExit(HelpText());
  }
  if (command_line->action == CommandLine::Action::kVersion) {
    return PrintAndExit(fmt::format("tercetd {}\n", Version()));
  }
  const StatusOr<SettingValues> values =
      CollectSettings(*command_line, {.environment = ProcessEnvironment});
  if (!values.ok()) return UsageFailed(values.status());
  const StatusOr<Config> config = ParseConfig(*values);
  if (!config.ok()) return UsageFailed(config.status());
  if (command_line->action == CommandLine::Action::kPrintConfig) {
    return PrintAndExit(PrintConfig(*values));
  }
  return Serve(*config);
}

}  // namespace
}  // namespace tercet

int main(int argc, char** argv) {
  return tercet::Main({argv + 1, argv + argc});
}
