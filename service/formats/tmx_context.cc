#include "service/formats/tmx_context.h"

#include <algorithm>
#include <string>
#include <string_view>

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

// The text between tags; the references that memoQ leaves are XML's five.
std::string TextOfSegment(std::string_view value) {
  if (!value.starts_with("<seg>")) return std::string(value);
  std::string text;
  for (size_t i = 0; i < value.size();) {
    if (value[i] == '<') {
      const size_t end = value.find('>', i);
      if (end == std::string_view::npos) break;
      i = end + 1;
      continue;
    }
    const size_t end = std::min(value.find('<', i), value.size());
    text += value.substr(i, end - i);
    i = end;
  }
  constexpr std::string_view kReferences[][2] = {{"&lt;", "<"},
                                                 {"&gt;", ">"},
                                                 {"&quot;", "\""},
                                                 {"&apos;", "'"},
                                                 {"&amp;", "&"}};
  for (const auto& [reference, character] : kReferences) {
    for (size_t at = text.find(reference); at != std::string::npos;
         at = text.find(reference, at + 1)) {
      text.replace(at, reference.size(), character);
    }
  }
  return text;
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
