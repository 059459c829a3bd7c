#include "service/http/multipart.h"

#include <algorithm>
#include <utility>

namespace tercet::http {
namespace {

constexpr size_t kMaxHeadBytes = 8 << 10;
// Two texts and two neighbours, as long as they may be.
constexpr size_t kMaxFieldBytes = 1 << 20;

Status Invalid(std::string_view what) {
  return MakeError(StatusCode::kInvalidArgument, what,
                   {.reason = "HTTP_MULTIPART_INVALID"});
}

// The value of `name="value"` or `name=value` in a header field; empty when
// there is none.
std::string Attribute(std::string_view field, std::string_view name) {
  const std::string wanted = std::string(name) + "=";
  size_t at = 0;
  while ((at = field.find(wanted, at)) != field.npos) {
    const bool whole = at == 0 || field[at - 1] == ' ' || field[at - 1] == ';';
    at += wanted.size();
    if (!whole) continue;
    std::string_view value = field.substr(at);
    if (value.starts_with('"')) {
      value.remove_prefix(1);
      return std::string(value.substr(0, value.find('"')));
    }
    return std::string(value.substr(0, value.find_first_of("; \r\n")));
  }
  return {};
}

}  // namespace

MultipartReader::MultipartReader(std::string_view content_type, FileSink sink)
    : sink_(std::move(sink)) {
  const std::string boundary = Attribute(content_type, "boundary");
  if (!boundary.empty()) delimiter_ = "\r\n--" + boundary;
  pending_ = "\r\n";  // So that the first delimiter looks like the others.
}

Status MultipartReader::Add(std::string_view bytes) {
  if (delimiter_.empty()) return Invalid("the content type has no boundary");
  pending_ += bytes;
  bool moved = true;
  while (moved) RETURN_IF_ERROR(Step(&moved));
  return OkStatus();
}

Status MultipartReader::Finish() const {
  return state_ == State::kEnd
             ? OkStatus()
             : Invalid("the last part of the body is missing");
}

// Understands the next thing in `pending_`; `*moved` is false when it takes
// more bytes.
Status MultipartReader::Step(bool* moved) {
  *moved = false;
  if (state_ == State::kEnd) {
    pending_.clear();
    return OkStatus();
  }
  if (state_ == State::kHead) {
    if (pending_.starts_with("--")) {
      state_ = State::kEnd;
      return OkStatus();
    }
    const size_t end = pending_.find("\r\n\r\n");
    if (end == pending_.npos) {
      return pending_.size() > kMaxHeadBytes
                 ? Invalid("the head of a part is too long")
                 : OkStatus();
    }
    RETURN_IF_ERROR(ReadHead(std::string_view(pending_).substr(0, end)));
    pending_.erase(0, end + 4);
    state_ = State::kBody;
    *moved = true;
    return OkStatus();
  }
  const size_t end = pending_.find(delimiter_);
  // What could be the beginning of a delimiter has to wait.
  const size_t sure = end != pending_.npos ? end
                      : pending_.size() < delimiter_.size()
                          ? 0
                          : pending_.size() - delimiter_.size() + 1;
  if (state_ == State::kBody) {
    RETURN_IF_ERROR(TakeBody(std::string_view(pending_).substr(0, sure)));
  }
  pending_.erase(0, sure);
  if (end == pending_.npos) return OkStatus();
  if (!pending_.starts_with(delimiter_)) return OkStatus();
  pending_.erase(0, delimiter_.size());
  state_ = State::kHead;
  *moved = true;
  return OkStatus();
}

Status MultipartReader::ReadHead(std::string_view head) {
  const std::string name = Attribute(head, "name");
  in_file_ = !Attribute(head, "filename").empty();
  if (in_file_) {
    if (has_file_) return Invalid("there is more than one file");
    has_file_ = true;
    return OkStatus();
  }
  fields_.push_back({name, ""});
  field_bytes_ += name.size();
  return OkStatus();
}

Status MultipartReader::TakeBody(std::string_view bytes) {
  if (bytes.empty()) return OkStatus();
  if (in_file_) return sink_(bytes, fields_);
  field_bytes_ += bytes.size();
  if (field_bytes_ > kMaxFieldBytes) return Invalid("the fields are too long");
  fields_.back().value += bytes;
  return OkStatus();
}

}  // namespace tercet::http
