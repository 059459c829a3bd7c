// Numbers as people read them.
#ifndef TERCET_CLIENT_CLI_OUTPUT_HUMAN_H_
#define TERCET_CLIENT_CLI_OUTPUT_HUMAN_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace tercet::cli {

// `1,234,567`.
std::string FormatCount(int64_t count);

// `1 unit`, `2,000 units`.
std::string FormatCounted(int64_t count, std::string_view noun);

// `17 B`, `1.2 MiB`: three digits at most and binary units.
std::string FormatBytes(int64_t bytes);

// `0:07`, `12:34`, `1:02:03`, `3 d 4 h`. REQUIRES: seconds >= 0.
std::string FormatDuration(int64_t seconds);

// The whole percent that `part` is of `whole`, rounded down, 0 to 100; 0 when
// `whole` is not known (0).
int PercentOf(int64_t part, int64_t whole);

}  // namespace tercet::cli

#endif  // TERCET_CLIENT_CLI_OUTPUT_HUMAN_H_
