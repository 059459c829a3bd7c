#include "service/formats/line_reader.h"

#include "fmt/format.h"
#include "service/base/utf8.h"

namespace tercet {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

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
  if (line.position.offset == 0) RETURN_IF_ERROR(CheckStart());
  line.text = line_;
  if (line.position.offset == 0 && line.text.starts_with(kByteOrderMark)) {
    line.text.remove_prefix(kByteOrderMark.size());
  }
  if (line.text.ends_with('\r')) line.text.remove_suffix(1);
  return std::optional<Line>(line);
}

bool LineReader::TakePart(bool& too_long) {
  const size_t end = chunk_.find('\n');
  const std::string_view part = chunk_.substr(0, end);
  const bool complete = end != std::string_view::npos;
  const size_t taken = part.size() + (complete ? 1 : 0);
  chunk_.remove_prefix(taken);
  next_.offset += static_cast<int64_t>(taken);

  if (line_.size() + part.size() > kMaxReadBytes) too_long = true;
  if (too_long) {
    line_.clear();
  } else {
    line_ += part;
  }
  return complete;
}

Status LineReader::CheckStart() {
  const bool is_utf16 =
      line_.starts_with("\xFF\xFE") || line_.starts_with("\xFE\xFF");
  return is_utf16 ? UnsupportedEncoding("UTF-16") : OkStatus();
}

ReadProblem LineTooLong(const Line& line) {
  return {
      .line = line.position.line,
      .reason = "LINE_TOO_LONG",
      .message = fmt::format("the line has more than {} bytes", kMaxReadBytes),
      .skipped = true};
}

std::optional<ReadProblem> CheckUtf8(const Line& line) {
  const size_t valid = ValidUtf8Prefix(line.text);
  if (valid == line.text.size()) return std::nullopt;
  return ReadProblem{
      .line = line.position.line,
      .reason = "TEXT_INVALID",
      .message = fmt::format("byte {} of the line is not UTF-8", valid),
      .skipped = true};
}

}  // namespace tercet
