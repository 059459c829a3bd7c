// The only place that knows ICU: properties and folding of characters,
// canonical normalisation, likely subtags of languages. Thread-safe.
#ifndef TERCET_SERVICE_TEXT_ICU_H_
#define TERCET_SERVICE_TEXT_ICU_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "service/text/language.h"

namespace tercet::unicode {

// What a character is to the tokeniser. After UAX #29 (word boundaries), with
// characters of scripts that are written without spaces apart.
enum class CharClass : uint8_t {
  kPunctuation,  // Also currency and mathematical signs, and all not below.
  kSpace,
  kLetter,
  kDigit,
  kExtend,     // Belongs to the character before: marks, joiners, formats.
  kConnector,  // Joins letters and digits: underscore (ExtendNumLet).
  kMidLetter,  // Joins letters only: the middle dot of Catalan.
  kMidNumber,  // Joins digits only: comma.
  kMidBoth,    // Joins letters, joins digits: full stop, apostrophe.
  kIdeograph,  // A token by itself: Han, kana, Thai, Lao, Khmer, Burmese ...
  kSymbol,     // A token by itself, and a word: emoji, dingbats.
};

CharClass Classify(char32_t c);

// The comparison form of a character: lower case, half width, straight quotes,
// plain hyphens, Simplified Chinese. One character always gives one character.
char32_t FoldCharacter(char32_t c);

// The character without its accents: é -> e. Itself where it has none, or is
// Hangul.
char32_t BaseCharacter(char32_t c);

// Canonical composition (NFC). REQUIRES: text is valid UTF-8.
std::string ToNfc(std::string_view text);
// Whether ToNfc would change nothing; cheap for the usual text.
bool IsNfc(std::string_view text);

// The tag `base-Script-REGION` with all that it leaves unsaid filled in.
Language AddLikelySubtags(std::string_view bcp47);

// Whether ISO 639-1 or 639-2 has a language of that code, in small letters.
bool IsIsoLanguage(std::string_view code);

// E.g. "72.1".
std::string Version();

}  // namespace tercet::unicode

#endif  // TERCET_SERVICE_TEXT_ICU_H_
