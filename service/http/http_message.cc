#include "service/http/http_message.h"

#include <algorithm>
#include <utility>

namespace tercet::http {
namespace {

char ToLower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

bool SameFieldName(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, ToLower, ToLower);
}

std::string_view Request::FieldValue(std::string_view name) const {
  for (const Field& field : fields) {
    if (SameFieldName(field.name, name)) return field.value;
  }
  return {};
}

Response MakeResponse(int status, std::string_view content_type,
                      std::string body) {
  return {.status = status,
          .fields = {{"Content-Type", std::string(content_type)}},
          .body = std::move(body)};
}

}  // namespace tercet::http
