// One run of a command: its settings, its output, its connection.
#ifndef TERCET_CLIENT_CLI_SESSION_H_
#define TERCET_CLIENT_CLI_SESSION_H_

#include <memory>
#include <string>
#include <string_view>

#include "client/cli/environment.h"
#include "client/cli/output/progress.h"
#include "client/cli/output/styled_text.h"
#include "client/cli/settings.h"
#include "client/lib/client.h"
#include "nlohmann/json.hpp"
#include "service/base/status.h"

namespace tercet::cli {

// Not thread-safe.
class Session {
 public:
  // `environment` must outlive the session.
  Session(Environment& environment, Settings settings);

  // The service to talk to. The first call opens the channel, or starts the
  // service over the data directory; it fails with kUnavailable when that
  // cannot be done. Valid as long as the session.
  StatusOr<client::Client*> Connect();

  // The service in this process, without any memories: for work that needs
  // none. Fails and lives as above; not to be mixed with Connect.
  StatusOr<client::Client*> ConnectHere();

  const Environment& environment() const { return environment_; }
  const Settings& settings() const { return settings_; }

  // Writes to standard output.
  void Print(std::string_view text);
  // One line of styled text; colours as the settings say.
  void PrintLine(const StyledText& line);
  // One line of JSON, at once, for who reads the other end of a pipe.
  void PrintJson(const nlohmann::ordered_json& json);

  // Writes a line to standard error: `tercet: TEXT`, or the JSON of an error.
  void PrintError(const Status& error);
  // Writes a line to standard error.
  void PrintNote(std::string_view line);

  // A meter on standard error that suits it: a bar on a terminal, lines
  // elsewhere if `verbose`, nothing else.
  ProgressMeter MakeMeter(std::string label, bool verbose);

 private:
  Status StartService(const std::string& data);
  void OpenClient(std::shared_ptr<grpc::Channel> channel);

  Environment& environment_;
  const Settings settings_;
  // In the order of their making: the client goes before the service.
  std::unique_ptr<EmbeddedService> service_;
  std::unique_ptr<client::Client> client_;
};

}  // namespace tercet::cli

#endif  // TERCET_CLIENT_CLI_SESSION_H_
