// Which slots of a chunk are dead. A value: copies share their blocks, and a
// change copies the one block that it touches.
#ifndef TERCET_SERVICE_INDEX_DEAD_SLOTS_H_
#define TERCET_SERVICE_INDEX_DEAD_SLOTS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tercet {

// Thread-compatible.
class DeadSlots {
 public:
  bool Has(size_t slot) const {
    if (count_ == 0) return false;
    const size_t block = slot / kBlockSlots;
    return block < blocks_.size() && blocks_[block] != nullptr &&
           ((*blocks_[block])[slot % kBlockSlots / 64] >> (slot % 64) & 1) != 0;
  }

  // Returns false when it was dead before.
  bool Add(size_t slot);

  size_t count() const { return count_; }
  // All of them, in order.
  std::vector<uint32_t> List() const;
  // Bytes of memory, as if nothing were shared.
  size_t MemoryBytes() const;

  // DO NOT CHANGE: stored on disk.
  std::string Encode() const;
  // Nullopt for bytes that Encode does not give for slots below `slot_count`.
  static std::optional<DeadSlots> Decode(std::string_view bytes,
                                         size_t slot_count);

 private:
  static constexpr size_t kBlockSlots = size_t{1} << 14;
  using Block = std::array<uint64_t, kBlockSlots / 64>;

  // Shared between the indexes before and after a change; null: none is dead.
  std::vector<std::shared_ptr<const Block>> blocks_;
  size_t count_ = 0;
};

}  // namespace tercet

#endif  // TERCET_SERVICE_INDEX_DEAD_SLOTS_H_
