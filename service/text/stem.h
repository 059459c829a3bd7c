// Stems of words, by Snowball (Porter 2001).
#ifndef TERCET_SERVICE_TEXT_STEM_H_
#define TERCET_SERVICE_TEXT_STEM_H_

#include <memory>
#include <string_view>

struct sb_stemmer;

namespace tercet {

// Stems the words of one language. Not thread-safe.
class Stemmer {
 public:
  // `language` is a base language, e.g. "es". For languages without rules here
  // (all but English and Spanish) every word is its own stem.
  explicit Stemmer(std::string_view language);

  // The stem of a word in lower case; valid until the next call or as long as
  // `word`, whichever ends first.
  std::string_view Stem(std::string_view word);

 private:
  struct Deleter {
    void operator()(sb_stemmer* stemmer) const;
  };
  std::unique_ptr<sb_stemmer, Deleter> stemmer_;
};

}  // namespace tercet

#endif  // TERCET_SERVICE_TEXT_STEM_H_
