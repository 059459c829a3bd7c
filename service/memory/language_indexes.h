// The indexes of one memory: one for each base language (`zh`) in it.
#ifndef TERCET_SERVICE_MEMORY_LANGUAGE_INDEXES_H_
#define TERCET_SERVICE_MEMORY_LANGUAGE_INDEXES_H_

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "service/index/segment_index.h"

namespace tercet {

using LanguageIndexes =
    std::map<std::string, std::shared_ptr<const SegmentIndex>, std::less<>>;

// Gives the index of `language` the changes. One without segments is not kept.
// Leaves merges to others, for it must not take long.
void ApplyChanges(const std::string& language, IndexChanges changes,
                  LanguageIndexes& indexes);

// Merges what has become too many pieces. Returns the first error of `stop`.
Status MergeWhatIsDue(const StopCheck& stop, LanguageIndexes& indexes);

}  // namespace tercet

#endif  // TERCET_SERVICE_MEMORY_LANGUAGE_INDEXES_H_
