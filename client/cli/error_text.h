// Errors as the program prints them.
#ifndef TERCET_CLIENT_CLI_ERROR_TEXT_H_
#define TERCET_CLIENT_CLI_ERROR_TEXT_H_

#include <string>

#include "client/cli/settings.h"
#include "nlohmann/json.hpp"
#include "service/base/status.h"

namespace tercet::cli {

// What went wrong and what to do next, in lines without a last line end: the
// message, then every wrong field, then advice where there is some.
std::string ErrorText(const Status& error, const Settings& settings);

// The same for scripts: {"error": {"code", "reason", "message", ...}}.
nlohmann::ordered_json ErrorJson(const Status& error, const Settings& settings);

}  // namespace tercet::cli

#endif  // TERCET_CLIENT_CLI_ERROR_TEXT_H_
