#include "service/memory/import_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <utility>

#include "service/base/bytes.h"
#include "service/memory/update.h"
#include "service/store/import_records.h"

namespace tercet {
namespace {

std::string EncodeNumber(uint64_t number) {
  std::string bytes;
  AppendU64(bytes, number);
  return bytes;
}

std::string DescribeNumber(ImportNumber number) {
  return std::to_string(static_cast<uint64_t>(number));
}

StatusOr<uint64_t> ReadNumber(const Transaction& transaction,
                              std::string_view key, uint64_t absent) {
  ASSIGN_OR_RETURN(const std::optional<std::string> bytes,
                   transaction.Get(key));
  if (!bytes.has_value()) return absent;
  const std::optional<uint64_t> number = ByteReader(*bytes).ReadU64();
  if (number.has_value()) return *number;
  return MakeError(StatusCode::kDataLoss, "an import's number is unreadable",
                   {.reason = "STORE_CORRUPT"});
}

StatusOr<ImportNumber> TakeNumber(Transaction& transaction) {
  ASSIGN_OR_RETURN(const uint64_t number,
                   ReadNumber(transaction, kNextImportNumberKey, 1));
  transaction.Put(std::string(kNextImportNumberKey), EncodeNumber(number + 1));
  return ImportNumber{number};
}

StatusOr<std::vector<ImportCase>> ReadCases(const KeyValueStore& store,
                                            const View& view,
                                            MemoryNumber memory,
                                            ImportNumber number) {
  std::vector<ImportCase> cases;
  const std::string prefix = ImportCaseKeyPrefix(memory, number);
  const auto walk = store.NewIterator(view.snapshot.get());
  for (walk->Seek(prefix); walk->Valid() && walk->key().starts_with(prefix);
       walk->Next()) {
    ASSIGN_OR_RETURN(cases.emplace_back(), DecodeImportCase(walk->value()));
  }
  RETURN_IF_ERROR(walk->status());
  return cases;
}

// A place in the list: `MEMORY/NUMBER`.
struct ListPlace {
  std::string memory_id;
  uint64_t number = 0;
};

ListPlace ParsePlace(std::string_view token) {
  ListPlace place;
  const size_t slash = token.find('/');
  if (slash == token.npos) return place;
  place.memory_id = token.substr(0, slash);
  std::from_chars(token.data() + slash + 1, token.data() + token.size(),
                  place.number);
  return place;
}

// Adds the imports of a memory that are older than `before` (0: all) until the
// page has one more than its size.
Status AddImports(const KeyValueStore& store, const View& view,
                  const StoredMemory& memory, uint64_t before, size_t size,
                  std::vector<ImportEntry>& entries) {
  const std::string prefix = ImportKeyPrefix(memory.number);
  const auto walk = store.NewIterator(view.snapshot.get());
  std::string key = before == 0
                        ? PrefixEnd(prefix)
                        : ImportKey(memory.number, ImportNumber{before});
  while (entries.size() <= size) {
    walk->SeekBefore(key);
    if (!walk->Valid() || !walk->key().starts_with(prefix)) break;
    key = walk->key();
    const std::optional<ParsedImportKey> parsed = ParseImportKey(key);
    if (!parsed.has_value()) continue;
    ImportEntry entry{.memory_id = memory.id, .number = parsed->import};
    ASSIGN_OR_RETURN(entry.import, DecodeImport(walk->value()));
    entries.push_back(std::move(entry));
  }
  return walk->status();
}

}  // namespace

Status ImportNotFound(ImportNumber number) {
  return MakeError(
      StatusCode::kNotFound,
      fmt::format("there is no import '{}'", DescribeNumber(number)),
      {.reason = "IMPORT_NOT_FOUND",
       .metadata = {{"import", DescribeNumber(number)}}});
}

StatusOr<Import> FindImport(const Transaction& transaction, MemoryNumber memory,
                            ImportNumber number) {
  ASSIGN_OR_RETURN(const std::optional<std::string> bytes,
                   transaction.Get(ImportKey(memory, number)));
  if (!bytes.has_value()) return ImportNotFound(number);
  return DecodeImport(*bytes);
}

StatusOr<ImportEntry> BeginImport(Transaction& transaction,
                                  const std::string& memory_id,
                                  const ImportRequest& request) {
  const MemoryNumber memory = transaction.FindMemory(memory_id)->number;
  const std::string identity_key =
      UnfinishedImportKey(memory, request.identity);
  ImportEntry entry{.memory_id = memory_id};
  ASSIGN_OR_RETURN(const uint64_t unfinished,
                   ReadNumber(transaction, identity_key, 0));
  if (unfinished != 0 && !request.restart) {
    entry.number = ImportNumber{unfinished};
    ASSIGN_OR_RETURN(entry.import,
                     FindImport(transaction, memory, entry.number));
  } else {
    ASSIGN_OR_RETURN(entry.number, TakeNumber(transaction));
    entry.import = {.source = request.source,
                    .options = request.options,
                    .creator = request.creator,
                    .begin_micros = transaction.now_micros(),
                    .identity = request.identity};
    transaction.Put(identity_key,
                    EncodeNumber(static_cast<uint64_t>(entry.number)));
  }
  entry.import.state = ImportState::kRunning;
  entry.import.error_reason.clear();
  entry.import.error_message.clear();
  ++entry.import.run;
  PutImport(transaction, memory, entry.number, entry.import);
  return entry;
}

void PutImport(Transaction& transaction, MemoryNumber memory,
               ImportNumber number, Import& import) {
  import.update_micros = transaction.now_micros();
  transaction.Put(ImportKey(memory, number), EncodeImport(import));
}

std::vector<ImportCase> CountCases(std::vector<ImportCase> cases,
                                   Import& import) {
  std::ranges::stable_sort(cases, {}, &ImportCase::byte_offset);
  std::map<ImportCase::Kind, int64_t> known;
  for (const auto& [reason, count] : import.reasons) {
    known[reason.kind] += count;
  }
  std::erase_if(cases, [&](const ImportCase& each) {
    ++import.reasons[{.kind = each.kind, .reason = each.reason}];
    return ++known[each.kind] > kMaxCasesKept;
  });
  return cases;
}

void PutCases(Transaction& transaction, MemoryNumber memory,
              ImportNumber number, const std::vector<ImportCase>& cases,
              Import& import) {
  for (const ImportCase& each : cases) {
    transaction.Put(ImportCaseKey(memory, number, import.case_count++),
                    EncodeImportCase(each));
  }
}

void ForgetIdentity(Transaction& transaction, MemoryNumber memory,
                    const Import& import) {
  transaction.Delete(UnfinishedImportKey(memory, import.identity));
}

StatusOr<ImportEntry> ReadImport(const KeyValueStore& store, const View& view,
                                 std::optional<std::string_view> memory_id,
                                 ImportNumber number) {
  for (const auto& [id, state] : view.memories) {
    if (memory_id.has_value() && *memory_id != id) continue;
    const MemoryNumber memory = state->record.number;
    ASSIGN_OR_RETURN(const std::optional<std::string> bytes,
                     store.Get(ImportKey(memory, number), view.snapshot.get()));
    if (!bytes.has_value()) continue;
    ImportEntry entry{.memory_id = id, .number = number};
    ASSIGN_OR_RETURN(entry.import, DecodeImport(*bytes));
    ASSIGN_OR_RETURN(entry.cases, ReadCases(store, view, memory, number));
    return entry;
  }
  return ImportNotFound(number);
}

StatusOr<Page<ImportEntry>> ReadImports(
    const KeyValueStore& store, const View& view,
    std::optional<std::string_view> memory_id, const PageRequest& page) {
  const ListPlace place = ParsePlace(page.token);
  const auto size = static_cast<size_t>(page.size);
  Page<ImportEntry> result;
  for (auto it = view.memories.lower_bound(place.memory_id);
       it != view.memories.end() && result.items.size() <= size; ++it) {
    if (memory_id.has_value() && *memory_id != it->first) continue;
    const uint64_t before = it->first == place.memory_id ? place.number : 0;
    RETURN_IF_ERROR(AddImports(store, view, it->second->record, before, size,
                               result.items));
  }
  if (result.items.size() > size) {
    result.items.pop_back();
    const ImportEntry& last = result.items.back();
    result.next_token =
        fmt::format("{}/{}", last.memory_id, DescribeNumber(last.number));
  }
  return result;
}

Status BreakOffRunning(KeyValueStore& store, int64_t now_micros) {
  WriteBatch batch;
  const std::string prefix = UnfinishedImportKeyPrefix();
  const auto walk = store.NewIterator(nullptr);
  for (walk->Seek(prefix); walk->Valid() && walk->key().starts_with(prefix);
       walk->Next()) {
    const auto key = ParseUnfinishedImportKey(walk->key());
    const auto number = ByteReader(walk->value()).ReadU64();
    if (!key.has_value() || !number.has_value()) continue;
    const std::string import_key =
        ImportKey(key->memory, ImportNumber{*number});
    ASSIGN_OR_RETURN(const std::optional<std::string> bytes,
                     store.Get(import_key, nullptr));
    if (!bytes.has_value()) continue;  // Its memory is being purged.
    ASSIGN_OR_RETURN(Import import, DecodeImport(*bytes));
    if (import.state != ImportState::kRunning) continue;
    import.state = ImportState::kBrokenOff;
    import.update_micros = now_micros;
    import.error_reason = "SERVER_STOPPED";
    import.error_message = "the server ended before the import did";
    batch.Put(import_key, EncodeImport(import));
  }
  RETURN_IF_ERROR(walk->status());
  return batch.empty() ? OkStatus() : store.Write(batch, /*sync=*/true);
}

}  // namespace tercet
