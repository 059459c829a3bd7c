// The configuration file of tercetd: TOML, one key for each setting.
#ifndef TERCET_SERVICE_SERVER_CONFIG_FILE_H_
#define TERCET_SERVICE_SERVER_CONFIG_FILE_H_

#include <string>
#include <string_view>

#include "service/base/status.h"
#include "service/server/settings.h"

namespace tercet {

// Reads the settings in `content`. Fails with kInvalidArgument, reason
// CONFIG_INVALID, on what is not TOML, on unknown keys and on values of the
// wrong type; the message names `path` and the line.
StatusOr<SettingValues> ParseConfigFile(std::string_view content,
                                        const std::string& path);

// As above for the file at `path`; fails also when it cannot be read.
StatusOr<SettingValues> ReadConfigFile(const std::string& path);

// `text` as a string in TOML, with its quotes.
std::string QuoteToml(std::string_view text);

}  // namespace tercet

#endif  // TERCET_SERVICE_SERVER_CONFIG_FILE_H_
