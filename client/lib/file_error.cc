#include "client/lib/file_error.h"

#include <fmt/format.h>

#include <string>
#include <system_error>

namespace tercet::client {
namespace {

StatusCode CodeOfErrno(int error_number) {
  switch (error_number) {
    case ENOENT:
      return StatusCode::kNotFound;
    case EACCES:
    case EPERM:
    case EROFS:
      return StatusCode::kPermissionDenied;
    case ENOSPC:
    case EDQUOT:
      return StatusCode::kResourceExhausted;
    case EISDIR:
    case ENOTDIR:
      return StatusCode::kInvalidArgument;
    default:
      return StatusCode::kUnknown;
  }
}

Status FileError(std::string_view what, std::string_view path, int error_number,
                 std::string_view reason) {
  return MakeError(CodeOfErrno(error_number),
                   fmt::format("cannot {} '{}': {}", what, path,
                               std::generic_category().message(error_number)),
                   {.reason = std::string(reason),
                    .metadata = {{"path", std::string(path)}}});
}

}  // namespace

Status Unreadable(std::string_view path, int error_number) {
  return FileError("read", path, error_number, kFileUnreadable);
}

Status Unwritable(std::string_view path, int error_number) {
  return FileError("write", path, error_number, kFileUnwritable);
}

}  // namespace tercet::client
