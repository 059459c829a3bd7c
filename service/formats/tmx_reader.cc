// TMX 1.1 to 1.4b, levels 1 and 2, one unit at a time.
#include <algorithm>
#include <array>
#include <charconv>
#include <deque>
#include <utility>

#include "fmt/format.h"
#include "service/base/utf8.h"
#include "service/formats/date.h"
#include "service/formats/language_name.h"
#include "service/formats/names.h"
#include "service/formats/readers.h"
#include "service/formats/tmx_context.h"
#include "service/formats/tmx_names.h"
#include "service/formats/tmx_scan.h"
#include "service/formats/tmx_segment.h"
#include "service/formats/xml_pull.h"

namespace tercet {
namespace {

constexpr size_t kShownBytes = 64;  // Of a value, in a message.

// Where nothing else is known, what the caller of a tag in another spelling
// means: `en` in a header and `en-US` on the texts are the same language.
bool IsWiderOrEqual(const LanguageTag& wider, const LanguageTag& narrower) {
  const std::string& code = narrower.code();
  return narrower == wider ||
         (code.size() > wider.code().size() && code.starts_with(wider.code()) &&
          code[wider.code().size()] == '-');
}

// The language of the variant that `srclang` means; empty where none is meant.
LanguageTag ResolveSource(std::string_view srclang, const Unit& unit) {
  const StatusOr<LanguageTag> wanted = ReadLanguageName(srclang);
  if (!wanted.ok()) return {};
  for (const Variant& variant : unit.variants) {
    if (variant.language == *wanted) return *wanted;
  }
  for (const Variant& variant : unit.variants) {
    if (IsWiderOrEqual(*wanted, variant.language) ||
        IsWiderOrEqual(variant.language, *wanted)) {
      return variant.language;
    }
  }
  return {};
}

// The value of an attribute as XML spells it, else in any case; empty where
// there is none.
std::string_view LanguageAttribute(const XmlEvent& start,
                                   std::string_view name) {
  if (const auto exact = FindAttribute(start, name)) return *exact;
  for (const XmlAttribute& attribute : start.attributes) {
    if (EqualsIgnoringCase(attribute.name, name)) return attribute.value;
  }
  return "";
}

// What a `tuv` says of its language; empty where that is nothing.
std::string_view LanguageCodeOf(const XmlEvent& start) {
  constexpr std::string_view kSpaces = " \t\n";
  for (const std::string_view name : {"xml:lang", "lang"}) {
    const std::string_view code = LanguageAttribute(start, name);
    const size_t begin = code.find_first_not_of(kSpaces);
    if (begin == std::string_view::npos) continue;
    return code.substr(begin, code.find_last_not_of(kSpaces) - begin + 1);
  }
  return "";
}

class TmxReader final : public UnitReader {
 public:
  TmxReader(ByteSource& source, const ReadOptions& options)
      : default_languages_(options.default_languages),
        xml_(source),
        scan_(xml_) {}

  StatusOr<std::optional<ReadItem>> Next() override {
    while (items_.empty()) {
      if (!final_status_.ok()) return final_status_;
      if (ended_) return std::optional<ReadItem>();
      final_status_ = Step();
    }
    std::optional<ReadItem> item = std::move(items_.front());
    items_.pop_front();
    return item;
  }

 private:
  // What has been read of a unit.
  struct Draft {
    Unit unit;
    std::string srclang;
    std::array<bool, kOriginProperties.size()> has_origin{};
    bool has_state = false;
  };

  // Reads one element below the root, or the root's start.
  Status Step() {
    ASSIGN_OR_RETURN(const XmlEvent* event, xml_.Next());
    if (event == nullptr) {
      ended_ = true;
      return OkStatus();
    }
    if (event->kind == XmlEvent::Kind::kOddity) {
      // Goes with the unit whose tag may follow.
      scan_.Warn(event->position, event->reason, std::string(event->text));
      return OkStatus();
    }
    if (event->kind != XmlEvent::Kind::kStart) {
      PushWarnings(/*of_file=*/true);
      return OkStatus();
    }
    const std::string name = TmxElementName(*event);
    // A second root: files that were put one behind the other.
    if (!in_tmx_ || name == "tmx") return EnterRoot(*event, name);
    if (name == "tu") return ReadUnitElement(*event);
    if (name == "body") return OkStatus();
    if (name == "header") {
      header_srclang_ = FindAttribute(*event, "srclang").value_or("");
    } else {
      WarnUnknown(*event, name);
    }
    RETURN_IF_ERROR(scan_.SkipElement());
    PushWarnings(/*of_file=*/true);
    return OkStatus();
  }

