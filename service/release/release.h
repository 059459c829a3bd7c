// A release: the pages that say the same in several languages.
#ifndef TERCET_SERVICE_RELEASE_RELEASE_H_
#define TERCET_SERVICE_RELEASE_RELEASE_H_

#include <string>
#include <string_view>
#include <vector>

#include "service/model/language_tag.h"
#include "service/release/page.h"
#include "service/release/read_page.h"

namespace tercet {

// The most versions of one release.
inline constexpr size_t kMaxVersions = 3;

// One page and what is known of its place.
struct SourcePage {
  std::string file;      // Its name, for people.
  std::string document;  // Empty: by the name, or by what is in the page.
  LanguageTag language;  // Empty: by the name, the page, or what is in it.
  PageFormat format = PageFormat::kUnknown;
  ReleasePage page;
};

struct Release {
  std::string document;
  std::vector<SourcePage> versions;  // Two or three, by language: en, zh, es.
};

// Why a page or a document is left out, or what is odd about it.
struct ReleaseProblem {
  std::string file;      // Empty when it is about a whole document.
  std::string document;  // Empty when it is not known.
  std::string reason;    // UPPER_SNAKE_CASE, docs/errors.md.
  std::string message;   // For people: lower case, no stop.
  bool skipped = true;   // Else a warning.

  friend bool operator==(const ReleaseProblem&,
                         const ReleaseProblem&) = default;
};

// All the text of a page, for guesses.
std::string TextOf(const ReleasePage& page);

}  // namespace tercet

#endif  // TERCET_SERVICE_RELEASE_RELEASE_H_
