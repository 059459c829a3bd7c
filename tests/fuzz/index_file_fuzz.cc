// A chunk whose checksums are right and whose columns are not is refused, or
// can be read without harm.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <string_view>
#include <utility>
#include <vector>

#include "service/index/chunk_builder.h"
#include "service/index/segment_index.h"
#include "tests/fuzz/require.h"
#include "tests/index/random_keys.h"

namespace tercet {
namespace {

std::string_view WholeChunk() {
  static const std::shared_ptr<const Chunk> chunk = [] {
    RandomKeys random(1);
    std::vector<IndexedSegment> segments;
    for (uint64_t i = 0; i < 60; ++i) {
      segments.push_back({.ref = {.unit = UnitNumber{i}},
                          .stems = random.OfLength(random.Below(12), 6)});
    }
    return BuildChunk({}, segments, 1, NeverStop()).value();
  }();
  return chunk->bytes();
}

FileBytes Copy(std::string_view bytes) {
  constexpr std::align_val_t kAlignment{64};
  auto* const copy =
      static_cast<char*>(::operator new(bytes.size(), kAlignment));
  std::ranges::copy(bytes, copy);
  return {{copy, bytes.size()}, std::shared_ptr<char>(copy, [](char* p) {
            ::operator delete(p, kAlignment);
          })};
}

// Each four bytes of the input set one of the chunk's: place (3), value (1).
void TestChunk(const uint8_t* data, size_t size) {
  const std::string_view whole = WholeChunk();
  const ChunkCounts counts = CheckChunk(whole).value();
  FileBytes bytes = Copy(whole);
  auto* const changed = const_cast<char*>(bytes.bytes.data());
  for (size_t i = 0; i + 4 <= size; i += 4) {
    const size_t place = data[i] | data[i + 1] << 8 | data[i + 2] << 16;
    changed[place % whole.size()] = static_cast<char>(data[i + 3]);
  }
  SealChunk(counts, changed);
  const auto chunk = Chunk::Open(std::move(bytes));
  if (!chunk.ok()) return;
  const SegmentIndex index({{.chunk = *chunk}}, {});
  RandomKeys random(2);
  for (const int min_score : {1, 70, 90}) {
    const Keys query = random.OfLength(6, 6);
    const Status status =
        index.Visit({.stems = query}, Needed::AtLeast(min_score), NeverStop(),
                    [&](const Candidate&) -> StatusOr<Needed> {
                      return Needed::AtLeast(min_score);
                    });
    Require(status.ok(), "a visit of what was opened");
  }
  index.Apply({.removed_units = {UnitNumber{5}}});
}

}  // namespace
}  // namespace tercet

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  tercet::TestChunk(data, size);
  return 0;
}
