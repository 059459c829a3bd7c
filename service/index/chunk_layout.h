// How a chunk lies in memory and in its file: the same bytes. docs/index.md
// draws them.
//
// A header, then the columns one after the other, each beginning at a multiple
// of 64 bytes. Numbers are little-endian. DO NOT CHANGE any of this without
// another kChunkFormat: stored on disk.
#ifndef TERCET_SERVICE_INDEX_CHUNK_LAYOUT_H_
#define TERCET_SERVICE_INDEX_CHUNK_LAYOUT_H_

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "service/base/status.h"

namespace tercet {

static_assert(std::endian::native == std::endian::little,
              "chunks are used as they lie in their files");

inline constexpr uint32_t kChunkFormat = 1;

// The columns in their order.
enum class Column : uint8_t {
  kLengths,      // LengthEntry, by length, and one behind the last.
  kUnits,        // u32 a slot: the lower bits of the unit's number.
  kUnitHighs,    // u8 a slot: the next eight.
  kVariants,     // u8 a slot.
  kSorts,        // u32 a slot: SegmentPrint::sorts; the next three likewise.
  kPlaceables,   // u16
  kContexts,     // u16
  kPenalties,    // u8
  kSignatures,   // Signature, a slot.
  kStems,        // StemKey, a stem.
  kRunStarts,    // u32 a bucket and one more; none in a chunk without runs.
  kRunPostings,  // kPostingBytes a posting, and kPostingPadding.
};
inline constexpr size_t kColumnCount = 12;

// Segments of one length: slots [first_slot, that of the next entry).
struct LengthEntry {
  uint32_t length = 0;
  uint32_t first_slot = 0;
  uint64_t first_stem = 0;
};

struct ChunkCounts {
  uint64_t slots = 0;
  uint64_t lengths = 0;
  uint64_t stems = 0;
  uint64_t run_buckets = 0;  // 0: the chunk has no runs.
  uint64_t postings = 0;

  friend bool operator==(const ChunkCounts&, const ChunkCounts&) = default;
};

// Where the columns lie.
struct ChunkLayout {
  struct Place {
    size_t begin = 0;
    size_t size = 0;
  };

  // REQUIRES: no count exceeds 2^40.
  explicit ChunkLayout(const ChunkCounts& counts);

  Place of(Column column) const { return places[static_cast<size_t>(column)]; }

  std::array<Place, kColumnCount> places;
  size_t total_bytes = 0;
};

// A chunk's header is that long.
size_t ChunkHeaderBytes();

// Writes the header for the columns, checksums included, that stand in
// `bytes`.
void SealChunk(const ChunkCounts& counts, char* bytes);

// The counts of a chunk's bytes when its header is whole, of this version of
// the format and of the analysis, and every checksum is right. Errors:
// kDataLoss with reason INDEX_FILE_INVALID.
StatusOr<ChunkCounts> CheckChunk(std::string_view bytes);

// The kDataLoss of index files.
Status InvalidIndexFile(std::string_view what);

}  // namespace tercet

#endif  // TERCET_SERVICE_INDEX_CHUNK_LAYOUT_H_
