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

void AppendMemory(std::string& key, MemoryNumber memory) {
  AppendU32(key, static_cast<uint32_t>(memory));
}

void AppendUnit(std::string& key, UnitNumber unit) {
  AppendU64(key, static_cast<uint64_t>(unit));
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

}  // namespace tercet
