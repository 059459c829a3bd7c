// What the record codecs share. For this folder only.
#ifndef TERCET_SERVICE_STORE_RECORD_PARSE_H_
#define TERCET_SERVICE_STORE_RECORD_PARSE_H_

#include <string_view>

#include "fmt/format.h"
#include "service/base/status.h"

namespace tercet {

// The error of a value that no version of ours has written.
inline Status Damaged(std::string_view what, std::string_view why) {
  return MakeError(StatusCode::kDataLoss,
                   fmt::format("a stored {} is damaged: {}", what, why),
                   {.reason = "STORE_CORRUPT"});
}

// `Message` is one of tercet.storage.v1; `what` is for the error.
template <typename Message>
StatusOr<Message> ParseMessage(std::string_view what, std::string_view bytes) {
  Message message;
  if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return Damaged(what, "its bytes are no record");
  }
  return message;
}

}  // namespace tercet

#endif  // TERCET_SERVICE_STORE_RECORD_PARSE_H_
