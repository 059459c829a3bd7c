// Texts of bounded length for messages to people.
#ifndef TERCET_SERVICE_RPC_SHORTEN_H_
#define TERCET_SERVICE_RPC_SHORTEN_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace tercet {

// `text` if it is valid UTF-8 of at most `max_bytes`; else as much of its
// beginning as is, and "...". Always valid UTF-8, as protobuf demands.
std::string Shorten(std::string_view text, size_t max_bytes);

}  // namespace tercet

#endif  // TERCET_SERVICE_RPC_SHORTEN_H_
