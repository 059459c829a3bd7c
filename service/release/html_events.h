// HTML as events, with all the repairs that browsers make: the only user of
// libxml2.
//
// Opens no file and no address; entities of the document's own are not
// expanded. Memory use is bounded by the page's size.
#ifndef TERCET_SERVICE_RELEASE_HTML_EVENTS_H_
#define TERCET_SERVICE_RELEASE_HTML_EVENTS_H_

#include <span>
#include <string_view>

#include "service/base/status.h"

namespace tercet {

struct HtmlAttribute {
  std::string_view name;   // Lower case.
  std::string_view value;  // Unescaped.
};

// Gets the events in document order; every start has its end. Views are valid
// during the call.
class HtmlHandler {
 public:
  virtual ~HtmlHandler() = default;
  virtual void OnStart(std::string_view name,
                       std::span<const HtmlAttribute> attributes) = 0;
  virtual void OnEnd(std::string_view name) = 0;
  virtual void OnText(std::string_view text) = 0;
};

// Fails with kInvalidArgument, reason PAGE_TOO_DEEP, where elements are nested
// more than kMaxPageDepth deep; nothing else is an error in HTML.
// REQUIRES: html is valid UTF-8 of at most kMaxPageBytes.
Status ParseHtml(std::string_view html, HtmlHandler& handler);

}  // namespace tercet

#endif  // TERCET_SERVICE_RELEASE_HTML_EVENTS_H_
