#include "service/index/chunk_layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "service/base/hash.h"
#include "service/index/postings.h"
#include "service/index/signature.h"
#include "service/text/analysis.h"

namespace tercet {
namespace {

constexpr size_t kAlignment = 64;
constexpr uint64_t kMaxCount = uint64_t{1} << 40;
constexpr std::string_view kMagic = "TERCETIX";
constexpr size_t kVersionBytes = 52;

struct Header {
  std::array<char, 8> magic{};
  uint32_t format = 0;
  std::array<char, kVersionBytes> analysis{};  // AnalysisVersion, then zeros.
  ChunkCounts counts;
  std::array<uint64_t, kColumnCount> checksums{};
  uint64_t header_checksum = 0;  // Of all before it.
};
static_assert(sizeof(Header) ==
              8 + 4 + kVersionBytes + 40 + 8 * kColumnCount + 8);

constexpr size_t RoundUp(size_t bytes) {
  return (bytes + kAlignment - 1) / kAlignment * kAlignment;
}

std::array<char, kVersionBytes> PaddedVersion() {
  // A hash where the version is longer than its place.
  std::string version = AnalysisVersion();
  if (version.size() > kVersionBytes) {
    version = fmt::format("{:016x}", HashBytes64(version));
  }
  std::array<char, kVersionBytes> padded{};
  std::ranges::copy(version, padded.begin());
  return padded;
}

uint64_t HeaderChecksum(const Header& header) {
  return HashBytes64({reinterpret_cast<const char*>(&header),
                      offsetof(Header, header_checksum)});
}

uint64_t ColumnChecksum(std::string_view bytes, ChunkLayout::Place place) {
  return HashBytes64(bytes.substr(place.begin, place.size));
}

}  // namespace

ChunkLayout::ChunkLayout(const ChunkCounts& counts) {
  const std::array<size_t, kColumnCount> sizes = {
      (counts.lengths + 1) * sizeof(LengthEntry),
      counts.slots * sizeof(uint32_t),
      counts.slots,
      counts.slots,
      counts.slots * sizeof(uint32_t),
      counts.slots * sizeof(uint16_t),
      counts.slots * sizeof(uint16_t),
      counts.slots,
      counts.slots * sizeof(Signature),
      counts.stems * sizeof(StemKey),
      counts.run_buckets == 0 ? 0 : (counts.run_buckets + 1) * sizeof(uint32_t),
      counts.run_buckets == 0
          ? 0
          : counts.postings * kPostingBytes + kPostingPadding};
  total_bytes = RoundUp(sizeof(Header));
  for (size_t i = 0; i < kColumnCount; ++i) {
    places[i] = {.begin = total_bytes, .size = sizes[i]};
    total_bytes += RoundUp(sizes[i]);
  }
}

size_t ChunkHeaderBytes() { return sizeof(Header); }

void SealChunk(const ChunkCounts& counts, char* bytes) {
  const ChunkLayout layout(counts);
  Header header{
      .format = kChunkFormat, .analysis = PaddedVersion(), .counts = counts};
  std::ranges::copy(kMagic, header.magic.begin());
  for (size_t i = 0; i < kColumnCount; ++i) {
    header.checksums[i] =
        ColumnChecksum({bytes, layout.total_bytes}, layout.places[i]);
  }
  header.header_checksum = HeaderChecksum(header);
  std::memcpy(bytes, &header, sizeof(header));
}

StatusOr<ChunkCounts> CheckChunk(std::string_view bytes) {
  Header header;
  if (bytes.size() < sizeof(header)) return InvalidIndexFile("too short");
  std::memcpy(&header, bytes.data(), sizeof(header));
  if (std::string_view(header.magic.data(), header.magic.size()) != kMagic) {
    return InvalidIndexFile("not a chunk of an index");
  }
  if (header.header_checksum != HeaderChecksum(header)) {
    return InvalidIndexFile("the header's checksum is wrong");
  }
  if (header.format != kChunkFormat) {
    return InvalidIndexFile(
        fmt::format("format {} instead of {}", header.format, kChunkFormat));
  }
  if (header.analysis != PaddedVersion()) {
    return InvalidIndexFile("made with another analysis");
  }
  const ChunkCounts& counts = header.counts;
  if (std::max({counts.slots, counts.lengths, counts.stems, counts.run_buckets,
                counts.postings}) > kMaxCount) {
    return InvalidIndexFile("impossible counts");
  }
  const ChunkLayout layout(counts);
  if (layout.total_bytes != bytes.size()) {
    return InvalidIndexFile(fmt::format("{} bytes instead of {}", bytes.size(),
                                        layout.total_bytes));
  }
  for (size_t i = 0; i < kColumnCount; ++i) {
    if (header.checksums[i] != ColumnChecksum(bytes, layout.places[i])) {
      return InvalidIndexFile(fmt::format("column {}'s checksum is wrong", i));
    }
  }
  return counts;
}

Status InvalidIndexFile(std::string_view what) {
  return MakeError(StatusCode::kDataLoss,
                   fmt::format("invalid index file: {}", what),
                   {.reason = "INDEX_FILE_INVALID"});
}

}  // namespace tercet
