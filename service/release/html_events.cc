#include "service/release/html_events.h"

#include <libxml/HTMLparser.h>

#include <algorithm>
#include <exception>
#include <memory>
#include <string>
#include <vector>

#include "fmt/format.h"
#include "service/release/page.h"

namespace tercet {
namespace {

// libxml2 is fed in pieces, so that it stops soon after we tell it to.
constexpr size_t kPieceBytes = 16 * 1024;

struct FreeParser {
  void operator()(htmlParserCtxtPtr parser) const {
    htmlFreeParserCtxt(parser);
  }
};

std::string_view View(const xmlChar* text) {
  return text == nullptr ? std::string_view()
                         : reinterpret_cast<const char*>(text);
}

// What the callbacks share.
struct State {
  HtmlHandler* handler = nullptr;
  htmlParserCtxtPtr parser = nullptr;
  size_t depth = 0;
  bool too_deep = false;
};

State& StateOf(void* context) { return *static_cast<State*>(context); }

void OnStart(void* context, const xmlChar* name, const xmlChar** attributes) {
  State& state = StateOf(context);
  if (state.too_deep) return;
  if (++state.depth > kMaxPageDepth) {
    state.too_deep = true;
    xmlStopParser(state.parser);
    return;
  }
  std::vector<HtmlAttribute> views;
  for (; attributes != nullptr && attributes[0] != nullptr; attributes += 2) {
    views.push_back({View(attributes[0]), View(attributes[1])});
  }
  state.handler->OnStart(View(name), views);
}

void OnEnd(void* context, const xmlChar* name) {
  State& state = StateOf(context);
  if (state.too_deep || state.depth == 0) return;
  --state.depth;
  state.handler->OnEnd(View(name));
}

void OnText(void* context, const xmlChar* text, int length) {
  State& state = StateOf(context);
  if (state.too_deep) return;
  state.handler->OnText(
      {reinterpret_cast<const char*>(text), static_cast<size_t>(length)});
}

xmlSAXHandler Callbacks() {
  xmlSAXHandler callbacks = {};
  callbacks.startElement = OnStart;
  callbacks.endElement = OnEnd;
  callbacks.characters = OnText;
  callbacks.ignorableWhitespace = OnText;
  // Scripts and styles come as this; nobody wants them.
  callbacks.cdataBlock = [](void*, const xmlChar*, int) {};
  return callbacks;
}

// Controls end libxml2's parsing early, and mean nothing in HTML.
std::string WithoutControls(std::string_view html) {
  std::string clean(html);
  std::replace_if(
      clean.begin(), clean.end(),
      [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\n' &&
                c != '\r' && c != '\t') ||
               c == 0x7F;
      },
      ' ');
  return clean;
}

}  // namespace

Status ParseHtml(std::string_view html, HtmlHandler& handler) {
  const std::string clean = WithoutControls(html);
  State state = {.handler = &handler};
  xmlSAXHandler callbacks = Callbacks();
  const std::unique_ptr<htmlParserCtxt, FreeParser> parser(
      htmlCreatePushParserCtxt(&callbacks, &state, nullptr, 0, nullptr,
                               XML_CHAR_ENCODING_UTF8));
  if (parser == nullptr) throw std::bad_alloc();
  state.parser = parser.get();
  htmlCtxtUseOptions(parser.get(), HTML_PARSE_RECOVER | HTML_PARSE_NOERROR |
                                       HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                                       HTML_PARSE_IGNORE_ENC);
  for (size_t at = 0; at < clean.size() && !state.too_deep; at += kPieceBytes) {
    const size_t size = std::min(kPieceBytes, clean.size() - at);
    htmlParseChunk(parser.get(), clean.data() + at, static_cast<int>(size), 0);
  }
  if (!state.too_deep) htmlParseChunk(parser.get(), nullptr, 0, 1);
  if (state.too_deep) {
    return MakeError(
        StatusCode::kInvalidArgument,
        fmt::format("elements are nested more than {} deep", kMaxPageDepth),
        {.reason = "PAGE_TOO_DEEP"});
  }
  return OkStatus();
}

}  // namespace tercet
