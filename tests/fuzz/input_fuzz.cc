// Any bytes are read or refused as a file of unknown format, encoding and
// compression; the same whatever pieces they come in.
#include <cstddef>
#include <cstdint>

#include "service/formats/input_reader.h"
#include "tests/fuzz/format_fuzz.h"

namespace {

struct Counts {
  size_t units = 0;
  size_t problems = 0;
  bool ok = true;

  friend bool operator==(const Counts&, const Counts&) = default;
};

Counts Read(std::string_view data, size_t chunk_bytes) {
  const auto source = tercet::MakeStringSource(data, chunk_bytes);
  const auto reader = tercet::MakeInputReader(*source, {});
  Counts counts;
  while (true) {
    const auto item = reader->Next();
    counts.ok = item.ok();
    if (!item.ok() || !item->has_value()) return counts;
    if (std::holds_alternative<tercet::ReadUnit>(**item)) {
      ++counts.units;
    } else {
      ++counts.problems;
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const Counts small = Read(bytes, 3);
  const Counts large = Read(bytes, size);
  tercet::Require(small.ok == large.ok, "chunks do not matter");
  // How much comes out before a damaged place is the decompressor's choice.
  if (small.ok) tercet::Require(small == large, "chunks change nothing");
  return 0;
}
