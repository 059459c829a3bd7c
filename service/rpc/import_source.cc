#include "service/rpc/import_source.h"

#include <algorithm>

namespace tercet {
namespace {

constexpr size_t kPeekBytes = 64 * 1024;

Status ContentChanged() {
  return MakeError(
      StatusCode::kFailedPrecondition,
      "the file begins like one whose import was broken off, but is another "
      "one: import it from the start (--restart)",
      {.reason = "IMPORT_CONTENT_CHANGED"});
}

}  // namespace

StatusOr<std::string_view> ImportSource::Peek() {
  peeked_given_ = false;
  while (peeked_.size() < kPeekBytes) {
    StatusOr<std::string_view> part = source_.Read();
    failed_ = !part.ok();
    if (failed_) return part;
    if (part->empty()) break;
    peeked_ += *part;
  }
  // How many bytes came at once says nothing about the content.
  return std::string_view(peeked_).substr(0, kPeekBytes);
}

StatusOr<std::string_view> ImportSource::Read() {
  StatusOr<std::string_view> part = ReadNext();
  if (part.ok()) {
    const Status added = Add(*part);
    if (!added.ok()) part = added;
  }
  failed_ = failed_ || !part.ok();
  return part;
}

StatusOr<std::string_view> ImportSource::ReadNext() {
  if (!peeked_given_) {
    peeked_given_ = true;
    if (!peeked_.empty()) return std::string_view(peeked_);
  }
  return source_.Read();
}

Status ImportSource::Add(std::string_view part) {
  const int64_t end = bytes_ + static_cast<int64_t>(part.size());
  if (bytes_ < expected_.bytes && (end >= expected_.bytes || part.empty())) {
    const std::string_view first =
        part.substr(0, static_cast<size_t>(expected_.bytes - bytes_));
    hasher_.Add(first);
    bytes_ += static_cast<int64_t>(first.size());
    part.remove_prefix(first.size());
    if (bytes_ != expected_.bytes || digest() != expected_.digest) {
      return ContentChanged();
    }
  }
  hasher_.Add(part);
  bytes_ = end;
  return OkStatus();
}

}  // namespace tercet
