#include "service/memory/transaction.h"

#include <utility>

#include "service/base/bytes.h"

namespace tercet {
namespace {

Revision After(Revision revision) {
  return Revision{static_cast<uint64_t>(revision) + 1};
}

// The index of each language with its changes.
void ApplySegments(
    std::map<std::string, std::map<SegmentRef, std::optional<IndexedSegment>>>&&
        changes,
    MemoryState& state) {
  for (auto& [language, segments] : changes) {
    IndexChanges index_changes;
    for (auto& [ref, segment] : segments) {
      index_changes.removed.push_back(ref);
      if (segment.has_value()) {
        index_changes.added.push_back(*std::move(segment));
      }
    }
    ApplyChanges(language, std::move(index_changes), state.indexes);
  }
}

// Moves what is in `from` to `to`, over what has the same key. Keys are not
// copied: there are seven in a unit.
template <typename Map>
void MoveOver(Map& from, Map& to) {
  if (to.empty()) {
    to.swap(from);
    return;
  }
  while (!from.empty()) {
    auto result = to.insert(from.extract(from.begin()));
    if (!result.inserted) {
      result.position->second = std::move(result.node.mapped());
    }
  }
}

}  // namespace

Transaction::Transaction(const KeyValueStore& store, const View& view)
    : store_(store), view_(view), revision_(view.revision) {}

Transaction::Transaction(const Transaction& parent, int64_t now_micros)
    : store_(parent.store_),
      view_(parent.view_),
      parent_(&parent),
      revision_(After(parent.revision_)),
      now_micros_(now_micros) {}

StatusOr<std::optional<std::string>> Transaction::Get(
    std::string_view key) const {
  if (auto it = changes_.find(key); it != changes_.end()) return it->second;
  if (parent_ != nullptr) return parent_->Get(key);
  return store_.Get(key, view_.snapshot.get());
}

std::unique_ptr<Iterator> Transaction::NewIterator() const {
  return store_.NewIterator(view_.snapshot.get());
}

void Transaction::Put(std::string key, std::string value) {
  bytes_ += key.size() + value.size();
  changes_[std::move(key)] = std::move(value);
}

void Transaction::Delete(std::string key) {
  bytes_ += key.size();
  changes_[std::move(key)] = std::nullopt;
}

void Transaction::Log(const StoredChange& change) {
  Put(ChangeKey(revision_, log_entries_++), EncodeChange(change));
}

const StoredMemory* Transaction::FindMemory(std::string_view id) const {
  if (auto it = memories_.find(id); it != memories_.end()) {
    return it->second.has_value() ? &*it->second : nullptr;
  }
  if (parent_ != nullptr) return parent_->FindMemory(id);
  const auto it = view_.memories.find(id);
  return it == view_.memories.end() ? nullptr : &it->second->record;
}

StoredMemory& Transaction::ChangeMemory(const std::string& id) {
  auto it = memories_.find(id);
  if (it == memories_.end()) it = memories_.emplace(id, *FindMemory(id)).first;
  return *it->second;
}

void Transaction::PutMemory(const StoredMemory& memory) {
  memories_[memory.id] = memory;
}

void Transaction::DeleteMemory(const std::string& id) {
  memories_[id] = std::nullopt;
  segments_.erase(id);
}

void Transaction::AddSegment(const std::string& memory_id,
                             const std::string& language,
                             IndexedSegment segment) {
  const SegmentRef ref = segment.ref;
  segments_[memory_id][language][ref] = std::move(segment);
}

void Transaction::RemoveSegment(const std::string& memory_id,
                                const std::string& language,
                                const SegmentRef& ref) {
  segments_[memory_id][language][ref] = std::nullopt;
}

void Transaction::Merge(Transaction&& child) {
  revision_ = child.revision_;
  bytes_ += child.bytes_;
  log_entries_ += child.log_entries_;
  MoveOver(child.changes_, changes_);
  for (auto& [id, memory] : child.memories_) {
    if (!memory.has_value()) segments_.erase(id);
  }
  MoveOver(child.memories_, memories_);
  for (auto& [id, languages] : child.segments_) {
    for (auto& [language, segments] : languages) {
      MoveOver(segments, segments_[id][language]);
    }
  }
}

WriteBatch Transaction::TakeBatch() {
  WriteBatch batch;
  while (!changes_.empty()) {
    auto change = changes_.extract(changes_.begin());
    if (change.mapped().has_value()) {
      batch.Put(std::move(change.key()), *std::move(change.mapped()));
    } else {
      batch.Delete(std::move(change.key()));
    }
  }
  for (const auto& [id, memory] : memories_) {
    if (memory.has_value()) {
      batch.Put(MemoryKey(id), EncodeMemory(*memory));
    } else {
      batch.Delete(MemoryKey(id));
    }
  }
  std::string revision;
  AppendU64(revision, static_cast<uint64_t>(revision_));
  batch.Put(std::string(kRevisionKey), std::move(revision));
  return batch;
}

View Transaction::Apply() && {
  View after{.revision = revision_,
             .change_count = view_.change_count + log_entries_,
             .memories = view_.memories};
  for (auto& [id, memory] : memories_) {
    if (!memory.has_value()) {
      after.memories.erase(id);
      continue;
    }
    MemoryState state;
    // A memory that was deleted and made again has another number, and nothing
    // of the old one's index.
    if (const auto it = view_.memories.find(id);
        it != view_.memories.end() &&
        it->second->record.number == memory->number) {
      state.is_indexed = it->second->is_indexed;
      state.indexes = it->second->indexes;
    }
    state.record = *std::move(memory);
    // Whoever rebuilds an index reads in the log what it has missed.
    if (auto it = segments_.find(id);
        it != segments_.end() && state.is_indexed) {
      ApplySegments(std::move(it->second), state);
    }
    after.memories[id] = std::make_shared<const MemoryState>(std::move(state));
  }
  return after;
}

}  // namespace tercet
