#include "service/text/stem.h"

#include <libstemmer.h>

namespace tercet {
namespace {

const char* AlgorithmOf(std::string_view language) {
  if (language == "en") return "english";
  if (language == "es") return "spanish";
  return nullptr;
}

}  // namespace

void Stemmer::Deleter::operator()(sb_stemmer* stemmer) const {
  sb_stemmer_delete(stemmer);
}

Stemmer::Stemmer(std::string_view language) {
  if (const char* algorithm = AlgorithmOf(language); algorithm != nullptr) {
    stemmer_.reset(sb_stemmer_new(algorithm, "UTF_8"));
  }
}

std::string_view Stemmer::Stem(std::string_view word) {
  if (stemmer_ == nullptr) return word;
  const sb_symbol* stem = sb_stemmer_stem(
      stemmer_.get(), reinterpret_cast<const sb_symbol*>(word.data()),
      static_cast<int>(word.size()));
  if (stem == nullptr) return word;
  return {reinterpret_cast<const char*>(stem),
          static_cast<size_t>(sb_stemmer_length(stemmer_.get()))};
}

}  // namespace tercet
