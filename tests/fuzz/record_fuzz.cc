// Any bytes either are refused as damaged, or are a value that encoding keeps.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "service/store/records.h"
#include "tests/fuzz/require.h"

namespace tercet {
namespace {

template <typename Value>
void RequireDamaged(const StatusOr<Value>& value) {
  Require(GetDetails(value.status()).reason == "STORE_CORRUPT", "the reason");
}

void TestUnit(std::string_view bytes) {
  StatusOr<StoredUnit> unit = DecodeUnit(bytes);
  if (!unit.ok()) return RequireDamaged(unit);
  StatusOr<StoredUnit> again = DecodeUnit(EncodeUnit(*unit));
  Require(again.ok() && *again == *unit, "a unit makes the round trip");
}

void TestMemory(std::string_view bytes) {
  StatusOr<StoredMemory> memory = DecodeMemory("press", bytes);
  if (!memory.ok()) return RequireDamaged(memory);
  StatusOr<StoredMemory> again = DecodeMemory("press", EncodeMemory(*memory));
  Require(again.ok() && *again == *memory, "a memory makes the round trip");
}

void TestChange(std::string_view bytes) {
  StatusOr<StoredChange> change = DecodeChange(bytes);
  if (!change.ok()) return RequireDamaged(change);
  StatusOr<StoredChange> again = DecodeChange(EncodeChange(*change));
  Require(again.ok() && *again == *change, "a change makes the round trip");
}

}  // namespace
}  // namespace tercet

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  tercet::TestUnit(bytes);
  tercet::TestMemory(bytes);
  tercet::TestChange(bytes);
  return 0;
}
