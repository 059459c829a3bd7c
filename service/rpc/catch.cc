#include "service/rpc/catch.h"

#include <exception>

#include "fmt/format.h"

namespace tercet {
namespace {

Status Unexpected(std::string_view name, std::string_view what) {
  return MakeError(StatusCode::kInternal,
                   fmt::format("{} failed unexpectedly: {}", name, what),
                   {.reason = "INTERNAL"});
}

}  // namespace

Status CatchExceptions(std::string_view name,
                       const std::function<Status()>& body) {
  try {
    return body();
  } catch (const std::exception& error) {
    return Unexpected(name, error.what());
  } catch (...) {
    return Unexpected(name, "an exception of unknown type");
  }
}

}  // namespace tercet
