// A page of units, filled in any order, that stays well inside one message.
#ifndef TERCET_SERVICE_MEMORY_UNIT_PAGE_H_
#define TERCET_SERVICE_MEMORY_UNIT_PAGE_H_

#include <cstddef>
#include <map>
#include <optional>
#include <string>

#include "service/memory/types.h"

namespace tercet {

// Keeps the first units of those added, by their places: as many as the page
// may have, and as fit; one always fits.
class UnitPage {
 public:
  // REQUIRES: size > 0.
  explicit UnitPage(int size) : size_(static_cast<size_t>(size)) {}

  // `place` is the token that a later page begins behind.
  void Add(std::string place, UnitEntry entry);

  // Whether something did not fit, so that there is a next page.
  bool is_full() const { return end_.has_value(); }

  Page<UnitEntry> Take() &&;

 private:
  size_t size_;
  size_t bytes_ = 0;
  std::map<std::string, UnitEntry> units_;
  // What stands here or behind belongs on later pages.
  std::optional<std::string> end_;
};

}  // namespace tercet

#endif  // TERCET_SERVICE_MEMORY_UNIT_PAGE_H_
