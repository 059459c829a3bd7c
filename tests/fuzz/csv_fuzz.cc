// Any bytes are read or refused as CSV; what was read can be written as JSON
// lines.
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/format_fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  tercet::TestFormat(tercet::FileFormat::kCsv, tercet::FileFormat::kJsonLines,
                     {reinterpret_cast<const char*>(data), size});
  return 0;
}
