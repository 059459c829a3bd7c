// The edge that no exception crosses: libraries below us may throw, we do not.
#ifndef TERCET_SERVICE_RPC_CATCH_H_
#define TERCET_SERVICE_RPC_CATCH_H_

#include <functional>
#include <string_view>

#include "service/base/status.h"

namespace tercet {

// What `body` returns; kInternal, reason INTERNAL, where it throws. `name` says
// in the message what failed.
Status CatchExceptions(std::string_view name,
                       const std::function<Status()>& body);

}  // namespace tercet

#endif  // TERCET_SERVICE_RPC_CATCH_H_
