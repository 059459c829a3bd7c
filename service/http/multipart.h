// `multipart/form-data` (RFC 7578), read piece by piece: small fields are kept,
// the file is handed on.
#ifndef TERCET_SERVICE_HTTP_MULTIPART_H_
#define TERCET_SERVICE_HTTP_MULTIPART_H_

#include <functional>
#include <string>
#include <string_view>

#include "service/base/status.h"
#include "service/http/url.h"

namespace tercet::http {

class MultipartReader {
 public:
  // Is given the bytes of the part that has a file name, in order. `fields`
  // are those that came before it.
  using FileSink =
      std::function<Status(std::string_view bytes, const Parameters& fields)>;

  // `content_type` is the request's. An error of the sink ends the reading.
  MultipartReader(std::string_view content_type, FileSink sink);

  // Fails with kInvalidArgument, reason HTTP_MULTIPART_INVALID, on what is no
  // such body, or when fields take more than 1 MiB.
  Status Add(std::string_view bytes);
  // Fails likewise when the last part has not ended.
  Status Finish() const;

  // The fields so far, all but the file.
  const Parameters& fields() const { return fields_; }
  bool has_file() const { return has_file_; }

 private:
  enum class State : unsigned char { kPreamble, kHead, kBody, kEnd };

  Status Step(bool* moved);
  Status ReadHead(std::string_view head);
  Status TakeBody(std::string_view bytes);

  const FileSink sink_;
  std::string delimiter_;  // `\r\n--BOUNDARY`; empty when there is none.
  std::string pending_;    // Not yet understood.
  State state_ = State::kPreamble;
  Parameters fields_;
  size_t field_bytes_ = 0;
  bool in_file_ = false;
  bool has_file_ = false;
};

}  // namespace tercet::http

#endif  // TERCET_SERVICE_HTTP_MULTIPART_H_
