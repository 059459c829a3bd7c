// The hashes of the product. Both are stable: what they give is stored on disk.
#ifndef TERCET_SERVICE_BASE_HASH_H_
#define TERCET_SERVICE_BASE_HASH_H_

#include <cstdint>
#include <memory>
#include <string_view>

namespace tercet {

// DO NOT CHANGE: stored on disk. 128 bits of XXH3.
struct Hash128 {
  uint64_t high = 0;
  uint64_t low = 0;

  friend bool operator==(const Hash128&, const Hash128&) = default;
};
Hash128 HashBytes128(std::string_view bytes);

// HashBytes128 of bytes that come in pieces. Not thread-safe.
class Hasher128 {
 public:
  Hasher128();

  void Add(std::string_view bytes);
  // Of all bytes so far; more may follow.
  Hash128 Digest() const;

 private:
  struct Deleter {
    void operator()(void* state) const;
  };
  std::unique_ptr<void, Deleter> state_;  // XXH3's own.
};

// DO NOT CHANGE: stored on disk. 64 bits of XXH3.
uint64_t HashBytes64(std::string_view bytes);

}  // namespace tercet

#endif  // TERCET_SERVICE_BASE_HASH_H_
