// Dates as releases have them, in English, Chinese and Spanish.
#ifndef TERCET_SERVICE_RELEASE_RELEASE_DATE_H_
#define TERCET_SERVICE_RELEASE_RELEASE_DATE_H_

#include <cstddef>
#include <optional>
#include <string_view>

#include "service/release/page.h"

namespace tercet {

// A date and where it stands: bytes [begin, end) of the text.
struct FoundDate {
  CivilDate date;
  size_t begin = 0;
  size_t end = 0;
};

// The first date in `text`: `Nov. 21, 2008`, `21 November 2008`, `21 de
// noviembre de 2008`, `21 nov`, `2008年11月21日`, `11月21日`, `21日` (no month:
// none), `2008-11-21`, `20081121`, `11/22/08`. Without a year the year is 0. A
// date in numbers alone is month first in English, day first in Spanish, unless
// only the other way round is a day. Nullopt for days that do not exist.
// Looks at the first 512 bytes. REQUIRES: text is valid UTF-8.
std::optional<FoundDate> FindDate(std::string_view text,
                                  std::string_view language);

// Whether `text` is a date, a time and words about them, and no more:
// `Updated: 2008-11-22 10:15`, `发布时间：2008年11月22日`.
bool IsDateLine(std::string_view text, std::string_view language);

}  // namespace tercet

#endif  // TERCET_SERVICE_RELEASE_RELEASE_DATE_H_
