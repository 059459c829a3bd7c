#include "service/formats/tmx_context.h"

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "service/formats/tmx_scan.h"
#include "service/formats/tmx_segment.h"
#include "service/formats/unit_reader.h"
#include "service/formats/xml_pull.h"

namespace tercet {
namespace {

// How the value of a property is to be read.
enum class Form : uint8_t {
  kText,
  kSegment,       // memoQ: `<seg>text</seg>`, perhaps with codes in it.
  kTradosFields,  // `previous | ... | ...`
};

struct ForeignProperty {
  std::string_view type;
  std::string Origin::*field;
  Form form = Form::kText;
};

// Of the unit or its source variant. Earlier ones go before later ones.
constexpr ForeignProperty kForeignProperties[] = {
    // memoQ, MyMemory
    {"x-context-pre", &Origin::previous, Form::kSegment},
    {"x-context-post", &Origin::next, Form::kSegment},
    {"x-document", &Origin::document},
    // Phrase
    {"context_prev", &Origin::previous},
    {"context_next", &Origin::next},
    {"filename", &Origin::document},
    // XTM
    {"x-previous-source-text", &Origin::previous},
    {"x-next-source-text", &Origin::next},
    // Trados
    {"x-ContextContent", &Origin::previous, Form::kTradosFields},
    {"x-IdContext:MultipleString", &Origin::key},
    {"x-IdContext", &Origin::key},
    // OmegaT
    {"prev", &Origin::previous},
    {"next", &Origin::next},
    {"file", &Origin::document},
    {"id", &Origin::key},
    // OpenTM2, t5memory
    {"tmgr:docname", &Origin::document},
    {"tmgr:context", &Origin::key},
    // translate-toolkit, Transifex
    {"x-context", &Origin::key},
    {"context", &Origin::key},
};

std::string_view Trim(std::string_view text) {
  constexpr std::string_view kSpaces = " \t\r\n";
  const size_t begin = text.find_first_not_of(kSpaces);
  if (begin == std::string_view::npos) return "";
  return text.substr(begin, text.find_last_not_of(kSpaces) - begin + 1);
}

// The text of a segment that is written as XML; without its codes, as that of
// the neighbour itself.
std::string TextOfSegment(std::string_view value) {
  if (!value.starts_with("<seg>")) return std::string(value);
  const std::unique_ptr<ByteSource> source = MakeStringSource(value);
  XmlPull xml(*source);
  TmxScan scan(xml);
  if (!scan.Next().ok()) return std::string(value);
  StatusOr<Segment> segment = ReadTmxSegment(scan);
  return segment.ok() ? std::move(segment->text) : std::string(value);
}

std::string ValueOf(const ForeignProperty& known, std::string_view value) {
  switch (known.form) {
    case Form::kSegment:
      return TextOfSegment(value);
    case Form::kTradosFields:
      return std::string(Trim(value.substr(0, value.find('|'))));
    case Form::kText:
      break;
  }
  return std::string(value);
}

void Fill(const std::vector<Property>& properties, Origin& origin) {
  for (const ForeignProperty& known : kForeignProperties) {
    std::string& field = origin.*known.field;
    if (!field.empty()) continue;
    const auto found =
        std::ranges::find(properties, known.type, &Property::type);
    if (found != properties.end()) field = ValueOf(known, found->value);
  }
}

}  // namespace

Origin ForeignContext(const Unit& unit) {
  Origin origin;
  Fill(unit.properties, origin);
  Fill(SourceVariant(unit).properties, origin);
  return origin;
}

}  // namespace tercet
