// What the name of a file says of a release's language and document.
//
//   ReadVersionName("2008/trade.zh-CN.html")  -> {"2008/trade", "zh-CN"}
//   ReadVersionName("en/2008/trade.html")     -> {"2008/trade", "en"}
//   ReadVersionName("2008/trade/es.html")     -> {"2008/trade", "es"}
//   ReadVersionName("2008/trade.html")        -> {"2008/trade", ""}
#ifndef TERCET_SERVICE_RELEASE_VERSION_NAME_H_
#define TERCET_SERVICE_RELEASE_VERSION_NAME_H_

#include <string>
#include <string_view>

namespace tercet {

struct VersionName {
  std::string document;  // The path without ending and language; may be empty.
  std::string language;  // A BCP-47 tag; empty where the name has none.
};

// Reads a path with `/` between its parts. The language may be a code of
// English, Chinese or Spanish (`en`, `zh-CN`, `spa`, `cn`) or a name
// (`english`), in any case: first the last part of the file's name, parted by
// `.`, `-` or `_`, then all of it, then a folder, then the first part.
VersionName ReadVersionName(std::string_view path);

}  // namespace tercet

#endif  // TERCET_SERVICE_RELEASE_VERSION_NAME_H_
