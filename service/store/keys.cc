#include "service/store/keys.h"

#include <cassert>

#include "service/base/bytes.h"
#include "service/model/unit.h"

namespace tercet {
namespace {

// DO NOT CHANGE: stored on disk.
constexpr char kMemoryTag = 'm';
constexpr char kUnitTag = 'u';
constexpr char kUnitIdTag = 'i';
constexpr char kExactTag = 'x';
constexpr char kChangeTag = 'l';
constexpr char kPurgeTag = 'd';
constexpr char kImportTag = 'b';
constexpr char kImportCaseTag = 'c';
constexpr char kUnfinishedImportTag = 'f';
constexpr char kBeforeTag = 'o';

void AppendMemory(std::string& key, MemoryNumber memory) {
  AppendU32(key, static_cast<uint32_t>(memory));
}

void AppendUnit(std::string& key, UnitNumber unit) {
  AppendU64(key, static_cast<uint64_t>(unit));
}

void AppendImport(std::string& key, ImportNumber import) {
  AppendU64(key, static_cast<uint64_t>(import));
}

std::string MemoryScoped(char tag, MemoryNumber memory) {
  std::string key(1, tag);
  AppendMemory(key, memory);
  return key;
}

// A reader behind the tag; it fails at once when the key has another one.
ByteReader ReadBehind(char tag, std::string_view key) {
  ByteReader reader(key);
  if (reader.ReadU8() != static_cast<uint8_t>(tag)) {
    return ByteReader(std::string_view());
  }
  return reader;
}

}  // namespace

std::string MemoryKeyPrefix() { return std::string(1, kMemoryTag); }

std::string UnitKeyPrefix(MemoryNumber memory) {
  return MemoryScoped(kUnitTag, memory);
}

std::string UnitIdKeyPrefix(MemoryNumber memory) {
  return MemoryScoped(kUnitIdTag, memory);
}

std::string ExactKeyPrefix(MemoryNumber memory) {
  return MemoryScoped(kExactTag, memory);
}

std::string ExactKeyPrefix(MemoryNumber memory, uint64_t text_hash) {
  std::string key = ExactKeyPrefix(memory);
  AppendU64(key, text_hash);
  return key;
}

std::string ChangeKeyPrefix() { return std::string(1, kChangeTag); }

std::string PurgeKeyPrefix() { return std::string(1, kPurgeTag); }

std::string ImportKeyPrefix(MemoryNumber memory) {
  return MemoryScoped(kImportTag, memory);
}

std::string ImportCaseKeyPrefix(MemoryNumber memory) {
  return MemoryScoped(kImportCaseTag, memory);
}

std::string ImportCaseKeyPrefix(MemoryNumber memory, ImportNumber import) {
  std::string key = ImportCaseKeyPrefix(memory);
  AppendImport(key, import);
  return key;
}

std::string UnfinishedImportKeyPrefix() {
  return std::string(1, kUnfinishedImportTag);
}

std::string UnfinishedImportKeyPrefix(MemoryNumber memory) {
  return MemoryScoped(kUnfinishedImportTag, memory);
}

std::string BeforeKeyPrefix(MemoryNumber memory) {
  return MemoryScoped(kBeforeTag, memory);
}

std::string BeforeKeyPrefix(MemoryNumber memory, ImportNumber import) {
  std::string key = BeforeKeyPrefix(memory);
  AppendImport(key, import);
  return key;
}

std::string MemoryKey(std::string_view memory_id) {
  return MemoryKeyPrefix().append(memory_id);
}

std::string UnitKey(MemoryNumber memory, UnitNumber unit) {
  std::string key = UnitKeyPrefix(memory);
  AppendUnit(key, unit);
  return key;
}

std::string UnitIdKey(MemoryNumber memory, std::string_view unit_id) {
  return UnitIdKeyPrefix(memory).append(unit_id);
}

std::string ExactKey(MemoryNumber memory, uint64_t text_hash, UnitNumber unit) {
  std::string key = ExactKeyPrefix(memory, text_hash);
  AppendUnit(key, unit);
  return key;
}

std::string ChangeKey(Revision revision, uint32_t ordinal) {
  std::string key = ChangeKeyPrefix();
  AppendU64(key, static_cast<uint64_t>(revision));
  AppendU32(key, ordinal);
  return key;
}

std::string PurgeKey(MemoryNumber memory) {
  return MemoryScoped(kPurgeTag, memory);
}

std::string ImportKey(MemoryNumber memory, ImportNumber import) {
  std::string key = ImportKeyPrefix(memory);
  AppendImport(key, import);
  return key;
}

std::string ImportCaseKey(MemoryNumber memory, ImportNumber import,
                          uint32_t ordinal) {
  std::string key = ImportCaseKeyPrefix(memory, import);
  AppendU32(key, ordinal);
  return key;
}

std::string UnfinishedImportKey(MemoryNumber memory, const Hash128& identity) {
  std::string key = UnfinishedImportKeyPrefix(memory);
  AppendU64(key, identity.high);
  AppendU64(key, identity.low);
  return key;
}

std::string BeforeKey(MemoryNumber memory, ImportNumber import,
                      UnitNumber unit) {
  std::string key = BeforeKeyPrefix(memory, import);
  AppendUnit(key, unit);
  return key;
}

std::string PrefixEnd(std::string_view prefix) {
  std::string end(prefix);
  while (!end.empty() && end.back() == '\xFF') end.pop_back();
  assert(!end.empty());
  ++end.back();
  return end;
}

std::optional<std::string> ParseMemoryKey(std::string_view key) {
  const std::string_view id = ReadBehind(kMemoryTag, key).rest();
  if (!IsValidId(id)) return std::nullopt;
  return std::string(id);
}

std::optional<ParsedUnitKey> ParseUnitKey(std::string_view key) {
  ByteReader reader = ReadBehind(kUnitTag, key);
  const auto memory = reader.ReadU32();
  const auto unit = reader.ReadU64();
  if (!unit || !reader.rest().empty()) return std::nullopt;
  return ParsedUnitKey{.memory = MemoryNumber(*memory),
                       .unit = UnitNumber(*unit)};
}

std::optional<ParsedUnitIdKey> ParseUnitIdKey(std::string_view key) {
  ByteReader reader = ReadBehind(kUnitIdTag, key);
  const auto memory = reader.ReadU32();
  if (!memory || !IsValidId(reader.rest())) return std::nullopt;
  return ParsedUnitIdKey{.memory = MemoryNumber(*memory),
                         .unit_id = std::string(reader.rest())};
}

std::optional<ParsedExactKey> ParseExactKey(std::string_view key) {
  ByteReader reader = ReadBehind(kExactTag, key);
  const auto memory = reader.ReadU32();
  const auto text_hash = reader.ReadU64();
  const auto unit = reader.ReadU64();
  if (!unit || !reader.rest().empty()) return std::nullopt;
  return ParsedExactKey{.memory = MemoryNumber(*memory),
                        .text_hash = *text_hash,
                        .unit = UnitNumber(*unit)};
}

std::optional<ParsedChangeKey> ParseChangeKey(std::string_view key) {
  ByteReader reader = ReadBehind(kChangeTag, key);
  const auto revision = reader.ReadU64();
  const auto ordinal = reader.ReadU32();
  if (!ordinal || !reader.rest().empty()) return std::nullopt;
  return ParsedChangeKey{.revision = Revision(*revision), .ordinal = *ordinal};
}

std::optional<MemoryNumber> ParsePurgeKey(std::string_view key) {
  ByteReader reader = ReadBehind(kPurgeTag, key);
  const auto memory = reader.ReadU32();
  if (!memory || !reader.rest().empty()) return std::nullopt;
  return MemoryNumber(*memory);
}

std::optional<ParsedImportKey> ParseImportKey(std::string_view key) {
  ByteReader reader = ReadBehind(kImportTag, key);
  const auto memory = reader.ReadU32();
  const auto import = reader.ReadU64();
  if (!import || !reader.rest().empty()) return std::nullopt;
  return ParsedImportKey{.memory = MemoryNumber(*memory),
                         .import = ImportNumber(*import)};
}

std::optional<ParsedImportCaseKey> ParseImportCaseKey(std::string_view key) {
  ByteReader reader = ReadBehind(kImportCaseTag, key);
  const auto memory = reader.ReadU32();
  const auto import = reader.ReadU64();
  const auto ordinal = reader.ReadU32();
  if (!ordinal || !reader.rest().empty()) return std::nullopt;
  return ParsedImportCaseKey{.memory = MemoryNumber(*memory),
                             .import = ImportNumber(*import),
                             .ordinal = *ordinal};
}

std::optional<ParsedUnfinishedImportKey> ParseUnfinishedImportKey(
    std::string_view key) {
  ByteReader reader = ReadBehind(kUnfinishedImportTag, key);
  const auto memory = reader.ReadU32();
  const auto high = reader.ReadU64();
  const auto low = reader.ReadU64();
  if (!low || !reader.rest().empty()) return std::nullopt;
  return ParsedUnfinishedImportKey{.memory = MemoryNumber(*memory),
                                   .identity = {.high = *high, .low = *low}};
}

std::optional<ParsedBeforeKey> ParseBeforeKey(std::string_view key) {
  ByteReader reader = ReadBehind(kBeforeTag, key);
  const auto memory = reader.ReadU32();
  const auto import = reader.ReadU64();
  const auto unit = reader.ReadU64();
  if (!unit || !reader.rest().empty()) return std::nullopt;
  return ParsedBeforeKey{.memory = MemoryNumber(*memory),
                         .import = ImportNumber(*import),
                         .unit = UnitNumber(*unit)};
}

}  // namespace tercet
