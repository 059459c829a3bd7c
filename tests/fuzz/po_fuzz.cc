// Any bytes are read or refused as PO; what was read is given back as it is,
// and can be filled.
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/bilingual_fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  tercet::TestBilingual(tercet::FileFormat::kPo,
                        {reinterpret_cast<const char*>(data), size});
  return 0;
}
