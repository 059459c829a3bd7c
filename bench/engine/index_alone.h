// Our index without the database: what can be compared with the scan, which
// has all texts analysed in memory too and neither reads nor explains a match.
#ifndef TERCET_BENCH_ENGINE_INDEX_ALONE_H_
#define TERCET_BENCH_ENGINE_INDEX_ALONE_H_

#include <memory>

#include "bench/engine/engine.h"
#include "bench/engine/stored_texts.h"
#include "service/index/segment_index.h"

namespace tercet::bench {

// An index of the texts, merged as far as it goes; their units are their
// places.
std::shared_ptr<const SegmentIndex> BuildIndex(const StoredTexts& texts);

// `texts` must outlive it.
std::unique_ptr<Engine> MakeIndexAlone(const StoredTexts& texts);

}  // namespace tercet::bench

#endif  // TERCET_BENCH_ENGINE_INDEX_ALONE_H_
