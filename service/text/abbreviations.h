// The words that tell whether a full stop ends a sentence. Thread-safe.
#ifndef TERCET_SERVICE_TEXT_ABBREVIATIONS_H_
#define TERCET_SERVICE_TEXT_ABBREVIATIONS_H_

#include <cstdint>
#include <string_view>

namespace tercet {

// What the stop of an abbreviation can mean before a capital or a digit.
enum class Abbreviation : uint8_t {
  kNone,          // The word is no abbreviation.
  kNeverEnds,     // A title or the like: Dr. Li, vs. Spain.
  kBeforeNumber,  // Goes on before a number only: No. 5, s. XXI
  kBeforeLabel,   // Likewise, and before a letter: Fig. A
  kBeforeZone,    // Goes on before a number or capitals: a las 5 p. m. EST
  kBeforeName,    // Ends a sentence before a word that begins one: Inc. The
  kMayEnd,        // Ends it before any capital: etc. China
};

// `word` is written without its last stop: "U.S", "Dr". `language` is a base
// language; for all but English and Spanish the words of both count.
Abbreviation FindAbbreviation(std::string_view word, std::string_view language);

// Whether `word` often begins a sentence and is no name: "The", "Según".
bool IsSentenceStarter(std::string_view word, std::string_view language);

// Whether `word` tells that somebody speaks: "said", "preguntó".
bool IsSpeechVerb(std::string_view word);

}  // namespace tercet

#endif  // TERCET_SERVICE_TEXT_ABBREVIATIONS_H_
