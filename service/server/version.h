// The version of Tercet, from CMake.
#ifndef TERCET_SERVICE_SERVER_VERSION_H_
#define TERCET_SERVICE_SERVER_VERSION_H_

#include <string_view>

namespace tercet {

// E.g. `0.1.0`.
std::string_view Version();

}  // namespace tercet

#endif  // TERCET_SERVICE_SERVER_VERSION_H_
