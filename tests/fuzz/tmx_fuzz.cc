// Any bytes are read or refused as TMX; what was read can be written and read
// again.
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/format_fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  tercet::TestFormat(tercet::FileFormat::kTmx, tercet::FileFormat::kTmx,
                     {reinterpret_cast<const char*>(data), size});
  return 0;
}
