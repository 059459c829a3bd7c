// Makes chunks: of new segments, of other chunks, of both.
#ifndef TERCET_SERVICE_INDEX_CHUNK_BUILDER_H_
#define TERCET_SERVICE_INDEX_CHUNK_BUILDER_H_

#include <cstddef>
#include <memory>
#include <span>

#include "service/base/stop_check.h"
#include "service/index/chunk.h"

namespace tercet {

// One chunk of all live segments of `sources` and of `added`; with runs when it
// holds at least `min_segments_for_runs`. Returns the first error of `stop`.
// REQUIRES: no segment comes twice; at most kMaxChunkSlots in all.
StatusOr<std::shared_ptr<const Chunk>> BuildChunk(
    std::span<const ChunkView> sources, std::span<const IndexedSegment> added,
    size_t min_segments_for_runs, const StopCheck& stop);

}  // namespace tercet

#endif  // TERCET_SERVICE_INDEX_CHUNK_BUILDER_H_
