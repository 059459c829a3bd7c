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

// The `i` of the first pair that is made of an element that TMX does not know:
// behind all that tools give.
constexpr int kFirstOwnNumber = 1001;

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
        if (open.size() > kMaxNestedElements) scan.MarkTooDeep();
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
          End(event);
          break;
        default:
          scan_.Append(segment_.text, event.text);
          break;
      }
    }
  }

 private:
  // An element whose text belongs to the segment: `hi`, or one that is not of
  // TMX.
  struct Open {
    bool is_highlight = false;
    int number = 0;  // `i`; 0 where it has no end of its own: `<x/>`.
  };

  Status Start(const XmlEvent& event) {
    const std::string name = TmxElementName(event);
    if (name == "prop" || name == "note") {
      scan_.Warn(event.position, "ELEMENT_MISPLACED",
                 fmt::format("a <{}> inside of a <seg> was left out", name));
      return scan_.SkipElement();
    }
    if (open_.size() > kMaxNestedElements) scan_.MarkTooDeep();
    const std::optional<Kind> kind = CodeKindFromName(name);
    if (!kind) {
      StartUnknown(event);
      return OkStatus();
    }
    InlineCode code{.kind = *kind, .attributes = ReadAttributes(scan_, event)};
    if (*kind == Kind::kHighlightBegin) {
      AddCode(std::move(code));
      open_.push_back({.is_highlight = true});
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

  // `<g id="1">`, `<b>`: XLIFF's or HTML's, as a code like any other.
  void StartUnknown(const XmlEvent& event) {
    scan_.Warn(event.position, "ELEMENT_UNKNOWN",
               fmt::format("<{}> in a <seg> is no element of TMX and was kept "
                           "as an inline code",
                           PrintableUtf8(event.name, 64)));
    const bool is_empty = event.raw.ends_with("/>");
    open_.push_back({.number = is_empty ? 0 : next_number_++});
    AddTag(is_empty ? Kind::kPlaceholder : Kind::kBeginPaired, event.raw);
  }

  void End(const XmlEvent& event) {
    const Open ended = open_.back();
    if (ended.is_highlight) {
      AddCode({.kind = Kind::kHighlightEnd});
    } else if (ended.number > 0) {
      AddTag(Kind::kEndPaired,
             event.raw.empty() ? fmt::format("</{}>", event.name) : event.raw);
    }
    open_.pop_back();
  }

  // A code that holds a tag of the innermost element.
  void AddTag(Kind kind, std::string_view tag) {
    InlineCode code{.kind = kind};
    scan_.Append(code.content, tag);
    if (open_.back().number > 0) {
      code.attributes.push_back(
          {.type = "i", .value = std::to_string(open_.back().number)});
    }
    AddCode(std::move(code));
  }

  void AddCode(InlineCode code) {
    if (!scan_.Charge(sizeof(InlineCode))) return;
    code.offset = static_cast<uint32_t>(segment_.text.size());
    segment_.codes.push_back(std::move(code));
  }

  TmxScan& scan_;
  Segment segment_;
  std::vector<Open> open_;
  int next_number_ = kFirstOwnNumber;
};

}  // namespace

StatusOr<Segment> ReadTmxSegment(TmxScan& scan) {
  return SegmentReader(scan).Read();
}

}  // namespace tercet
