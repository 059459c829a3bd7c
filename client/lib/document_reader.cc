#include "client/lib/document_reader.h"

#include <utility>

namespace tercet::client {

StatusOr<std::optional<DocumentLine>> DocumentReader::Next(
    const std::stop_token& stop) {
  RETURN_IF_ERROR(ReadNeighbour(stop));
  if (pending_.empty()) return std::optional<DocumentLine>();
  DocumentLine line{.text = std::move(pending_.front())};
  pending_.pop_front();
  if (line.text.empty()) return std::optional(std::move(line));
  line.previous = std::exchange(previous_, line.text);
  if (!pending_.empty()) line.next = pending_.back();
  return std::optional(std::move(line));
}

Status DocumentReader::ReadNeighbour(const std::stop_token& stop) {
  while (!ended_) {
    const bool known = !pending_.empty() &&
                       (pending_.front().empty() ||
                        (pending_.size() > 1 && !pending_.back().empty()));
    if (known || pending_.size() > kMostEmptyLines) return OkStatus();
    ASSIGN_OR_RETURN(std::optional<std::string> line, lines_.Next(stop));
    ended_ = !line.has_value();
    if (line.has_value()) pending_.push_back(*std::move(line));
  }
  return OkStatus();
}

}  // namespace tercet::client
