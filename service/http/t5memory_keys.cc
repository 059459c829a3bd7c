#include "service/http/t5memory_keys.h"

#include <charconv>

#include "fmt/format.h"
#include "service/base/hash.h"
#include "service/http/inline_markup.h"

namespace tercet::http {
namespace {

uint64_t TextIdOf(const v1::Variant& variant) {
  return HashBytes64(variant.language_code() + "\n" + WriteMarkup(variant));
}

}  // namespace

std::optional<int> FindVariant(const v1::Unit& unit, uint64_t text_id) {
  for (int i = 0; i < unit.variants_size(); ++i) {
    if (TextIdOf(unit.variants(i)) == text_id) return i;
  }
  return std::nullopt;
}

std::string T5memoryKeys::KeyOf(const v1::Unit& unit, const v1::Variant& source,
                                const v1::Variant& target) {
  const T5memoryPair pair{unit.name(), TextIdOf(source), TextIdOf(target)};
  absl::MutexLock lock(&mutex_);
  const int64_t next =
      first_ + forgotten_ + static_cast<int64_t>(pairs_.size());
  const auto [found, is_new] = numbers_.emplace(pair, next);
  const int64_t number = found->second;
  if (is_new) pairs_.push_back(pair);
  if (pairs_.size() > most_) {
    numbers_.erase(pairs_.front());
    pairs_.pop_front();
    ++forgotten_;
  }
  return fmt::format("{}:1", number);
}

std::optional<T5memoryPair> T5memoryKeys::Find(std::string_view record) const {
  int64_t number = 0;
  const char* const end = record.data() + record.size();
  const auto parsed = std::from_chars(record.data(), end, number);
  if (parsed.ec != std::errc() || parsed.ptr != end || number < first_) {
    return std::nullopt;
  }
  absl::MutexLock lock(&mutex_);
  const int64_t place = number - first_ - forgotten_;
  if (place < 0 || place >= static_cast<int64_t>(pairs_.size())) {
    return std::nullopt;
  }
  return pairs_[static_cast<size_t>(place)];
}

}  // namespace tercet::http
