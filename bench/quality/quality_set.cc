#include "bench/quality/quality_set.h"

#include <algorithm>
#include <random>
#include <utility>

namespace tercet::bench {
namespace {

bool HasAll(const Sentence& sentence, const QualitySet& set) {
  return !sentence[LanguagePlace(set.source)].empty() &&
         std::ranges::all_of(set.targets, [&](std::string_view target) {
           return !sentence[LanguagePlace(target)].empty();
         });
}

class SetMaker {
 public:
  explicit SetMaker(const QualityPlan& plan)
      : plan_(plan),
        edits_(ReadEdits()),
        manuals_(ReadText(TextSet::kManuals)),
        news_(ReadText(TextSet::kNews)) {}

  std::vector<QualitySet> Make() {
    for (const bool back : {false, true}) {
      AddEdits("en", "zh", back);
      AddEdits("zh", "en", back);
    }
    for (const std::string_view source : kLanguages) {
      AddLeaveOneOut("manuals", source, manuals_);
      AddLeaveOneOut("news", source, news_);
    }
    return std::move(sets_);
  }

 private:
  void AddEdits(std::string_view source, std::string_view target, bool back) {
    QualitySet set{.name = back ? "edits back" : "edits",
                   .source = source,
                   .targets = {target}};
    for (const EditedSentence& edit : edits_) {
      set.memory.push_back(back ? edit.after : edit.before);
      set.queries.push_back(back ? edit.before : edit.after);
    }
    Add(set);
    set.name += ", large memory";
    set.leave_out_equal = true;
    set.memory.insert(set.memory.end(), manuals_.begin(), manuals_.end());
    Add(std::move(set));
  }

  void AddLeaveOneOut(std::string_view name, std::string_view source,
                      const std::vector<Sentence>& sentences) {
    QualitySet set{.name = std::string(name),
                   .source = source,
                   .memory = sentences,
                   .queries = sentences,
                   .leave_out_equal = true};
    for (const std::string_view target : kLanguages) {
      if (target != source) set.targets.push_back(target);
    }
    Add(std::move(set));
  }

  void Add(QualitySet set) {
    const auto lacks = [&set](const Sentence& s) { return !HasAll(s, set); };
    std::erase_if(set.memory, lacks);
    std::erase_if(set.queries, lacks);
    Sample(set.queries);
    sets_.push_back(std::move(set));
  }

  // Every set draws by the same seed, and the halves do not overlap.
  void Sample(std::vector<Sentence>& queries) const {
    std::mt19937_64 random(plan_.seed);
    std::ranges::shuffle(queries, random);
    if (plan_.half != Half::kBoth) {
      const auto middle =
          queries.begin() + static_cast<ptrdiff_t>(queries.size() / 2);
      if (plan_.half == Half::kFirst) {
        queries.erase(middle, queries.end());
      } else {
        queries.erase(queries.begin(), middle);
      }
    }
    if (queries.size() > plan_.query_count) queries.resize(plan_.query_count);
  }

  const QualityPlan& plan_;
  std::vector<EditedSentence> edits_;
  std::vector<Sentence> manuals_;
  std::vector<Sentence> news_;
  std::vector<QualitySet> sets_;
};

}  // namespace

std::vector<QualitySet> MakeQualitySets(const QualityPlan& plan) {
  return SetMaker(plan).Make();
}

}  // namespace tercet::bench
