// What the readers of numbers, dates and times give back.
#ifndef TERCET_SERVICE_TEXT_READING_H_
#define TERCET_SERVICE_TEXT_READING_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "service/text/exact_number.h"

namespace tercet {

// What a placeable is. Numbers are of one class however they are written.
enum class PlaceableClass : uint8_t {
  kNumber = 1,
  kPercent = 2,
  kOrdinal = 3,
  kDate = 4,
  kTime = 5,
  kUrl = 6,
  kEmail = 7,
  kPath = 8,
  kHandle = 9,    // @name
  kHashtag = 10,  // #name
  kCode = 11,     // Digits that are no number: 1.2.3, 192.168.0.1.
};

// What stands at a token, as one of its readers sees it.
struct Reading {
  bool found = false;
  // How many tokens it has; where nothing was found, how many need not be
  // looked at again.
  size_t tokens = 1;
  PlaceableClass placeable_class = PlaceableClass::kNumber;
  std::string value;        // As in Placeable.
  std::string other_value;  // Likewise.
};

inline Reading NothingIn(size_t tokens) { return {.tokens = tokens}; }

inline Reading Found(PlaceableClass placeable_class, size_t tokens,
                     std::string value, std::string other_value = {}) {
  return {.found = true,
          .tokens = tokens,
          .placeable_class = placeable_class,
          .value = std::move(value),
          .other_value = std::move(other_value)};
}

}  // namespace tercet

#endif  // TERCET_SERVICE_TEXT_READING_H_
