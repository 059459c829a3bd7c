// The one writer. Callers hand in changes and wait; a thread of its own takes
// all that are waiting, applies them one after the other, writes them as one
// batch with one sync (group commit), and only then lets the callers go on.
#ifndef TERCET_SERVICE_MEMORY_WRITE_QUEUE_H_
#define TERCET_SERVICE_MEMORY_WRITE_QUEUE_H_

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "service/base/clock.h"
#include "service/base/status.h"
#include "service/memory/transaction.h"
#include "service/memory/view.h"
#include "service/store/key_value_store.h"

namespace tercet {

// Makes a change. An error drops what it did and goes to its caller alone.
using WriteOperation = std::function<Status(Transaction&)>;

// Changes what is derived from the store: indexes become others that hold the
// same segments. Runs between writes.
using ViewChange = std::function<void(View&)>;

// Thread-safe.
class WriteQueue {
 public:
  // Starts from `first`; `store` and `clock` must outlive the queue.
  WriteQueue(KeyValueStore& store, View first, bool sync, const Clock& clock);
  // REQUIRES: no call is in progress.
  ~WriteQueue();

  WriteQueue(const WriteQueue&) = delete;
  WriteQueue& operator=(const WriteQueue&) = delete;

  // Runs `operation` and returns when its changes are durable and in view. Once
  // the store has failed to write, fails with that error for ever.
  Status Run(const WriteOperation& operation);

  // Runs `operation` on the view of now and drops what it did.
  Status RunDry(const WriteOperation& operation) const;

  // Runs `change` on the latest view when its turn comes, and returns when it
  // is in view. Works on after the store has failed.
  void RunOnView(const ViewChange& change);

  // The latest moment. Never waits for the writer.
  std::shared_ptr<const View> CurrentView() const;

 private:
  // A caller that waits.
  struct Waiter {
    const WriteOperation* operation = nullptr;
    const ViewChange* view_change = nullptr;  // One of the two is there.
    Status result;
    bool done = false;
  };

  // How far the purge of a memory is. To walk over what was deleted before
  // would take the square of the memory's size.
  struct Purge {
    MemoryNumber memory{};
    std::string last_key;
  };

  void WriterLoop();
  // Takes the waiters off the queue; empty when the queue is closed.
  std::vector<Waiter*> TakeWaiters();
  // Waits until the writer is done with `waiter`.
  void Await(Waiter& waiter) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Does what they wait for, in order.
  void Serve(const std::vector<Waiter*>& group);
  // Applies and commits writes of `group` from `first` on, as far as they go
  // together; where the next ones begin.
  size_t Commit(const std::vector<Waiter*>& group, size_t first);
  // Writes and publishes the changes.
  Status Write(Transaction transaction);
  void Change(Waiter& waiter);
  void Publish(View view);
  // Deletes a slice of what deleted memories have left behind; false when
  // nothing is left.
  bool PurgeSome();

  KeyValueStore& store_;
  const bool sync_;
  const Clock& clock_;

  mutable absl::Mutex view_mutex_;
  std::shared_ptr<const View> view_ ABSL_GUARDED_BY(view_mutex_);

  absl::Mutex mutex_;
  std::deque<Waiter*> waiters_ ABSL_GUARDED_BY(mutex_);
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
  bool idle_work_ ABSL_GUARDED_BY(mutex_) = true;
  Status failure_ ABSL_GUARDED_BY(mutex_);

  Purge purge_;  // The writer thread's own.

  std::thread writer_;  // Last: it uses all of the above.
};

}  // namespace tercet

#endif  // TERCET_SERVICE_MEMORY_WRITE_QUEUE_H_
