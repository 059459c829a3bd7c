// The dates of exchange files, in UTC, as microseconds since 1970.
#ifndef TERCET_SERVICE_FORMATS_DATE_H_
#define TERCET_SERVICE_FORMATS_DATE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tercet {

// Parses the basic and the extended form of ISO 8601: `20261123T091537Z`,
// `2026-11-23T09:15:37.25+01:00`, `2026-11-23 09:15`, `20261123`. No zone means
// UTC. Nullopt for anything else and for days that do not exist.
std::optional<int64_t> ParseDate(std::string_view text);

// `20261123T091537Z`, the only form TMX knows: whole seconds, rounded down.
// Nullopt outside of the years 1 to 9999, as below.
std::optional<std::string> FormatTmxDate(int64_t micros);

// `2026-11-23T09:15:37.250000Z`; the fraction only where it is not zero.
std::optional<std::string> FormatIsoDate(int64_t micros);

}  // namespace tercet

#endif  // TERCET_SERVICE_FORMATS_DATE_H_
