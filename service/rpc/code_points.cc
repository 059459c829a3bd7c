#include "service/rpc/code_points.h"

#include "service/base/utf8.h"

namespace tercet {

void CodePointCursor::Rewind() {
  byte_ = 0;
  code_point_ = 0;
}

int32_t CodePointCursor::ToCodePoint(size_t byte) {
  if (byte < byte_) Rewind();
  while (byte_ < byte) {
    DecodeUtf8(text_, &byte_);
    ++code_point_;
  }
  return static_cast<int32_t>(code_point_);
}

std::optional<size_t> CodePointCursor::ToByte(int64_t code_point) {
  if (code_point < 0) return std::nullopt;
  if (code_point < code_point_) Rewind();
  while (code_point_ < code_point) {
    if (byte_ == text_.size()) return std::nullopt;
    DecodeUtf8(text_, &byte_);
    ++code_point_;
  }
  return byte_;
}

}  // namespace tercet
