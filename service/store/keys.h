// The keys of the store. docs/storage.md draws them; their order is the order
// of lists. All numbers are big-endian.
//
//   !schema                                -> "tercet 1"
//   !identity                              -> 16 bytes, random, for ever
//   m  memory id                           -> MemoryRecord
//   u  memory u32, unit u64                -> UnitRecord
//   i  memory u32, unit id                 -> unit u64
//   x  memory u32, text hash u64, unit u64 -> (empty)
//   l  revision u64, ordinal u32           -> ChangeRecord
//   d  memory u32                          -> (empty): deleted, to be purged
//   n                                      -> next memory number u32
//   r                                      -> last revision u64
#ifndef TERCET_SERVICE_STORE_KEYS_H_
#define TERCET_SERVICE_STORE_KEYS_H_

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tercet {

// The number that stands for a memory in keys and in the index.
enum class MemoryNumber : uint32_t {};
// The number that stands for a unit of a memory; given once, never again.
enum class UnitNumber : uint64_t {};
// Counts writes from 1; every committed batch has one. 0: before all.
enum class Revision : uint64_t {};

inline constexpr std::string_view kSchemaKey = "!schema";
inline constexpr std::string_view kIdentityKey = "!identity";
inline constexpr std::string_view kNextMemoryNumberKey = "n";
inline constexpr std::string_view kRevisionKey = "r";

std::string MemoryKey(std::string_view memory_id);
std::string UnitKey(MemoryNumber memory, UnitNumber unit);
std::string UnitIdKey(MemoryNumber memory, std::string_view unit_id);
std::string ExactKey(MemoryNumber memory, uint64_t text_hash, UnitNumber unit);
std::string ChangeKey(Revision revision, uint32_t ordinal);
std::string PurgeKey(MemoryNumber memory);

// What all keys of a kind begin with, for walks.
std::string MemoryKeyPrefix();
std::string UnitKeyPrefix(MemoryNumber memory);
std::string UnitIdKeyPrefix(MemoryNumber memory);
std::string ExactKeyPrefix(MemoryNumber memory);
std::string ExactKeyPrefix(MemoryNumber memory, uint64_t text_hash);
std::string ChangeKeyPrefix();
std::string PurgeKeyPrefix();

// The least key that is greater than every key with `prefix`.
// REQUIRES: prefix is not empty and not all 0xFF.
std::string PrefixEnd(std::string_view prefix);

// The inverses; nullopt for bytes that are no such key.
std::optional<std::string> ParseMemoryKey(std::string_view key);

struct ParsedUnitKey {
  MemoryNumber memory{};
  UnitNumber unit{};
};
std::optional<ParsedUnitKey> ParseUnitKey(std::string_view key);

struct ParsedUnitIdKey {
  MemoryNumber memory{};
  std::string unit_id;
};
std::optional<ParsedUnitIdKey> ParseUnitIdKey(std::string_view key);

struct ParsedExactKey {
  MemoryNumber memory{};
  uint64_t text_hash = 0;
  UnitNumber unit{};
};
std::optional<ParsedExactKey> ParseExactKey(std::string_view key);

struct ParsedChangeKey {
  Revision revision{};
  uint32_t ordinal = 0;
};
std::optional<ParsedChangeKey> ParseChangeKey(std::string_view key);
std::optional<MemoryNumber> ParsePurgeKey(std::string_view key);

}  // namespace tercet

#endif  // TERCET_SERVICE_STORE_KEYS_H_
