#include "service/server/version.h"

namespace tercet {

std::string_view Version() { return TERCET_VERSION; }

}  // namespace tercet
