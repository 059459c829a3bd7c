// TMX 1.4b: valid by its DTD, whatever the units hold.
#include <algorithm>
#include <utility>

#include "service/formats/date.h"
#include "service/formats/names.h"
#include "service/formats/tmx_context.h"
#include "service/formats/tmx_names.h"
#include "service/formats/tmx_segment.h"
#include "service/formats/writers.h"
#include "service/formats/xml_escape.h"

namespace tercet {
namespace {

constexpr std::string_view kUnitIndent = "    ";
constexpr std::string_view kUnitChildIndent = "      ";
constexpr std::string_view kVariantChildIndent = "        ";

void AppendNotes(std::string& out, std::string_view indent,
                 const std::vector<std::string>& notes) {
  for (const std::string& note : notes) {
    out += indent;
    out += "<note>";
    AppendXmlText(out, note);
    out += "</note>\n";
  }
}

void AppendProperty(std::string& out, std::string_view indent,
                    std::string_view type, std::string_view value) {
  out += indent;
  out += "<prop";
  AppendXmlAttribute(out, "type", type);
  out += '>';
  AppendXmlText(out, value);
  out += "</prop>\n";
}

void AppendProperties(std::string& out, std::string_view indent,
                      const std::vector<Property>& properties) {
  for (const Property& property : properties) {
    AppendProperty(out, indent, property.type, property.value);
  }
}

bool HasProperty(const Unit& unit, std::string_view type) {
  return std::ranges::find(unit.properties, type, &Property::type) !=
         unit.properties.end();
}

// The fields that TMX has no place for. An empty one is written where the unit
// has a free property of the same type, or another tool's with that meaning:
// these are not to be taken for the field.
void AppendFieldProperties(std::string& out, const Unit& unit) {
  const Origin foreign = ForeignContext(unit);
  for (const OriginProperty& property : kOriginProperties) {
    const std::string& value = unit.origin.*property.field;
    if (value.empty() && (foreign.*property.field).empty() &&
        !HasProperty(unit, property.type)) {
      continue;
    }
    AppendProperty(out, kUnitChildIndent, property.type, value);
  }
  if (unit.state != UnitState::kUnspecified ||
      HasProperty(unit, kStateProperty)) {
    AppendProperty(out, kUnitChildIndent, kStateProperty,
                   StateName(unit.state));
  }
}

void AppendDate(std::string& out, std::string_view name,
                const std::optional<int64_t>& micros) {
  if (!micros) return;
  if (const auto date = FormatTmxDate(*micros)) {
    AppendXmlAttribute(out, name, *date);
  }
}

void AppendText(std::string& out, std::string_view name,
                std::string_view value) {
  if (!value.empty()) AppendXmlAttribute(out, name, value);
}

void AppendAttribution(std::string& out, const Attribution& attribution) {
  AppendDate(out, "creationdate", attribution.creation_micros);
  AppendText(out, "creationid", attribution.creator);
  AppendDate(out, "changedate", attribution.change_micros);
  AppendText(out, "changeid", attribution.changer);
}

void AppendVariant(std::string& out, const Variant& variant) {
  out += kUnitChildIndent;
  out += "<tuv";
  AppendXmlAttribute(out, "xml:lang", variant.language.code());
  AppendAttribution(out, variant.attribution);
  out += ">\n";
  AppendNotes(out, kVariantChildIndent, variant.notes);
  AppendProperties(out, kVariantChildIndent, variant.properties);
  out += kVariantChildIndent;
  out += "<seg>";
  AppendTmxSegment(out, variant.segment);
  out += "</seg>\n";
  out += kUnitChildIndent;
  out += "</tuv>\n";
}

class TmxWriter final : public UnitWriter {
 public:
  TmxWriter(WriterOptions options, ByteSink& sink)
      : options_(std::move(options)), sink_(sink) {}

  Status Write(const WriteUnit& write) override {
    const Unit& unit = write.unit;
    const bool has_variant =
        std::ranges::any_of(unit.variants, [&](const Variant& variant) {
          return IsWanted(options_, variant.language);
        });
    if (!has_variant) return OkStatus();

    std::string out = TakeHead();
    AppendUnitStart(out, write);
    AppendNotes(out, kUnitChildIndent, unit.notes);
    AppendFieldProperties(out, unit);
    AppendProperties(out, kUnitChildIndent, unit.properties);
    for (const Variant& variant : unit.variants) {
      if (IsWanted(options_, variant.language)) AppendVariant(out, variant);
    }
    out += kUnitIndent;
    out += "</tu>\n";
    return sink_.Write(out);
  }

  Status Finish() override {
    return sink_.Write(TakeHead() + "  </body>\n</tmx>\n");
  }

 private:
  // What comes before the first unit; empty from the second time on.
  std::string TakeHead() {
    if (std::exchange(has_head_, true)) return {};
    std::string head =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<tmx version=\"1.4\">\n"
        "  <header creationtool=\"tercet\"";
    AppendXmlAttribute(
        head, "creationtoolversion",
        options_.tool_version.empty() ? "unknown" : options_.tool_version);
    head +=
        " segtype=\"sentence\" o-tmf=\"tercet\" adminlang=\"en\" "
        "datatype=\"plaintext\"";
    AppendXmlAttribute(head, "srclang", HeaderSource());
    head += "/>\n  <body>\n";
    return head;
  }

  std::string_view HeaderSource() const {
    if (options_.languages.empty()) return kAnyLanguage;
    return options_.languages.front().code();
  }

  std::string_view UnitSource(const Unit& unit) const {
    const bool is_written = !unit.source_language.empty() &&
                            IsWanted(options_, unit.source_language);
    if (is_written) return unit.source_language.code();
    return kAnyLanguage;
  }

  void AppendUnitStart(std::string& out, const WriteUnit& write) const {
    const Unit& unit = write.unit;
    out += kUnitIndent;
    out += "<tu";
    AppendText(out, "tuid",
               unit.external_id.empty() ? write.id : unit.external_id);
    const std::string_view source = UnitSource(unit);
    // The header speaks for units that say nothing: not where it would be
    // wrong.
    if (source != kAnyLanguage || HeaderSource() != kAnyLanguage) {
      AppendXmlAttribute(out, "srclang", source);
    }
    if (unit.usage_count > 0) {
      AppendXmlAttribute(out, "usagecount", std::to_string(unit.usage_count));
    }
    AppendAttribution(out, unit.attribution);
    out += ">\n";
  }

  WriterOptions options_;
  ByteSink& sink_;
  bool has_head_ = false;
};

}  // namespace

std::unique_ptr<UnitWriter> MakeTmxWriter(WriterOptions options,
                                          ByteSink& sink) {
  return std::make_unique<TmxWriter>(std::move(options), sink);
}

}  // namespace tercet
