// The dateline at the head of a release, in English, Chinese and Spanish:
//
//   BEIJING, Nov. 21 (Xinhua) -- Trade grew.
//   新华社北京11月21日电（记者李明）贸易增长。
//   Pekín, 21 nov (EFE).- El comercio creció.
#ifndef TERCET_SERVICE_RELEASE_DATELINE_H_
#define TERCET_SERVICE_RELEASE_DATELINE_H_

#include <cstddef>
#include <optional>
#include <string_view>

#include "service/release/page.h"

namespace tercet {

struct FoundDateline {
  Dateline dateline;
  size_t end = 0;  // Where the sentence begins.
};

// The dateline that `text` begins with. `language` (a base language) decides
// how dates in numbers are read. REQUIRES: text is valid UTF-8.
std::optional<FoundDateline> FindDateline(std::string_view text,
                                          std::string_view language);

}  // namespace tercet

#endif  // TERCET_SERVICE_RELEASE_DATELINE_H_
