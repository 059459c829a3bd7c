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

T5memoryPair PairOf(const v1::Unit& unit, const v1::Variant& source,
                    const v1::Variant& target) {
  return {unit.name(), TextIdOf(source), TextIdOf(target)};
}

int64_t SegmentIdOf(const T5memoryPair& pair) {
  constexpr uint64_t kMostIds = 0x7FFF'FFFF;  // PHP and JavaScript hold them.
  const uint64_t hash = HashBytes64(
      fmt::format("{}\n{}\n{}", pair.unit, pair.source, pair.target));
  return static_cast<int64_t>(hash % kMostIds) + 1;
}

bool IsT5memoryBeginning(std::string_view key) {
  return key.empty() || key == "0:0" || key == "1:1" || key == "7:1";
}

std::optional<int> FindVariant(const v1::Unit& unit, uint64_t text_id) {
  for (int i = 0; i < unit.variants_size(); ++i) {
    if (TextIdOf(unit.variants(i)) == text_id) return i;
  }
  return std::nullopt;
}

std::string T5memoryKeys::KeyOf(const T5memoryPair& pair) {
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
