// The whole program but for the process around it.
#ifndef TERCET_CLIENT_CLI_RUN_H_
#define TERCET_CLIENT_CLI_RUN_H_

#include <string>
#include <vector>

#include "client/cli/environment.h"
#include "client/cli/exit_code.h"

namespace tercet::cli {

// Does what the arguments say (without the program's name). All output has
// been written when it returns.
ExitCode Run(const std::vector<std::string>& arguments,
             Environment& environment);

}  // namespace tercet::cli

#endif  // TERCET_CLIENT_CLI_RUN_H_
