// HTTP requests and responses as plain values.
#ifndef TERCET_SERVICE_HTTP_HTTP_MESSAGE_H_
#define TERCET_SERVICE_HTTP_HTTP_MESSAGE_H_

#include <string>
#include <string_view>
#include <vector>

namespace tercet::http {

// A header field.
struct Field {
  std::string name;
  std::string value;

  friend bool operator==(const Field&, const Field&) = default;
};

struct Request {
  std::string method;  // Upper case, e.g. `GET`.
  std::string target;  // Path and query as they were sent, still encoded.
  std::vector<Field> fields;
  std::string body;  // Empty when it is streamed.

  // The first field of that name, whatever its case; empty when there is none.
  std::string_view FieldValue(std::string_view name) const;
};

struct Response {
  int status = 200;
  std::vector<Field> fields;
  std::string body;
};

// Whether two names of header fields are the same (ASCII case aside).
bool SameFieldName(std::string_view a, std::string_view b);

// A response with a body of that content type.
Response MakeResponse(int status, std::string_view content_type,
                      std::string body);

inline constexpr std::string_view kJsonType = "application/json; charset=utf-8";

}  // namespace tercet::http

#endif  // TERCET_SERVICE_HTTP_HTTP_MESSAGE_H_
