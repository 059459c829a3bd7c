#include "service/memory/index_snapshot.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "service/base/bytes.h"
#include "service/base/hash.h"

namespace tercet {
namespace {

// DO NOT CHANGE: stored on disk. Another layout is another number.
constexpr std::string_view kMagic = "tercet index 1\n";
constexpr std::string_view kSnapshotName = "SNAPSHOT";

Status Invalid(std::string_view what) {
  return MakeError(StatusCode::kDataLoss, what,
                   {.reason = "INDEX_FILE_INVALID"});
}

bool IsMissing(const Status& status) {
  return status.code() == StatusCode::kNotFound;
}

// The manifest of the index of one language of a memory.
struct IndexManifest {
  MemoryNumber memory{};
  std::string language;
  std::string manifest;
};

std::string Encode(const SnapshotOrigin& origin,
                   const std::vector<IndexManifest>& manifests) {
  std::string bytes(kMagic);
  AppendPrefixed(bytes, origin.identity);
  AppendPrefixed(bytes, origin.analysis_version);
  AppendU64(bytes, static_cast<uint64_t>(origin.revision));
  AppendU64(bytes, origin.history_mark);
  AppendU32(bytes, static_cast<uint32_t>(manifests.size()));
  for (const IndexManifest& entry : manifests) {
    AppendU32(bytes, static_cast<uint32_t>(entry.memory));
    AppendPrefixed(bytes, entry.language);
    AppendPrefixed(bytes, entry.manifest);
  }
  AppendU64(bytes, HashBytes64(bytes));
  return bytes;
}

struct DecodedSnapshot {
  SnapshotOrigin origin;
  std::vector<IndexManifest> manifests;
};

StatusOr<IndexManifest> ReadManifest(ByteReader& reader) {
  const auto memory = reader.ReadU32();
  const auto language = reader.ReadPrefixed();
  const auto manifest = reader.ReadPrefixed();
  if (!manifest.has_value()) return Invalid("the snapshot is torn");
  return IndexManifest{.memory = MemoryNumber{*memory},
                       .language = std::string(*language),
                       .manifest = std::string(*manifest)};
}

StatusOr<DecodedSnapshot> Decode(std::string_view bytes) {
  constexpr size_t kHashBytes = sizeof(uint64_t);
  if (!bytes.starts_with(kMagic)) {
    return Invalid("the snapshot is of another version");
  }
  if (bytes.size() < kMagic.size() + kHashBytes) {
    return Invalid("the snapshot is torn");
  }
  const std::string_view hashed = bytes.substr(0, bytes.size() - kHashBytes);
  if (ByteReader(bytes.substr(hashed.size())).ReadU64() !=
      HashBytes64(hashed)) {
    return Invalid("the snapshot has a wrong checksum");
  }
  ByteReader reader(hashed.substr(kMagic.size()));
  const auto identity = reader.ReadPrefixed();
  const auto analysis_version = reader.ReadPrefixed();
  const auto revision = reader.ReadU64();
  const auto history_mark = reader.ReadU64();
  const auto count = reader.ReadU32();
  if (!count.has_value()) return Invalid("the snapshot is torn");
  DecodedSnapshot snapshot;
  snapshot.origin = {.identity = std::string(*identity),
                     .analysis_version = std::string(*analysis_version),
                     .revision = Revision{*revision},
                     .history_mark = *history_mark};
  for (uint32_t i = 0; i < *count; ++i) {
    ASSIGN_OR_RETURN(IndexManifest manifest, ReadManifest(reader));
    snapshot.manifests.push_back(std::move(manifest));
  }
  if (!reader.rest().empty()) return Invalid("the snapshot is too long");
  return snapshot;
}

}  // namespace

std::string IndexSnapshots::PathOf(std::string_view name) const {
  return directory_ + "/" + std::string(name);
}

StatusOr<uint64_t> IndexSnapshots::Save(const SnapshotOrigin& origin,
                                        const MemoryIndexes& indexes) {
  RETURN_IF_ERROR(files_.MakeDirectory(directory_));
  std::vector<IndexManifest> manifests;
  std::vector<std::string> needed = {std::string(kSnapshotName)};
  for (const auto& [memory, languages] : indexes) {
    for (const auto& [language, index] : languages) {
      ASSIGN_OR_RETURN(std::string manifest, index->Save(files_, directory_));
      ASSIGN_OR_RETURN(std::vector<std::string> names,
                       SegmentIndex::FilesOf(manifest));
      std::ranges::move(names, std::back_inserter(needed));
      manifests.push_back({memory, language, std::move(manifest)});
    }
  }
  // The files above must have their names on disk before something needs them.
  RETURN_IF_ERROR(files_.SyncDirectory(directory_));
  RETURN_IF_ERROR(WriteFileAtomically(files_, PathOf(kSnapshotName),
                                      Encode(origin, manifests)));
  RETURN_IF_ERROR(RemoveAllBut(needed));
  return DiskBytes(needed);
}

StatusOr<std::optional<IndexSnapshot>> IndexSnapshots::Load() {
  const StatusOr<FileBytes> file = files_.Map(PathOf(kSnapshotName));
  if (!file.ok() && IsMissing(file.status())) return std::nullopt;
  RETURN_IF_ERROR(file.status());
  ASSIGN_OR_RETURN(const DecodedSnapshot decoded, Decode(file->bytes));
  IndexSnapshot snapshot{.origin = decoded.origin};
  std::vector<std::string> needed = {std::string(kSnapshotName)};
  for (const IndexManifest& entry : decoded.manifests) {
    ASSIGN_OR_RETURN(snapshot.indexes[entry.memory][entry.language],
                     SegmentIndex::Load(files_, directory_, entry.manifest));
    ASSIGN_OR_RETURN(std::vector<std::string> names,
                     SegmentIndex::FilesOf(entry.manifest));
    std::ranges::move(names, std::back_inserter(needed));
  }
  ASSIGN_OR_RETURN(snapshot.disk_bytes, DiskBytes(needed));
  return snapshot;
}

Status IndexSnapshots::Discard() {
  const Status removed = files_.Remove(PathOf(kSnapshotName));
  if (IsMissing(removed)) return OkStatus();
  RETURN_IF_ERROR(removed);
  RETURN_IF_ERROR(files_.SyncDirectory(directory_));
  // A file that is not what its name says must not be taken again.
  return RemoveAllBut({});
}

StatusOr<uint64_t> IndexSnapshots::DiskBytes(
    const std::vector<std::string>& names) {
  uint64_t bytes = 0;
  for (const std::string& name : names) {
    ASSIGN_OR_RETURN(const FileBytes file, files_.Map(PathOf(name)));
    bytes += file.bytes.size();
  }
  return bytes;
}

Status IndexSnapshots::RemoveAllBut(const std::vector<std::string>& needed) {
  ASSIGN_OR_RETURN(const std::vector<std::string> names,
                   files_.List(directory_));
  for (const std::string& name : names) {
    if (std::ranges::find(needed, name) != needed.end()) continue;
    RETURN_IF_ERROR(files_.Remove(PathOf(name)));
  }
  return OkStatus();
}

}  // namespace tercet