  Status EnterRoot(const XmlEvent& event, std::string_view name) {
    if (name != "tmx") {
      return MalformedFile(
          event.position,
          fmt::format("this is no TMX file: it begins with <{}>, not <tmx>",
                      PrintableUtf8(event.name, kShownBytes)));
    }
    in_tmx_ = true;
    return OkStatus();
  }

  Status ReadUnitElement(const XmlEvent& start) {
    const FilePosition position = start.position;
    Draft draft;
    ReadUnitAttributes(start, draft);
    while (true) {
      ASSIGN_OR_RETURN(const XmlEvent event, scan_.Next());
      if (event.kind == XmlEvent::Kind::kEnd) break;
      if (event.kind == XmlEvent::Kind::kStart) {
        RETURN_IF_ERROR(ReadUnitChild(event, draft));
      }
    }
    PushUnit(position, std::move(draft));
    scan_.Reset();
    return OkStatus();
  }

  void ReadUnitAttributes(const XmlEvent& start, Draft& draft) {
    draft.srclang = FindAttribute(start, "srclang").value_or(header_srclang_);
    scan_.Append(draft.unit.external_id,
                 FindAttribute(start, "tuid").value_or(""));
    draft.unit.usage_count = ReadUsageCount(start);
    draft.unit.attribution = ReadAttribution(start);
  }

  Status ReadUnitChild(const XmlEvent& event, Draft& draft) {
    const std::string name = TmxElementName(event);
    if (name == "tuv") return ReadVariant(event, draft.unit.variants);
    if (name == "note") return ReadNote(draft.unit.notes);
    if (name == "prop") {
      ASSIGN_OR_RETURN(std::optional<Property> property, ReadProperty(event));
      if (property) AddUnitProperty(*std::move(property), draft);
      return OkStatus();
    }
    WarnUnknown(event, name);
    return scan_.SkipElement();
  }

  Status ReadVariant(const XmlEvent& start, std::vector<Variant>& variants) {
    const FilePosition position = start.position;
    std::optional<LanguageTag> language = ReadLanguage(start);
    const bool wanted = language.has_value();
    Variant variant{.language = std::move(language).value_or(LanguageTag()),
                    .attribution = ReadAttribution(start)};
    bool has_segment = false;
    std::string stray;  // Text outside of `seg`.
    while (true) {
      ASSIGN_OR_RETURN(const XmlEvent event, scan_.Next());
      if (event.kind == XmlEvent::Kind::kEnd) break;
      if (event.kind == XmlEvent::Kind::kText) {
        if (!has_segment) scan_.Append(stray, event.text);
        continue;
      }
      const std::string name = TmxElementName(event);
      if (name == "seg" && !has_segment) {
        has_segment = true;
        ASSIGN_OR_RETURN(variant.segment, ReadTmxSegment(scan_));
      } else {
        RETURN_IF_ERROR(ReadVariantChild(event, name, variant));
      }
    }
    if (!has_segment) TakeStrayText(position, stray, variant.segment);
    if (!wanted) return OkStatus();
    if (variant.segment.text.empty()) {
      scan_.Warn(position, "TEXT_EMPTY",
                 fmt::format("the <tuv> in '{}' has no text and was left out",
                             variant.language.code()));
    } else if (scan_.Charge(sizeof(Variant))) {
      variants.push_back(std::move(variant));
    }
    return OkStatus();
  }

  // A `tuv` that holds its text itself.
  void TakeStrayText(const FilePosition& position, std::string_view stray,
                     Segment& segment) {
    constexpr std::string_view kSpaces = " \t\n";
    const size_t begin = stray.find_first_not_of(kSpaces);
    if (begin == std::string_view::npos) return;
    segment.text =
        stray.substr(begin, stray.find_last_not_of(kSpaces) - begin + 1);
    scan_.Warn(position, "ELEMENT_MISPLACED",
               "the text of a <tuv> without a <seg> was taken for its segment");
  }

