// The program `tercet`.
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "client/cli/embedded.h"
#include "client/cli/environment.h"
#include "client/cli/run.h"
#include "client/lib/client.h"

namespace tercet::cli {
namespace {

// Wide enough for whole lines where nobody looks at columns.
constexpr int kNoWrapping = 1 << 20;
constexpr int kMinColumns = 20;

int ColumnsOf(int descriptor, int otherwise) {
  winsize size = {};
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col < kMinColumns) {
    return otherwise;
  }
  return size.ws_col;
}

std::optional<std::string> ReadVariable(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  if (value == nullptr) return std::nullopt;
  return value;
}

Environment ProcessEnvironment() {
  Environment environment;
  environment.in = STDIN_FILENO;
  environment.in_is_terminal = isatty(STDIN_FILENO) != 0;
  environment.out_is_terminal = isatty(STDOUT_FILENO) != 0;
  environment.err_is_terminal = isatty(STDERR_FILENO) != 0;
  environment.out_width =
      ColumnsOf(STDOUT_FILENO, environment.out_is_terminal ? 80 : kNoWrapping);
  environment.err_width = ColumnsOf(STDERR_FILENO, 80);
  environment.variable = ReadVariable;
  environment.connect = client::OpenChannel;
  environment.start_service = StartEmbedded;
  return environment;
}

}  // namespace
}  // namespace tercet::cli

int main(int argc, char** argv) {
  tercet::cli::Environment environment = tercet::cli::ProcessEnvironment();
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  return static_cast<int>(tercet::cli::Run(arguments, environment));
}
