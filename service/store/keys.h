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
//   b  memory u32, import u64              -> ImportRecord
//   c  memory u32, import u64, ordinal u32 -> ImportCaseRecord
//   f  memory u32, identity u128           -> import u64: not finished yet
//   o  memory u32, import u64, unit u64    -> BeforeRecord
//   n                                      -> next memory number u32
//   p                                      -> next import number u64
//   r                                      -> last revision u64
#ifndef TERCET_SERVICE_STORE_KEYS_H_
#define TERCET_SERVICE_STORE_KEYS_H_

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "service/base/hash.h"

namespace tercet {

// The number that stands for a memory in keys and in the index.
enum class MemoryNumber : uint32_t {};
// The number that stands for a unit of a memory; given once, never again.
enum class UnitNumber : uint64_t {};
// The number that stands for an import; given once in a store, never again. 0:
// none.
enum class ImportNumber : uint64_t {};
// Counts writes from 1; every committed batch has one. 0: before all.
enum class Revision : uint64_t {};

inline constexpr std::string_view kSchemaKey = "!schema";
inline constexpr std::string_view kIdentityKey = "!identity";
inline constexpr std::string_view kNextMemoryNumberKey = "n";
inline constexpr std::string_view kNextImportNumberKey = "p";
inline constexpr std::string_view kRevisionKey = "r";

std::string MemoryKey(std::string_view memory_id);
std::string UnitKey(MemoryNumber memory, UnitNumber unit);
std::string UnitIdKey(MemoryNumber memory, std::string_view unit_id);
std::string ExactKey(MemoryNumber memory, uint64_t text_hash, UnitNumber unit);
std::string ChangeKey(Revision revision, uint32_t ordinal);
std::string PurgeKey(MemoryNumber memory);
std::string ImportKey(MemoryNumber memory, ImportNumber import);
std::string ImportCaseKey(MemoryNumber memory, ImportNumber import,
                          uint32_t ordinal);
std::string UnfinishedImportKey(MemoryNumber memory, const Hash128& identity);
std::string BeforeKey(MemoryNumber memory, ImportNumber import,
                      UnitNumber unit);

// What all keys of a kind begin with, for walks.
std::string MemoryKeyPrefix();
std::string UnitKeyPrefix(MemoryNumber memory);
std::string UnitIdKeyPrefix(MemoryNumber memory);
std::string ExactKeyPrefix(MemoryNumber memory);
std::string ExactKeyPrefix(MemoryNumber memory, uint64_t text_hash);
std::string ChangeKeyPrefix();
std::string PurgeKeyPrefix();
std::string ImportKeyPrefix(MemoryNumber memory);
std::string ImportCaseKeyPrefix(MemoryNumber memory);
std::string ImportCaseKeyPrefix(MemoryNumber memory, ImportNumber import);
std::string UnfinishedImportKeyPrefix();
std::string UnfinishedImportKeyPrefix(MemoryNumber memory);
std::string BeforeKeyPrefix(MemoryNumber memory);
std::string BeforeKeyPrefix(MemoryNumber memory, ImportNumber import);

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

struct ParsedImportKey {
  MemoryNumber memory{};
  ImportNumber import{};
};
std::optional<ParsedImportKey> ParseImportKey(std::string_view key);

struct ParsedImportCaseKey {
  MemoryNumber memory{};
  ImportNumber import{};
  uint32_t ordinal = 0;
};
std::optional<ParsedImportCaseKey> ParseImportCaseKey(std::string_view key);

struct ParsedUnfinishedImportKey {
  MemoryNumber memory{};
  Hash128 identity;
};
std::optional<ParsedUnfinishedImportKey> ParseUnfinishedImportKey(
    std::string_view key);

struct ParsedBeforeKey {
  MemoryNumber memory{};
  ImportNumber import{};
  UnitNumber unit{};
};
std::optional<ParsedBeforeKey> ParseBeforeKey(std::string_view key);

}  // namespace tercet

#endif  // TERCET_SERVICE_STORE_KEYS_H_
