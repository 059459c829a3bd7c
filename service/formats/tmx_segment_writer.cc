#include <algorithm>
#include <vector>

#include "service/base/utf8.h"
#include "service/formats/names.h"
#include "service/formats/tmx_names.h"
#include "service/formats/tmx_scan.h"
#include "service/formats/tmx_segment.h"
#include "service/formats/xml_escape.h"
#include "service/formats/xml_pull.h"

namespace tercet {
namespace {

using Kind = InlineCode::Kind;

// So that no file of ours is nested too deep to be read again.
constexpr size_t kMaxOpenHighlights = kMaxNestedElements;

// `content` as we would write it: its elements and texts, nothing else.
std::string Rewritten(std::string_view content) {
  const std::string document = "<c>" + std::string(content) + "</c>";
  const std::unique_ptr<ByteSource> source = MakeStringSource(document);
  XmlPull xml(*source);
  std::string out;
  for (size_t depth = 0;;) {
    const StatusOr<const XmlEvent*> event = xml.Next();
    if (!event.ok() || *event == nullptr) return out;
    switch ((*event)->kind) {
      case XmlEvent::Kind::kStart:
        // "</c><c>" would close and open the element that is around.
        if (depth == 0 && !out.empty()) return {};
        if (++depth > kMaxNestedElements) return {};
        if (!IsPlainXmlName((*event)->name)) return {};
        out += '<';
        out += (*event)->name;
        for (const XmlAttribute& attribute : (*event)->attributes) {
          if (!IsPlainXmlName(attribute.name)) return {};
          AppendXmlAttribute(out, attribute.name, attribute.value);
        }
        out += (*event)->raw.ends_with("/>") ? "/>" : ">";
        break;
      case XmlEvent::Kind::kEnd:
        --depth;
        if ((*event)->raw.empty()) break;
        out += "</";
        out += (*event)->name;
        out += '>';
        break;
      case XmlEvent::Kind::kText:
        AppendXmlText(out, (*event)->text);
        break;
      case XmlEvent::Kind::kOther:
      case XmlEvent::Kind::kOddity:
        return {};
    }
  }
}

// Whether `content` can be put between tags as it is: elements that close, not
// too deep, no entities but XML's own; as the reader would give it.
bool IsXmlContent(std::string_view content) {
  const std::string rewritten = Rewritten(content);
  return rewritten == "<c>" + std::string(content) + "</c>";
}

void AppendAttributes(std::string& out,
                      const std::vector<Property>& attributes) {
  for (size_t i = 0; i < attributes.size(); ++i) {
    const auto end = attributes.begin() + static_cast<ptrdiff_t>(i);
    const bool repeated =
        std::ranges::find(attributes.begin(), end, attributes[i].type,
                          &Property::type) != end;
    if (repeated || !IsPlainXmlName(attributes[i].type)) continue;
    AppendXmlAttribute(out, attributes[i].type, attributes[i].value);
  }
}

// A code that is an element of its own: all but highlights.
void AppendElement(std::string& out, const InlineCode& code) {
  const std::string_view name = CodeKindName(code.kind);
  out += '<';
  out += name;
  AppendAttributes(out, code.attributes);
  if (code.content.empty()) {
    out += "/>";
    return;
  }
  out += '>';
  if (code.content_is_xml && IsXmlContent(code.content)) {
    out += code.content;
  } else {
    AppendXmlText(out, code.content);
  }
  out += "</";
  out += name;
  out += '>';
}

// Text, with the characters that XML cannot hold as codes.
void AppendText(std::string& out, std::string_view text) {
  if (!IsValidUtf8(text)) return AppendXmlText(out, text);
  size_t written = 0;
  for (size_t position = 0; position < text.size();) {
    const size_t begin = position;
    const char32_t character = DecodeUtf8(text, &position);
    if (IsXmlCharacter(character)) continue;
    AppendXmlText(out, text.substr(written, begin - written));
    AppendElement(out, MakeCharacterCode(character));
    written = position;
  }
  AppendXmlText(out, text.substr(written));
}

// Writes highlights so that they always nest: an end without a begin is left
// out, a begin without an end ends with the segment.
class HighlightWriter {
 public:
  explicit HighlightWriter(std::string& out) : out_(out) {}

  void Begin(const InlineCode& code) {
    if (++open_ > kMaxOpenHighlights) return;
    out_ += "<hi";
    AppendAttributes(out_, code.attributes);
    out_ += '>';
  }

  void End() {
    if (open_ == 0) return;
    if (open_-- <= kMaxOpenHighlights) out_ += "</hi>";
  }

  void EndAll() {
    while (open_ > 0) End();
  }

 private:
  std::string& out_;
  size_t open_ = 0;
};

}  // namespace

void AppendTmxSegment(std::string& out, const Segment& segment) {
  const std::string_view text = segment.text;
  HighlightWriter highlights(out);
  size_t written = 0;
  for (const InlineCode& code : segment.codes) {
    const size_t offset = std::clamp<size_t>(code.offset, written, text.size());
    AppendText(out, text.substr(written, offset - written));
    written = offset;
    if (code.kind == Kind::kHighlightBegin) {
      highlights.Begin(code);
    } else if (code.kind == Kind::kHighlightEnd) {
      highlights.End();
    } else {
      AppendElement(out, code);
    }
  }
  AppendText(out, text.substr(written));
  highlights.EndAll();
}

}  // namespace tercet