  // Reads what else a variant holds than its segment.
  Status ReadVariantChild(const XmlEvent& event, const std::string& name,
                          Variant& variant) {
    if (name == "note") return ReadNote(variant.notes);
    if (name == "prop") {
      ASSIGN_OR_RETURN(std::optional<Property> property, ReadProperty(event));
      if (property) variant.properties.push_back(*std::move(property));
      return OkStatus();
    }
    if (name == "seg") {
      scan_.Warn(event.position, "ELEMENT_MISPLACED",
                 "a second <seg> in a <tuv> was left out");
    } else {
      WarnUnknown(event, name);
    }
    return scan_.SkipElement();
  }

  // The language of a `tuv`; empty where it says none and a default may do;
  // nullopt, with a warning, where it cannot be used.
  std::optional<LanguageTag> ReadLanguage(const XmlEvent& start) {
    const std::string_view code = LanguageCodeOf(start);
    if (code.empty()) {
      if (!default_languages_.empty()) return LanguageTag();
      WarnOfMissingLanguage(start.position);
      return std::nullopt;
    }
    StatusOr<LanguageTag> language = ReadLanguageName(code);
    if (language.ok()) return *std::move(language);
    scan_.Warn(
        start.position, "LANGUAGE_INVALID",
        fmt::format("a <tuv> was left out: {}", MessageOf(language.status())));
    return std::nullopt;
  }

  void WarnOfMissingLanguage(const FilePosition& position) {
    scan_.Warn(position, "LANGUAGE_MISSING",
               "a <tuv> without a language was left out");
  }

  // Gives texts that say no language the next default that is free.
  void ApplyDefaults(const FilePosition& position,
                     std::vector<Variant>& variants) {
    for (Variant& variant : variants) {
      if (!variant.language.empty()) continue;
      const auto is_free = [&variants](const LanguageTag& language) {
        return std::ranges::find(variants, language, &Variant::language) ==
               variants.end();
      };
      const auto next = std::ranges::find_if(default_languages_, is_free);
      if (next != default_languages_.end()) {
        variant.language = *next;
      } else {
        WarnOfMissingLanguage(position);
      }
    }
    std::erase_if(variants, [](const Variant& variant) {
      return variant.language.empty();
    });
  }

  // The language of the variant that is the source; empty where nothing says.
  LanguageTag SourceOf(std::string_view srclang, const Unit& unit) const {
    LanguageTag source = ResolveSource(srclang, unit);
    if (!source.empty() || default_languages_.empty()) return source;
    return ResolveSource(default_languages_.front().code(), unit);
  }

  Attribution ReadAttribution(const XmlEvent& start) {
    Attribution attribution;
    scan_.Append(attribution.creator,
                 FindAttribute(start, "creationid").value_or(""));
    scan_.Append(attribution.changer,
                 FindAttribute(start, "changeid").value_or(""));
    attribution.creation_micros = ReadDate(start, "creationdate");
    attribution.change_micros = ReadDate(start, "changedate");
    return attribution;
  }

  std::optional<int64_t> ReadDate(const XmlEvent& start,
                                  std::string_view name) {
    const std::optional<std::string_view> text = FindAttribute(start, name);
    if (!text) return std::nullopt;
    const std::optional<int64_t> micros = ParseDate(*text);
    if (!micros) {
      scan_.Warn(start.position, "DATE_INVALID",
                 fmt::format("{} '{}' was left out: a date looks like "
                             "20261123T091537Z",
                             name, PrintableUtf8(*text, kShownBytes)));
    }
    return micros;
  }

  int64_t ReadUsageCount(const XmlEvent& start) {
    const std::optional<std::string_view> text =
        FindAttribute(start, "usagecount");
    if (!text) return 0;
    int64_t count = 0;
    const char* end = text->data() + text->size();
    const auto [parsed, error] = std::from_chars(text->data(), end, count);
    if (error == std::errc() && parsed == end && count >= 0) return count;
    scan_.Warn(start.position, "USAGE_COUNT_INVALID",
               fmt::format("usagecount '{}' was left out: it is no count",
                           PrintableUtf8(*text, kShownBytes)));
    return 0;
  }

  Status ReadNote(std::vector<std::string>& notes) {
    ASSIGN_OR_RETURN(std::string note, scan_.ReadText());
    if (scan_.Charge(sizeof(std::string))) notes.push_back(std::move(note));
    return OkStatus();
  }

