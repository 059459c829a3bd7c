// An OpenAPI 3.0 description of the JSON API, generated from the protos and
// their comments.
#ifndef TERCET_SERVICE_HTTP_OPENAPI_H_
#define TERCET_SERVICE_HTTP_OPENAPI_H_

#include <string>
#include <string_view>

namespace tercet::http {

std::string OpenApiJson(std::string_view version);

}  // namespace tercet::http

#endif  // TERCET_SERVICE_HTTP_OPENAPI_H_
