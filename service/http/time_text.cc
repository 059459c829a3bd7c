#include "service/http/time_text.h"

#include <ctime>

namespace tercet::http {
namespace {

std::string Format(int64_t seconds, const char* format) {
  const std::time_t time = seconds;
  std::tm parts{};
  gmtime_r(&time, &parts);
  char text[64];
  return {text, std::strftime(text, sizeof(text), format, &parts)};
}

}  // namespace

std::string SpacedTime(int64_t seconds) {
  return Format(seconds, "%Y-%m-%d %H:%M:%S");
}

std::string CompactTime(int64_t seconds) {
  return Format(seconds, "%Y%m%dT%H%M%SZ");
}

}  // namespace tercet::http
