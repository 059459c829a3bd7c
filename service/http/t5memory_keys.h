// t5memory names an entry by two numbers, `record:target`, which translate5
// sends back as such; our units have names. This knows which number was given
// to which pair of texts.
//
//   T5memoryKeys keys(clock.NowMicros());
//   std::string key = keys.KeyOf(PairOf(unit, source, target));
//   // 1790000000000000:1
//   std::optional<T5memoryPair> pair = keys.Find("1790000000000000");
#ifndef TERCET_SERVICE_HTTP_T5MEMORY_KEYS_H_
#define TERCET_SERVICE_HTTP_T5MEMORY_KEYS_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "tercet/v1/resources.pb.h"

namespace tercet::http {

// A source and a target in a unit, which may hold them at other places later.
struct T5memoryPair {
  std::string unit;     // Its name.
  uint64_t source = 0;  // TextIdOf.
  uint64_t target = 0;

  friend auto operator<=>(const T5memoryPair&, const T5memoryPair&) = default;
};

T5memoryPair PairOf(const v1::Unit& unit, const v1::Variant& source,
                    const v1::Variant& target);

// `segmentId`: always the same for a pair, 1 to 2^31 - 1. Clients take 0 for
// an entry that was given none yet.
int64_t SegmentIdOf(const T5memoryPair& pair);

// Whether a key, or the position of a search, means a memory's beginning: none,
// and those of t5memory's first record, which clients begin with.
bool IsT5memoryBeginning(std::string_view key);

// The place of the variant of that text; nullopt when it is gone.
std::optional<int> FindVariant(const v1::Unit& unit, uint64_t text_id);

// Remembers the last of the keys that were given away. Thread-safe.
class T5memoryKeys {
 public:
  // `first` should be above all numbers that were given away before a restart,
  // such as the time: then an old key finds nothing rather than another pair.
  // REQUIRES: first > 0.
  explicit T5memoryKeys(int64_t first, size_t most = 50'000)
      : first_(first), most_(most) {}

  // The same as before while it is remembered.
  std::string KeyOf(const T5memoryPair& pair);

  // The pair of a record's number.
  std::optional<T5memoryPair> Find(std::string_view record) const;

 private:
  const int64_t first_;
  const size_t most_;
  mutable absl::Mutex mutex_;
  int64_t forgotten_ ABSL_GUARDED_BY(mutex_) = 0;
  std::deque<T5memoryPair> pairs_ ABSL_GUARDED_BY(mutex_);  // Oldest first.
  std::map<T5memoryPair, int64_t> numbers_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace tercet::http

#endif  // TERCET_SERVICE_HTTP_T5MEMORY_KEYS_H_
