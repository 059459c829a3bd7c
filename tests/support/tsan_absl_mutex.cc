// ThreadSanitizer does not see what Debian's absl::Mutex does, which is not
// instrumented: everything that it guards looks like a race. Here its functions
// tell the sanitizer that an unlock comes before the next lock, and then do
// what they did. Only in builds with the sanitizer; in others this file is
// empty.
#include "absl/base/config.h"

#if defined(ABSL_HAVE_THREAD_SANITIZER)

#include <dlfcn.h>

#include <cstdio>
#include <cstdlib>

#include "absl/synchronization/mutex.h"

// The sanitizer's own names.
extern "C" {
void __tsan_acquire(void* address);                         // NOLINT
void __tsan_release(void* address);                         // NOLINT
void AnnotateIgnoreReadsBegin(const char* file, int line);  // NOLINT
void AnnotateIgnoreReadsEnd(const char* file, int line);    // NOLINT
}

namespace {

// The library's function of this name, behind ours.
template <typename Function>
Function* Find(const char* name) {
  void* const found = dlsym(RTLD_NEXT, name);
  if (found == nullptr) {
    std::fprintf(stderr, "absl has no %s\n", name);
    std::abort();
  }
  return reinterpret_cast<Function*>(found);
}

using LockFunction = void(absl::Mutex*);

void LockThen(LockFunction* lock, absl::Mutex* mutex) {
  lock(mutex);
  __tsan_acquire(mutex);
}

// Who unlocks looks whether others' conditions hold. It has the lock still, but
// the sanitizer thinks not.
void UnlockThen(LockFunction* unlock, absl::Mutex* mutex) {
  __tsan_release(mutex);
  AnnotateIgnoreReadsBegin(__FILE__, __LINE__);
  unlock(mutex);
  AnnotateIgnoreReadsEnd(__FILE__, __LINE__);
}

}  // namespace

// Found by the loader before those of the library.
namespace absl {
ABSL_NAMESPACE_BEGIN

void Mutex::Lock() {
  static auto* const lock = Find<LockFunction>("_ZN4absl7debian35Mutex4LockEv");
  LockThen(lock, this);
}

void Mutex::Unlock() {
  static auto* const unlock =
      Find<LockFunction>("_ZN4absl7debian35Mutex6UnlockEv");
  UnlockThen(unlock, this);
}

void Mutex::ReaderLock() {
  static auto* const lock =
      Find<LockFunction>("_ZN4absl7debian35Mutex10ReaderLockEv");
  LockThen(lock, this);
}

void Mutex::ReaderUnlock() {
  static auto* const unlock =
      Find<LockFunction>("_ZN4absl7debian35Mutex12ReaderUnlockEv");
  UnlockThen(unlock, this);
}

void Mutex::Await(const Condition& condition) {
  static auto* const await = Find<void(Mutex*, const Condition&)>(
      "_ZN4absl7debian35Mutex5AwaitERKNS0_9ConditionE");
  __tsan_release(this);
  AnnotateIgnoreReadsBegin(__FILE__, __LINE__);
  await(this, condition);
  AnnotateIgnoreReadsEnd(__FILE__, __LINE__);
  __tsan_acquire(this);
}

ABSL_NAMESPACE_END
}  // namespace absl

#endif  // ABSL_HAVE_THREAD_SANITIZER
