#include "service/base/hash.h"

#include <new>

#include "xxhash.h"

namespace tercet {
namespace {

Hash128 FromXxh(const XXH128_hash_t& hash) {
  return {.high = hash.high64, .low = hash.low64};
}

XXH3_state_t* StateOf(void* state) { return static_cast<XXH3_state_t*>(state); }

}  // namespace

Hash128 HashBytes128(std::string_view bytes) {
  return FromXxh(XXH3_128bits(bytes.data(), bytes.size()));
}

Hasher128::Hasher128() : state_(XXH3_createState()) {
  if (state_ == nullptr) throw std::bad_alloc();
  XXH3_128bits_reset(StateOf(state_.get()));
}

void Hasher128::Deleter::operator()(void* state) const {
  XXH3_freeState(StateOf(state));
}

void Hasher128::Add(std::string_view bytes) {
  XXH3_128bits_update(StateOf(state_.get()), bytes.data(), bytes.size());
}

Hash128 Hasher128::Digest() const {
  return FromXxh(XXH3_128bits_digest(StateOf(state_.get())));
}

uint64_t HashBytes64(std::string_view bytes) {
  return XXH3_64bits(bytes.data(), bytes.size());
}

}  // namespace tercet
