// SegmentIndex::Save and Load. A manifest names the chunks of an index:
//
//   "TERCETIM" | format u32 | count u32 | chunk ... | checksum u64
//   chunk: how u8 | name or bytes, prefixed | dead slots, prefixed
//
// with numbers as base/bytes.h writes them. The checksum is of all before it.
// DO NOT CHANGE without another kManifestFormat: stored on disk.
#include <algorithm>
#include <new>
#include <optional>
#include <utility>

#include "service/base/bytes.h"
#include "service/base/hash.h"
#include "service/index/segment_index.h"

namespace tercet {
namespace {

constexpr std::string_view kMagic = "TERCETIM";
constexpr uint32_t kManifestFormat = 1;
constexpr size_t kChecksumBytes = 8;

enum class How : uint8_t { kFile = 1, kEmbedded = 2 };

struct ManifestChunk {
  How how = How::kFile;
  std::string_view content;  // The file's name, or the chunk's bytes.
  std::string_view dead;
};

// The header holds the checksums of all the rest.
std::string NameOf(std::string_view chunk_bytes) {
  std::string key;
  const Hash128 hash = HashBytes128(chunk_bytes.substr(0, ChunkHeaderBytes()));
  AppendU64(key, hash.high);
  AppendU64(key, hash.low);
  return ToHex(key) + ".chunk";
}

void AppendChunk(How how, std::string_view content, const DeadSlots& dead,
                 std::string& manifest) {
  manifest.push_back(static_cast<char>(how));
  AppendPrefixed(manifest, content);
  AppendPrefixed(manifest, dead.Encode());
}

std::optional<ManifestChunk> ReadChunk(ByteReader& reader) {
  const std::optional<uint8_t> how = reader.ReadU8();
  const std::optional<std::string_view> content = reader.ReadPrefixed();
  const std::optional<std::string_view> dead = reader.ReadPrefixed();
  if (!dead.has_value() || *how < 1 || *how > 2) return std::nullopt;
  return ManifestChunk{static_cast<How>(*how), *content, *dead};
}

StatusOr<std::vector<ManifestChunk>> ReadManifest(std::string_view manifest) {
  if (manifest.size() < kMagic.size() + kChecksumBytes ||
      !manifest.starts_with(kMagic)) {
    return InvalidIndexFile("not a manifest of an index");
  }
  const std::string_view body =
      manifest.substr(0, manifest.size() - kChecksumBytes);
  ByteReader trailer(manifest.substr(body.size()));
  if (trailer.ReadU64() != HashBytes64(body)) {
    return InvalidIndexFile("the manifest's checksum is wrong");
  }
  ByteReader reader(body.substr(kMagic.size()));
  if (reader.ReadU32() != kManifestFormat) {
    return InvalidIndexFile("a manifest of another format");
  }
  const std::optional<uint32_t> count = reader.ReadU32();
  std::vector<ManifestChunk> chunks;
  for (uint32_t i = 0; i < count.value_or(0); ++i) {
    const std::optional<ManifestChunk> chunk = ReadChunk(reader);
    if (!chunk.has_value()) return InvalidIndexFile("a torn manifest");
    chunks.push_back(*chunk);
  }
  if (!count.has_value() || !reader.rest().empty()) {
    return InvalidIndexFile("a torn manifest");
  }
  return chunks;
}

// A copy that is aligned as chunks want it.
FileBytes CopyAligned(std::string_view bytes) {
  constexpr std::align_val_t kAlignment{64};
  auto* const copy = static_cast<char*>(
      ::operator new(std::max<size_t>(1, bytes.size()), kAlignment));
  std::ranges::copy(bytes, copy);
  return {.bytes = {copy, bytes.size()},
          .owner = std::shared_ptr<char>(
              copy, [](char* p) { ::operator delete(p, kAlignment); })};
}

StatusOr<FileBytes> BytesOf(FileSystem& files, const std::string& directory,
                            const ManifestChunk& chunk) {
  if (chunk.how == How::kEmbedded) return CopyAligned(chunk.content);
  const std::string name(chunk.content);
  if (name.find('/') != std::string::npos) {
    return InvalidIndexFile("a chunk in another directory");
  }
  ASSIGN_OR_RETURN(FileBytes bytes, files.Map(directory + "/" + name));
  if (NameOf(bytes.bytes) != name) {
    return InvalidIndexFile("a chunk has another one's name");
  }
  return bytes;
}

}  // namespace

StatusOr<std::string> SegmentIndex::Save(FileSystem& files,
                                         const std::string& directory) const {
  ASSIGN_OR_RETURN(const std::vector<std::string> names, files.List(directory));
  std::string manifest(kMagic);
  AppendU32(manifest, kManifestFormat);
  AppendU32(manifest, static_cast<uint32_t>(chunks_.size()));
  for (const ChunkView& view : chunks_) {
    const std::string_view bytes = view.chunk->bytes();
    if (bytes.size() < tuning_.min_bytes_for_file) {
      AppendChunk(How::kEmbedded, bytes, view.dead, manifest);
      continue;
    }
    const std::string name = NameOf(bytes);
    if (!std::ranges::binary_search(names, name)) {
      RETURN_IF_ERROR(
          WriteFileAtomically(files, directory + "/" + name, bytes));
    }
    AppendChunk(How::kFile, name, view.dead, manifest);
  }
  AppendU64(manifest, HashBytes64(manifest));
  return manifest;
}

StatusOr<std::shared_ptr<const SegmentIndex>> SegmentIndex::Load(
    FileSystem& files, const std::string& directory, std::string_view manifest,
    const IndexTuning& tuning) {
  ASSIGN_OR_RETURN(const std::vector<ManifestChunk> named,
                   ReadManifest(manifest));
  std::vector<ChunkView> chunks;
  for (const ManifestChunk& chunk : named) {
    ASSIGN_OR_RETURN(FileBytes bytes, BytesOf(files, directory, chunk));
    ChunkView view;
    ASSIGN_OR_RETURN(view.chunk, Chunk::Open(std::move(bytes)));
    std::optional<DeadSlots> dead =
        DeadSlots::Decode(chunk.dead, view.chunk->slot_count());
    if (!dead.has_value()) return InvalidIndexFile("impossible dead slots");
    view.dead = *std::move(dead);
    chunks.push_back(std::move(view));
  }
  return std::make_shared<const SegmentIndex>(std::move(chunks), tuning);
}

StatusOr<std::vector<std::string>> SegmentIndex::FilesOf(
    std::string_view manifest) {
  ASSIGN_OR_RETURN(const std::vector<ManifestChunk> chunks,
                   ReadManifest(manifest));
  std::vector<std::string> names;
  for (const ManifestChunk& chunk : chunks) {
    if (chunk.how == How::kFile) names.emplace_back(chunk.content);
  }
  return names;
}

}  // namespace tercet
