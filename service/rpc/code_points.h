// Places in a text: the API counts code points, the domain bytes.
#ifndef TERCET_SERVICE_RPC_CODE_POINTS_H_
#define TERCET_SERVICE_RPC_CODE_POINTS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tercet {

// Converts places of one text, quickly when they ascend: a text with thousands
// of codes is walked once. `text` must be valid UTF-8 and outlive the cursor.
class CodePointCursor {
 public:
  explicit CodePointCursor(std::string_view text) : text_(text) {}

  // The number of code points before byte `byte`.
  // REQUIRES: byte <= text.size(), and it is a character's start.
  int32_t ToCodePoint(size_t byte);

  // The byte at which code point `code_point` begins, the end of the text for
  // the one behind the last; nullopt for others.
  std::optional<size_t> ToByte(int64_t code_point);

 private:
  void Rewind();

  std::string_view text_;
  size_t byte_ = 0;
  int64_t code_point_ = 0;
};

}  // namespace tercet

#endif  // TERCET_SERVICE_RPC_CODE_POINTS_H_
