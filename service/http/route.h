// Path templates of google.api.http, as our protos write them:
//
//   /v1/{name=memories/*/units/*}:archive
//
// Each `*` stands for one path segment.
#ifndef TERCET_SERVICE_HTTP_ROUTE_H_
#define TERCET_SERVICE_HTTP_ROUTE_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/http/url.h"

namespace tercet::http {

// Immutable; thread-safe.
class PathTemplate {
 public:
  // REQUIRES: `text` is a template as above, with at most one variable.
  explicit PathTemplate(std::string_view text);

  // The variable with its value (decoded), when the encoded path matches; no
  // variable gives an empty list.
  std::optional<Parameters> Match(std::string_view path) const;

  // `memory.name` of `{memory.name=memories/*}`; empty when there is none.
  const std::string& variable() const { return variable_; }
  // The template for OpenAPI: one name a star, e.g.
  // `/v1/memories/{memory}/units/{unit}`.
  const std::string& openapi_path() const { return openapi_path_; }
  const std::vector<std::string>& openapi_parameters() const {
    return openapi_parameters_;
  }

 private:
  std::vector<std::string> segments_;  // `*` or what must stand there.
  std::string verb_;                   // Behind the colon; may be empty.
  std::string variable_;
  size_t variable_begin_ = 0;  // Segments of the variable.
  size_t variable_end_ = 0;
  std::string openapi_path_;
  std::vector<std::string> openapi_parameters_;
};

}  // namespace tercet::http

#endif  // TERCET_SERVICE_HTTP_ROUTE_H_