  // Nullopt, with a warning, for one without a type.
  StatusOr<std::optional<Property>> ReadProperty(const XmlEvent& start) {
    const FilePosition position = start.position;
    Property property;
    scan_.Append(property.type, FindAttribute(start, "type").value_or(""));
    ASSIGN_OR_RETURN(property.value, scan_.ReadText());
    if (property.type.empty()) {
      scan_.Warn(position, "PROPERTY_INVALID",
                 "a <prop> without a type was left out");
      return std::optional<Property>();
    }
    if (!scan_.Charge(sizeof(Property))) return std::optional<Property>();
    return std::optional<Property>(std::move(property));
  }

  static void AddUnitProperty(Property property, Draft& draft) {
    for (size_t i = 0; i < kOriginProperties.size(); ++i) {
      if (property.type != kOriginProperties[i].type || draft.has_origin[i]) {
        continue;
      }
      draft.has_origin[i] = true;
      draft.unit.origin.*kOriginProperties[i].field = std::move(property.value);
      return;
    }
    if (property.type == kStateProperty && !draft.has_state) {
      if (const auto state = StateFromName(property.value)) {
        draft.has_state = true;
        draft.unit.state = *state;
        return;
      }
    }
    draft.unit.properties.push_back(std::move(property));
  }

  void PushSkipped(const FilePosition& position, const Draft& draft,
                   std::string_view reason, std::string message) {
    items_.emplace_back(ReadProblem{.line = position.line,
                                    .offset = position.offset,
                                    .reason = std::string(reason),
                                    .message = std::move(message),
                                    .skipped = true,
                                    .unit_id = draft.unit.external_id});
  }

  void PushUnit(const FilePosition& position, Draft draft) {
    if (scan_.too_large()) {
      return PushSkipped(
          position, draft, "UNIT_TOO_LARGE",
          fmt::format("the unit takes more than {} bytes of memory",
                      kMaxReadBytes));
    }
    if (scan_.too_deep()) {
      return PushSkipped(position, draft, "UNIT_TOO_DEEP",
                         fmt::format("elements are nested more than {} deep",
                                     kMaxNestedElements));
    }
    ApplyDefaults(position, draft.unit.variants);
    if (draft.unit.variants.empty()) {
      std::string message(kUnitEmptyMessage);
      if (!scan_.warnings().empty()) {
        message += ": " + scan_.warnings().front().message;
      }
      return PushSkipped(position, draft, "UNIT_EMPTY", std::move(message));
    }
    draft.unit.source_language = SourceOf(draft.srclang, draft.unit);
    TakeForeignContext(draft);
    items_.emplace_back(ReadUnit{.line = position.line,
                                 .offset = position.offset,
                                 .unit = std::move(draft.unit)});
    PushWarnings(/*of_file=*/false);
  }

  // The properties of other tools stay, so that they are written again.
  static void TakeForeignContext(Draft& draft) {
    Origin foreign = ForeignContext(draft.unit);
    for (size_t i = 0; i < kOriginProperties.size(); ++i) {
      if (draft.has_origin[i]) continue;
      std::string Origin::*const field = kOriginProperties[i].field;
      draft.unit.origin.*field = std::move(foreign.*field);
    }
  }

  void WarnUnknown(const XmlEvent& event, std::string_view name) {
    scan_.Warn(event.position, "ELEMENT_UNKNOWN",
               fmt::format("<{}> is no element of TMX here and was left out",
                           PrintableUtf8(name, kShownBytes)));
  }

  void PushWarnings(bool of_file) {
    for (ReadProblem warning : scan_.warnings()) {
      warning.of_file = of_file;
      items_.emplace_back(std::move(warning));
    }
    scan_.Reset();
  }

  const std::vector<LanguageTag> default_languages_;
  XmlPull xml_;
  TmxScan scan_;
  std::deque<ReadItem> items_;  // Read, not yet handed out.
  std::string header_srclang_;
  bool in_tmx_ = false;
  bool ended_ = false;
  Status final_status_;
};

}  // namespace

std::unique_ptr<UnitReader> MakeTmxReader(ByteSource& source,
                                          const ReadOptions& options) {
  return std::make_unique<TmxReader>(source, options);
}

}  // namespace tercet
