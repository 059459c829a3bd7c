// Text from outside is checked before it is put on gRPC, which would fail with
// INTERNAL, in its own words, where it is no UTF-8.
#ifndef TERCET_SERVICE_HTTP_UTF8_CHECK_H_
#define TERCET_SERVICE_HTTP_UTF8_CHECK_H_

#include "google/protobuf/message.h"
#include "service/base/status.h"

namespace tercet::http {

// Fails with kInvalidArgument, reason FIELDS_INVALID, naming every string field
// of the message, at whatever depth, that is not valid UTF-8.
Status CheckUtf8(const google::protobuf::Message& message);

}  // namespace tercet::http

#endif  // TERCET_SERVICE_HTTP_UTF8_CHECK_H_
