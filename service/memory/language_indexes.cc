#include "service/memory/language_indexes.h"

#include <utility>

namespace tercet {

void ApplyChanges(const std::string& language, IndexChanges changes,
                  LanguageIndexes& indexes) {
  std::shared_ptr<const SegmentIndex>& index = indexes[language];
  if (index == nullptr) index = SegmentIndex::Empty();
  index = index->Apply(std::move(changes));
  while (const auto merge = index->PlanMerge(MergeEffort::kFrugal)) {
    if (!merge->Run(NeverStop()).ok()) break;
    index = index->Adopt(*merge);
  }
  if (index->size() == 0) indexes.erase(language);
}

}  // namespace tercet
