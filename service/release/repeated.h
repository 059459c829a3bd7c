// Boilerplate: what stands on many pages of a site.
#ifndef TERCET_SERVICE_RELEASE_REPEATED_H_
#define TERCET_SERVICE_RELEASE_REPEATED_H_

#include <span>

#include "service/release/release.h"

namespace tercet {

// Drops from each page the paragraphs that stand on many of the pages of its
// language: on three pages at least, and on a tenth of them
// where there are more than thirty. What is a sentence or more (`About the
// Ministry …`), or a heading, stays on the first of those pages, by the order
// of `releases`, since its translation is worth having once. Pages of
// ready-made sentences stay as they are.
void DropRepeated(std::span<Release> releases);

}  // namespace tercet

#endif  // TERCET_SERVICE_RELEASE_REPEATED_H_
