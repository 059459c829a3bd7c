#include "service/store/key_value_store.h"

#include <utility>

namespace tercet {

void WriteBatch::Put(std::string key, std::string value) {
  changes_.push_back({.key = std::move(key), .value = std::move(value)});
}

void WriteBatch::Delete(std::string key) {
  changes_.push_back({.key = std::move(key), .value = std::nullopt});
}

}  // namespace tercet
