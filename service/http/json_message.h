// JSON and query strings to messages and back, by description alone.
#ifndef TERCET_SERVICE_HTTP_JSON_MESSAGE_H_
#define TERCET_SERVICE_HTTP_JSON_MESSAGE_H_

#include <string>
#include <string_view>

#include "google/protobuf/message.h"
#include "service/base/status.h"
#include "service/http/url.h"

namespace tercet::http {

// The proto3 JSON of a message, on one line, fields in lowerCamelCase.
std::string ToJson(const google::protobuf::Message& message);

// Reads proto3 JSON into `message`. Fails with kInvalidArgument, reason
// HTTP_JSON_INVALID, on what is no JSON or no such message, unknown fields
// included.
Status FromJson(std::string_view json, google::protobuf::Message& message);

// Sets the field that `name` leads to (`memory.displayName`, or with
// underscores), as JSON would read `value`; repeated fields grow. Fails with
// kInvalidArgument, reason INVALID_FIELDS, for a field that there is not.
Status SetField(const Parameter& parameter, google::protobuf::Message& message);

// The submessage `name`, which is made. REQUIRES: there is such a field.
google::protobuf::Message& Submessage(std::string_view name,
                                      google::protobuf::Message& message);

}  // namespace tercet::http

#endif  // TERCET_SERVICE_HTTP_JSON_MESSAGE_H_
