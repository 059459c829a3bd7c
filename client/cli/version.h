// The version of this program, from CMake.
#ifndef TERCET_CLIENT_CLI_VERSION_H_
#define TERCET_CLIENT_CLI_VERSION_H_

namespace tercet::cli {

inline constexpr char kVersion[] = TERCET_VERSION;

}  // namespace tercet::cli

#endif  // TERCET_CLIENT_CLI_VERSION_H_
