#include "service/memory/unit_page.h"

#include <iterator>
#include <utility>

#include "service/model/limits.h"
#include "service/model/unit.h"

namespace tercet {
namespace {

// Leaves room for what a message says in more bytes than the unit has.
constexpr size_t kMaxPageBytes = kMaxMessageBytes / 4;

// About how many bytes a unit takes in a message.
size_t BytesOf(const UnitEntry& entry) {
  constexpr size_t kOverhead = 256;
  return kOverhead + UnitBytes(entry.unit);
}

}  // namespace

void UnitPage::Add(std::string place, UnitEntry entry) {
  if (end_.has_value() && place >= *end_) return;
  bytes_ += BytesOf(entry);
  units_.emplace(std::move(place), std::move(entry));
  while (units_.size() > size_ ||
         (units_.size() > 1 && bytes_ > kMaxPageBytes)) {
    const auto last = std::prev(units_.end());
    bytes_ -= BytesOf(last->second);
    end_ = last->first;
    units_.erase(last);
  }
}

Page<UnitEntry> UnitPage::Take() && {
  Page<UnitEntry> page;
  if (is_full()) page.next_token = units_.rbegin()->first;
  for (auto& [place, entry] : units_) page.items.push_back(std::move(entry));
  return page;
}

}  // namespace tercet
