// Any bytes become UTF-8, whatever they are said to be in; the same whatever
// pieces they come in.
#include <cstddef>
#include <cstdint>
#include <iterator>

#include "service/base/utf8.h"
#include "service/formats/utf8_source.h"
#include "tests/fuzz/require.h"

namespace {

constexpr std::string_view kDeclared[] = {
    "",     "utf-8",        "utf-16",     "utf-16le",  "utf-32", "gb18030",
    "big5", "windows-1252", "iso-8859-1", "shift_jis", "gbk",    "no-such"};

struct Decoded {
  std::string text;
  int64_t problems = 0;

  friend bool operator==(const Decoded&, const Decoded&) = default;
};

Decoded Decode(std::string_view bytes, std::string_view declared,
               size_t chunk_bytes) {
  const auto source = tercet::MakeStringSource(bytes, chunk_bytes);
  tercet::Utf8Source text(*source, declared);
  Decoded decoded;
  while (true) {
    const auto chunk = text.Read();
    tercet::Require(chunk.ok(), "bytes are never an error");
    tercet::Require(tercet::IsValidUtf8(*chunk), "chunks are whole UTF-8");
    decoded.text += *chunk;
    while (const auto problem = text.TakeProblem(
               static_cast<int64_t>(decoded.text.size()) + 1)) {
      tercet::Require(
          problem->offset <= static_cast<int64_t>(decoded.text.size()),
          "a problem is in the text");
      ++decoded.problems;
    }
    if (chunk->empty()) return decoded;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string_view declared = kDeclared[*data % std::size(kDeclared)];
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1,
                               size - 1);
  const Decoded whole = Decode(bytes, declared, size);
  tercet::Require(Decode(bytes, declared, 1) == whole, "chunks change nothing");
  return 0;
}
