#include "service/formats/line_reader.h"

#include <algorithm>

#include "fmt/format.h"

namespace tercet {
namespace {

constexpr size_t kBeginningBytes = 64;

}  // namespace

StatusOr<std::optional<Line>> LineReader::Next() {
  line_.clear();
  Line line{.position = next_};
  bool has_bytes = false;
  for (bool complete = false; !complete && !ended_;) {
    if (chunk_.empty()) {
      ASSIGN_OR_RETURN(chunk_, source_.Read());
      ended_ = chunk_.empty();
    }
    has_bytes = has_bytes || !chunk_.empty();
    complete = TakePart(line.too_long);
  }
  if (!has_bytes) return std::optional<Line>();

  ++next_.line;
  if (line.too_long) {
    line.beginning = line_;
    return std::optional<Line>(line);
  }
  line.raw = line.text = line_;
  if (line.text.ends_with('\n')) line.text.remove_suffix(1);
  if (line.text.ends_with('\r')) line.text.remove_suffix(1);
  return std::optional<Line>(line);
}

bool LineReader::TakePart(bool& too_long) {
  const size_t end = chunk_.find('\n');
  const bool complete = end != std::string_view::npos;
  const std::string_view part =
      chunk_.substr(0, complete ? end + 1 : chunk_.size());
  chunk_.remove_prefix(part.size());
  next_.offset += static_cast<int64_t>(part.size());

  if (line_.size() + part.size() > kMaxReadBytes + 1) too_long = true;
  if (too_long) {
    line_.resize(std::min(line_.size(), kBeginningBytes));
  } else {
    line_ += part;
  }
  return complete;
}

ReadProblem LineTooLong(const Line& line) {
  return {
      .line = line.position.line,
      .offset = line.position.offset,
      .reason = "LINE_TOO_LONG",
      .message = fmt::format("the line has more than {} bytes", kMaxReadBytes),
      .skipped = true};
}

}  // namespace tercet
