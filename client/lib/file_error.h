// Errors of files on the client's own machine, as Status.
#ifndef TERCET_CLIENT_LIB_FILE_ERROR_H_
#define TERCET_CLIENT_LIB_FILE_ERROR_H_

#include <string_view>

#include "service/base/status.h"

namespace tercet::client {

// The reasons of the errors below.
inline constexpr char kFileUnreadable[] = "FILE_UNREADABLE";
inline constexpr char kFileUnwritable[] = "FILE_UNWRITABLE";

// Reading or writing `path` failed with `error_number` (errno). The code says
// what kind of failure, the reason which direction.
Status Unreadable(std::string_view path, int error_number);
Status Unwritable(std::string_view path, int error_number);

}  // namespace tercet::client

#endif  // TERCET_CLIENT_LIB_FILE_ERROR_H_
