// Reads one language version of a release from the bytes of a file.
//
//   ASSIGN_OR_RETURN(ReleasePage page, ReadPage({.name = "2008/a.zh.html",
//                                         .bytes = bytes}));
//   page.title, page.date, page.blocks ...
//
// Pure; thread-safe.
#ifndef TERCET_SERVICE_RELEASE_READ_PAGE_H_
#define TERCET_SERVICE_RELEASE_READ_PAGE_H_

#include <cstdint>
#include <string_view>

#include "service/base/status.h"
#include "service/release/page.h"

namespace tercet {

enum class PageFormat : uint8_t {
  kUnknown,  // By the name's ending, else by what the bytes look like.
  kHtml,
  kMarkdown,
  kText,
  kWml,
  kSentences,  // One sentence a line, taken as it is.
};

struct PageFile {
  std::string_view name;  // For its ending; may be empty.
  std::string_view bytes;
  PageFormat format = PageFormat::kUnknown;
  std::string_view charset;   // Declared outside of the file; may be empty.
  std::string_view language;  // Known from outside; may be empty.
};

// Fails with kInvalidArgument: PAGE_TOO_LARGE, PAGE_TOO_DEEP, PAGE_EMPTY
// (nothing to read in it), PAGE_BINARY (no text at all: a picture, a PDF).
StatusOr<ReleasePage> ReadPage(const PageFile& file);

}  // namespace tercet

#endif  // TERCET_SERVICE_RELEASE_READ_PAGE_H_
