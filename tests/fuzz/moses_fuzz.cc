// Any bytes are read or refused as Moses text in three languages; what was read
// can be written again and is then the same.
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/format_fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::vector<tercet::LanguageTag> languages;
  for (const char* code : {"en", "zh", "es"}) {
    languages.push_back(*tercet::LanguageTag::Parse(code));
  }
  tercet::TestFormat(tercet::FileFormat::kMoses, tercet::FileFormat::kJsonLines,
                     {reinterpret_cast<const char*>(data), size},
                     {.default_languages = languages});
  return 0;
}
