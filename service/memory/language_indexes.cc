#include "service/memory/language_indexes.h"

#include <utility>

namespace tercet {

void ApplyChanges(const std::string& language, IndexChanges changes,
                  LanguageIndexes& indexes) {
  std::shared_ptr<const SegmentIndex>& index = indexes[language];
  if (index == nullptr) index = SegmentIndex::Empty();
  index = index->Apply(std::move(changes));
  if (index->size() == 0) indexes.erase(language);
}

Status MergeWhatIsDue(const StopCheck& stop, LanguageIndexes& indexes) {
  for (auto& [language, index] : indexes) {
    while (const auto merge = index->PlanMerge(MergeEffort::kFrugal)) {
      RETURN_IF_ERROR(merge->Run(stop));
      index = index->Adopt(*merge);
    }
  }
  return OkStatus();
}

}  // namespace tercet
