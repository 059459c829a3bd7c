#include "service/index/dead_slots.h"

#include <algorithm>
#include <bit>

#include "service/base/bytes.h"

namespace tercet {

bool DeadSlots::Add(size_t slot) {
  if (Has(slot)) return false;
  const size_t block = slot / kBlockSlots;
  if (block >= blocks_.size()) blocks_.resize(block + 1);
  const auto changed = blocks_[block] == nullptr
                           ? std::make_shared<Block>()
                           : std::make_shared<Block>(*blocks_[block]);
  (*changed)[slot % kBlockSlots / 64] |= uint64_t{1} << (slot % 64);
  blocks_[block] = changed;
  ++count_;
  return true;
}

size_t DeadSlots::MemoryBytes() const {
  const auto made = std::ranges::count_if(
      blocks_, [](const auto& block) { return block != nullptr; });
  return static_cast<size_t>(made) * sizeof(Block) +
         blocks_.size() * sizeof(blocks_.front());
}

std::vector<uint32_t> DeadSlots::List() const {
  std::vector<uint32_t> slots;
  slots.reserve(count_);
  for (size_t block = 0; block < blocks_.size(); ++block) {
    if (blocks_[block] == nullptr) continue;
    for (size_t word = 0; word < blocks_[block]->size(); ++word) {
      for (uint64_t bits = (*blocks_[block])[word]; bits != 0;
           bits &= bits - 1) {
        slots.push_back(
            static_cast<uint32_t>(block * kBlockSlots + word * 64 +
                                  static_cast<size_t>(std::countr_zero(bits))));
      }
    }
  }
  return slots;
}

std::string DeadSlots::Encode() const {
  std::string bytes;
  for (const uint32_t slot : List()) AppendU32(bytes, slot);
  return bytes;
}

std::optional<DeadSlots> DeadSlots::Decode(std::string_view bytes,
                                           size_t slot_count) {
  DeadSlots slots;
  std::shared_ptr<Block> block;
  std::optional<uint32_t> last;
  ByteReader reader(bytes);
  while (!reader.rest().empty()) {
    const std::optional<uint32_t> slot = reader.ReadU32();
    if (!slot.has_value() || *slot >= slot_count) return std::nullopt;
    if (last.has_value() && *slot <= *last) return std::nullopt;
    last = slot;
    const size_t place = *slot / kBlockSlots;
    if (place >= slots.blocks_.size()) {
      slots.blocks_.resize(place + 1);
      block = std::make_shared<Block>();
      slots.blocks_[place] = block;
    }
    (*block)[*slot % kBlockSlots / 64] |= uint64_t{1} << (*slot % 64);
    ++slots.count_;
  }
  return slots;
}

}  // namespace tercet
