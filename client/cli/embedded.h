// The service inside this process, for `tercet --data DIR`. The only place of
// the client that knows the server's code.
#ifndef TERCET_CLIENT_CLI_EMBEDDED_H_
#define TERCET_CLIENT_CLI_EMBEDDED_H_

#include <memory>
#include <string>

#include "client/cli/environment.h"
#include "service/base/status.h"

namespace tercet::cli {

// Opens the data directory, creating it where there is none, and serves it to
// this process alone; no directory means one that is empty and goes with the
// service. Fails as tercetd would, e.g. when the directory is in
// use.
StatusOr<std::unique_ptr<EmbeddedService>> StartEmbedded(
    const std::string& data_directory);

}  // namespace tercet::cli

#endif  // TERCET_CLIENT_CLI_EMBEDDED_H_
