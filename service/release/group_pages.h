// Which pages are language versions of one release.
//
// What is said from outside (document, language) holds; then what the names of
// the files say (version_name.h); pages that are still alone are paired by what
// is in them: numbers, dates, names, length (pair_pages.h).
#ifndef TERCET_SERVICE_RELEASE_GROUP_PAGES_H_
#define TERCET_SERVICE_RELEASE_GROUP_PAGES_H_

#include <vector>

#include "service/release/release.h"

namespace tercet {

struct GroupedPages {
  std::vector<Release> releases;  // By document.
  std::vector<ReleaseProblem> problems;
};

// Groups pages of any order; the result does not depend on it. Problems:
// LANGUAGE_UNKNOWN (a page is in none of the three languages), VERSION_DOUBLE
// (two pages of a document are in one language: HTML goes before Markdown
// before text, then the first by name is taken), VERSION_MISSING (a document
// has one language only), LANGUAGE_DOUBTED (a warning: the page looks like
// another language than it is said to be in).
GroupedPages GroupPages(std::vector<SourcePage> pages);

}  // namespace tercet

#endif  // TERCET_SERVICE_RELEASE_GROUP_PAGES_H_
