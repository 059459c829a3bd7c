#include <utility>
#include <vector>

#include "fmt/format.h"
#include "service/base/utf8.h"
#include "service/formats/names.h"
#include "service/formats/tmx_names.h"
#include "service/formats/tmx_segment.h"
#include "service/formats/xml_escape.h"

namespace tercet {
namespace {

using Kind = InlineCode::Kind;

std::vector<Property> ReadAttributes(TmxScan& scan, const XmlEvent& start) {
  std::vector<Property> attributes;
  for (const XmlAttribute& attribute : start.attributes) {
    if (!scan.Charge(sizeof(Property) + attribute.name.size() +
                     attribute.value.size())) {
      break;
    }
    attributes.push_back({.type = std::string(attribute.name),
                          .value = std::string(attribute.value)});
  }
  return attributes;
}

// Reads up to the end of a code's element: its text or, as soon as there is an
// element in it, its XML.
Status ReadContent(TmxScan& scan, InlineCode& code) {
  std::vector<std::string> open;
  while (true) {
    ASSIGN_OR_RETURN(const XmlEvent event, scan.Next());
    std::string piece;
    switch (event.kind) {
      case XmlEvent::Kind::kStart:
        if (!code.content_is_xml) {
          std::string escaped;
          AppendXmlText(escaped, code.content);
          code.content = std::move(escaped);
          code.content_is_xml = true;
        }
        open.push_back(TmxElementName(event));
        piece = "<" + open.back();
        for (const XmlAttribute& attribute : event.attributes) {
          if (!IsPlainXmlName(attribute.name)) continue;
          AppendXmlAttribute(piece, attribute.name, attribute.value);
        }
        piece += '>';
        break;
      case XmlEvent::Kind::kEnd:
        if (open.empty()) return OkStatus();
        piece = fmt::format("</{}>", open.back());
        open.pop_back();
        break;
      default:
        if (code.content_is_xml) {
          AppendXmlText(piece, event.text);
        } else {
          piece = event.text;
        }
        break;
    }
    scan.Append(code.content, piece);
  }
}

// Reads a segment's content piece by piece.
class SegmentReader {
 public:
  explicit SegmentReader(TmxScan& scan) : scan_(scan) {}

  StatusOr<Segment> Read() {
    while (true) {
      ASSIGN_OR_RETURN(const XmlEvent event, scan_.Next());
      switch (event.kind) {
        case XmlEvent::Kind::kStart:
          RETURN_IF_ERROR(Start(event));
          break;
        case XmlEvent::Kind::kEnd:
          if (open_.empty()) return std::move(segment_);
          if (open_.back() == Open::kHighlight) {
            AddCode({.kind = Kind::kHighlightEnd});
          }
          open_.pop_back();
          break;
        default:
          scan_.Append(segment_.text, event.text);
          break;
      }
    }
  }

 private:
  // What an element is whose text belongs to the segment.
  enum class Open : uint8_t { kHighlight, kUnknown };

  Status Start(const XmlEvent& event) {
    const std::string name = TmxElementName(event);
    if (name == "prop" || name == "note") {
      scan_.Warn(event.position, "ELEMENT_MISPLACED",
                 fmt::format("a <{}> inside of a <seg> was left out", name));
      return scan_.SkipElement();
    }
    const std::optional<Kind> kind = CodeKindFromName(name);
    if (!kind) {
      scan_.Warn(event.position, "ELEMENT_UNKNOWN",
                 fmt::format("<{}> in a <seg> is no element of TMX; only its "
                             "text was kept",
                             PrintableUtf8(name, 64)));
      open_.push_back(Open::kUnknown);
      return OkStatus();
    }
    InlineCode code{.kind = *kind, .attributes = ReadAttributes(scan_, event)};
    if (*kind == Kind::kHighlightBegin) {
      AddCode(std::move(code));
      open_.push_back(Open::kHighlight);
      return OkStatus();
    }
    RETURN_IF_ERROR(ReadContent(scan_, code));
    if (const std::optional<char32_t> character = CharacterOfCode(code)) {
      AppendUtf8(segment_.text, *character);
    } else {
      AddCode(std::move(code));
    }
    return OkStatus();
  }

  void AddCode(InlineCode code) {
    if (!scan_.Charge(sizeof(InlineCode))) return;
    code.offset = static_cast<uint32_t>(segment_.text.size());
    segment_.codes.push_back(std::move(code));
  }

  TmxScan& scan_;
  Segment segment_;
  std::vector<Open> open_;
};

}  // namespace

StatusOr<Segment> ReadTmxSegment(TmxScan& scan) {
  return SegmentReader(scan).Read();
}

}  // namespace tercet
