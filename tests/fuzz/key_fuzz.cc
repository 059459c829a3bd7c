// Any bytes either are no key, or are the key of the parts that they parse to.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "service/store/keys.h"
#include "tests/fuzz/require.h"

namespace tercet {
namespace {

void TestKey(std::string_view key) {
  if (auto id = ParseMemoryKey(key)) {
    Require(MemoryKey(*id) == key, "memory key");
  }
  if (auto parsed = ParseUnitKey(key)) {
    Require(UnitKey(parsed->memory, parsed->unit) == key, "unit key");
  }
  if (auto parsed = ParseUnitIdKey(key)) {
    Require(UnitIdKey(parsed->memory, parsed->unit_id) == key, "unit id key");
  }
  if (auto parsed = ParseExactKey(key)) {
    Require(ExactKey(parsed->memory, parsed->text_hash, parsed->unit) == key,
            "exact key");
  }
  if (auto parsed = ParseChangeKey(key)) {
    Require(ChangeKey(parsed->revision, parsed->ordinal) == key, "change key");
  }
  if (auto memory = ParsePurgeKey(key)) {
    Require(PurgeKey(*memory) == key, "purge key");
  }
}

}  // namespace
}  // namespace tercet

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  tercet::TestKey({reinterpret_cast<const char*>(data), size});
  return 0;
}
