#include "service/text/language.h"

#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "service/text/icu.h"

namespace tercet {
namespace {

// Private and unknown tags stand for themselves.
Language ResolveSlowly(const LanguageTag& tag) {
  Language language = unicode::AddLikelySubtags(tag.code());
  if (language.base.empty() || tag.language() == "x") {
    return {tag.code(), "", ""};
  }
  return language;
}

// ICU takes microseconds for a tag, and there are few.
class Cache {
 public:
  Language Resolve(const LanguageTag& tag) {
    {
      absl::ReaderMutexLock lock(&mutex_);
      if (auto it = languages_.find(tag.code()); it != languages_.end()) {
        return it->second;
      }
    }
    Language language = ResolveSlowly(tag);
    absl::MutexLock lock(&mutex_);
    if (languages_.size() < kMaxSize) languages_.emplace(tag.code(), language);
    return language;
  }

 private:
  static constexpr size_t kMaxSize = 10'000;  // Tags come from outside.

  absl::Mutex mutex_;
  absl::flat_hash_map<std::string, Language> languages_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace

Language ResolveLanguage(const LanguageTag& tag) {
  static auto* const cache = new Cache();
  return cache->Resolve(tag);
}

bool IsIn(const LanguageTag& language, const LanguageTag& asked) {
  const Language is = ResolveLanguage(language);
  const Language wanted = ResolveLanguage(asked);
  const bool any_region = asked.script().empty() && asked.region().empty();
  return any_region ? is.base == wanted.base : is == wanted;
}

}  // namespace tercet
