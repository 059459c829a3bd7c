#include "service/memory/write_queue.h"

#include <algorithm>
#include <string>
#include <utility>

namespace tercet {
namespace {

// A group is closed when it is this large, so that no caller waits long.
constexpr size_t kMaxGroupBytes = 8 << 20;
// Keys deleted at a time behind a deleted memory.
constexpr size_t kPurgeSliceKeys = 1000;

}  // namespace

WriteQueue::WriteQueue(KeyValueStore& store, View first, bool sync,
                       const Clock& clock)
    : store_(store),
      sync_(sync),
      clock_(clock),
      view_(std::make_shared<const View>(std::move(first))),
      writer_([this] { WriterLoop(); }) {}

WriteQueue::~WriteQueue() {
  {
    absl::MutexLock lock(&mutex_);
    closed_ = true;
  }
  writer_.join();
}

std::shared_ptr<const View> WriteQueue::CurrentView() const {
  absl::MutexLock lock(&view_mutex_);
  return view_;
}

Status WriteQueue::Run(const WriteOperation& operation) {
  Waiter waiter{.operation = &operation};
  absl::MutexLock lock(&mutex_);
  if (!failure_.ok()) return failure_;
  Await(waiter);
  return waiter.result;
}

void WriteQueue::RunOnView(const ViewChange& change) {
  Waiter waiter{.view_change = &change};
  absl::MutexLock lock(&mutex_);
  Await(waiter);
}

void WriteQueue::Await(Waiter& waiter) {
  waiters_.push_back(&waiter);
  mutex_.Await(absl::Condition(&waiter.done));
}

Status WriteQueue::RunDry(const WriteOperation& operation) const {
  const std::shared_ptr<const View> view = CurrentView();
  const Transaction base(store_, *view);
  Transaction transaction(base, clock_.NowMicros());
  return operation(transaction);
}

void WriteQueue::WriterLoop() {
  while (true) {
    const std::vector<Waiter*> group = TakeWaiters();
    if (!group.empty()) {
      Serve(group);
      continue;
    }
    {
      absl::MutexLock lock(&mutex_);
      if (closed_) return;
    }
    const bool more = PurgeSome();
    absl::MutexLock lock(&mutex_);
    // A deletion in the meantime would have come through this thread.
    idle_work_ = more;
  }
}

std::vector<WriteQueue::Waiter*> WriteQueue::TakeWaiters() {
  const auto something_to_do = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
    return !waiters_.empty() || closed_ || idle_work_;
  };
  absl::MutexLock lock(&mutex_);
  mutex_.Await(absl::Condition(&something_to_do));
  std::vector<Waiter*> group(waiters_.begin(), waiters_.end());
  waiters_.clear();
  return group;
}

void WriteQueue::Serve(const std::vector<Waiter*>& group) {
  size_t next = 0;
  while (next < group.size()) {
    if (group[next]->view_change != nullptr) {
      Change(*group[next++]);
    } else {
      next = Commit(group, next);
    }
  }
}

size_t WriteQueue::Commit(const std::vector<Waiter*>& group, size_t first) {
  const std::shared_ptr<const View> view = CurrentView();
  Transaction transaction(store_, *view);
  std::vector<Waiter*> applied;
  std::vector<Waiter*> refused;
  size_t next = first;
  while (next < group.size() && group[next]->operation != nullptr &&
         transaction.bytes() < kMaxGroupBytes) {
    Waiter* const waiter = group[next++];
    Transaction own(transaction, clock_.NowMicros());
    waiter->result = (*waiter->operation)(own);
    if (waiter->result.ok()) transaction.Merge(std::move(own));
    (waiter->result.ok() ? applied : refused).push_back(waiter);
  }
  const Status written =
      transaction.empty() ? OkStatus() : Write(std::move(transaction));
  absl::MutexLock lock(&mutex_);
  for (Waiter* const waiter : refused) waiter->done = true;
  for (Waiter* const waiter : applied) {
    waiter->result = written;
    waiter->done = true;
  }
  return next;
}

void WriteQueue::Change(Waiter& waiter) {
  View view = *CurrentView();
  (*waiter.view_change)(view);
  Publish(std::move(view));
  absl::MutexLock lock(&mutex_);
  waiter.done = true;
}

Status WriteQueue::Write(Transaction transaction) {
  {
    absl::MutexLock lock(&mutex_);
    if (!failure_.ok()) return failure_;
    idle_work_ = true;
  }
  if (Status written = store_.Write(transaction.TakeBatch(), sync_);
      !written.ok()) {
    // Whether the batch is on disk is unknown now, so memory and disk may
    // differ; only opening the database again tells.
    absl::MutexLock lock(&mutex_);
    failure_ = written;
    return written;
  }
  View view = std::move(transaction).Apply();
  view.snapshot = store_.TakeSnapshot();
  Publish(std::move(view));
  return OkStatus();
}

void WriteQueue::Publish(View view) {
  auto published = std::make_shared<const View>(std::move(view));
  // The old view may be the last owner of much; let go of it without the lock.
  absl::MutexLock lock(&view_mutex_);
  view_.swap(published);
}

bool WriteQueue::PurgeSome() {
  const std::unique_ptr<Iterator> walk = store_.NewIterator(nullptr);
  walk->Seek(PurgeKeyPrefix());
  if (!walk->Valid()) return false;
  const std::optional<MemoryNumber> memory = ParsePurgeKey(walk->key());
  if (!memory.has_value()) return false;
  if (purge_.memory != *memory) purge_ = {.memory = *memory};
  WriteBatch batch;
  std::string last = purge_.last_key;
  size_t count = 0;
  // In the order of the keys, so that one place says how far it is.
  for (const std::string& prefix :
       {ImportKeyPrefix(*memory), ImportCaseKeyPrefix(*memory),
        UnfinishedImportKeyPrefix(*memory), UnitIdKeyPrefix(*memory),
        BeforeKeyPrefix(*memory), UnitKeyPrefix(*memory),
        ExactKeyPrefix(*memory)}) {
    for (walk->Seek(std::max(prefix, last));
         walk->Valid() && count < kPurgeSliceKeys &&
         walk->key().starts_with(prefix);
         walk->Next()) {
      last = walk->key();
      batch.Delete(last);
      ++count;
    }
  }
  if (!walk->status().ok()) return false;
  const bool done = count < kPurgeSliceKeys;
  if (done) batch.Delete(PurgeKey(*memory));
  // Losing this in a crash of the machine only means doing it again; and when
  // it fails, opening the database again takes it up.
  if (!store_.Write(batch, /*sync=*/false).ok()) return false;
  purge_.last_key = done ? std::string() : std::move(last);
  return true;
}

}  // namespace tercet
