// What a translator carries over rather than translates: numbers with their
// magnitude words, dates, times, addresses. Each has a value that is the same
// in every language:
//
//   FindPlaceables("US$111.461 billion", "en")[0].value == "111461000000"
//   FindPlaceables("1114.61亿美元", "zh")[0].value      == "111461000000"
//
// docs/scoring.md tells what counts as one. Rather too few than too many: a
// word that is taken for a number makes bad matches. Takes time in proportion
// to the text. Thread-safe.
#ifndef TERCET_SERVICE_TEXT_PLACEABLES_H_
#define TERCET_SERVICE_TEXT_PLACEABLES_H_

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "service/text/reading.h"
#include "service/text/tokenize.h"

namespace tercet {

// A placeable and where it stands: bytes [begin, end) of the text, `tokens`
// tokens from `first_token` on.
struct Placeable {
  PlaceableClass placeable_class = PlaceableClass::kNumber;
  size_t begin = 0;
  size_t end = 0;
  size_t first_token = 0;
  size_t tokens = 0;
  // The likeliest value, in one spelling:
  // - numbers, percentages, ordinals: `1234.5`, `-2`, `1/3` (ExactNumber);
  // - dates: ISO 8601 as far as they go: `2008-11-21`, `2008-11`, `--11-21`,
  //   `--11`, `---21`; times: `T10:30`, `T10:30:15`;
  // - others: as written.
  std::string value;
  // The other one, where two readings are possible (`1.234`, `3/4/2008`,
  // `10:30`); else empty.
  std::string other_value;

  friend bool operator==(const Placeable&, const Placeable&) = default;
};

// The placeables of a text in order. `tokens` are its tokens, `breaks` the
// places that no placeable reaches across, as for Tokenize; `language` is a
// base language, those other than en, es and zh have digits only.
std::vector<Placeable> FindPlaceables(std::string_view text,
                                      std::span<const TokenSpan> tokens,
                                      std::span<const size_t> breaks,
                                      std::string_view language);
// The same of plain text. REQUIRES: text is valid UTF-8.
std::vector<Placeable> FindPlaceables(std::string_view text,
                                      std::string_view language);

// Whether two placeables, of any languages, can be worth the same: of one
// class and with a reading in common.
bool HaveSameValue(const Placeable& a, const Placeable& b);

// What a placeable must share with another to be put in its place: the class
// and, of a date, which parts it gives.
std::string PlaceableShape(const Placeable& placeable);

// All shapes of placeables that any word can be a part of: addresses, handles
// and the like.
std::vector<std::string> ShapesOfNames();
// All other shapes: of what digits and WordsInside (text/lexeme.h) make.
std::vector<std::string> ShapesOfNumbers();

// The name of a class, kebab-case: `number`, `percent`, `date`.
std::string_view NameOf(PlaceableClass placeable_class);

}  // namespace tercet

#endif  // TERCET_SERVICE_TEXT_PLACEABLES_H_
