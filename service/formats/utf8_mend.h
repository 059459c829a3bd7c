// Bytes that are not UTF-8, among text that is.
#ifndef TERCET_SERVICE_FORMATS_UTF8_MEND_H_
#define TERCET_SERVICE_FORMATS_UTF8_MEND_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace tercet {

struct MendedBytes {
  size_t bytes = 1;     // That were taken.
  std::string text;     // What they became.
  std::string message;  // For people.
};

// Mends the front of `rest`: a byte of windows-1252, a character that was cut
// off, a pair of surrogates of three bytes each (as Java writes them).
// REQUIRES: `rest` does not begin with a character of UTF-8; it has six bytes
// or is all there is.
MendedBytes MendUtf8Front(std::string_view rest);

}  // namespace tercet

#endif  // TERCET_SERVICE_FORMATS_UTF8_MEND_H_
