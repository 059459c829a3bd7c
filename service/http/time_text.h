// Times as the tools' protocols write them, in UTC.
#ifndef TERCET_SERVICE_HTTP_TIME_TEXT_H_
#define TERCET_SERVICE_HTTP_TIME_TEXT_H_

#include <cstdint>
#include <string>

namespace tercet::http {

// `2026-11-20 10:00:00`. Seconds since 1970.
std::string SpacedTime(int64_t seconds);

// `20261120T100000Z`.
std::string CompactTime(int64_t seconds);

}  // namespace tercet::http

#endif  // TERCET_SERVICE_HTTP_TIME_TEXT_H_
