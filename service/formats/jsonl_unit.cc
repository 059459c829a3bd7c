// Everything that knows nlohmann/json when reading.
#include "service/formats/jsonl_unit.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "fmt/format.h"
#include "nlohmann/json.hpp"
#include "service/base/utf8.h"
#include "service/formats/date.h"
#include "service/formats/jsonl_names.h"
#include "service/formats/names.h"
#include "service/text/icu.h"

namespace tercet {
namespace {

// Keeps the order of the members: that of a short form's languages matters.
using Json = nlohmann::ordered_json;

constexpr size_t kShownBytes = 64;  // Of a line, in a message.
constexpr size_t kMaxDepth = 16;    // The schema needs 7.
constexpr size_t kMaxValues = 1024 * 1024;
constexpr size_t kMaxMembers = 1024;    // Of one object.
constexpr size_t kMaxReasonBytes = 63;  // As in google.rpc.ErrorInfo.

// Whether a line can be parsed in bounded memory and time: `[[[[...` takes 50
// times its size, and an object's members are looked up one after another.
bool IsModest(std::string_view line) {
  std::array<size_t, kMaxDepth + 1> members{};  // Of the open objects.
  size_t depth = 0;
  size_t values = 0;
  bool in_string = false;
  for (size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '"') in_string = !in_string;
    if (in_string) {
      if (c == '\\') ++i;
      continue;
    }
    if (c == '[' || c == '{') {
      if (++depth > kMaxDepth || ++values > kMaxValues) return false;
      members[depth] = 0;
    } else if (c == ']' || c == '}') {
      if (depth-- == 0) return true;  // No JSON, as the parser will say.
    } else if (c == ',') {
      if (++values > kMaxValues) return false;
    } else if (c == ':') {
      if (++members[depth] > kMaxMembers) return false;
    }
  }
  return true;
}

// Makes a unit of a line's object. The first thing that is wrong with it ends
// the work: every function returns false from then on.
class UnitParser {
 public:
  bool Parse(const Json& object);

  JsonlUnit Take() { return std::move(result_); }

 private:
  enum class Found : uint8_t { kYes, kNo, kWrong };

  bool ParseUnitMember(const std::string& key, const Json& value,
                       bool is_short_form);
  Found ParseField(const std::string& key, const Json& value);
  Found ParseCommon(const std::string& section, const std::string& key,
                    const Json& value, Attribution& attribution,
                    std::vector<std::string>& notes,
                    std::vector<Property>& properties);
  bool ParseShortVariant(const std::string& key, const Json& value);
  bool ParseVariants(const Json& value);
  bool ParseVariant(const Json& value);
  bool ParseVariantMember(const std::string& key, const Json& value,
                          Variant& variant);
  bool ParseCodes(const Json& value, Segment& segment);
  bool ParseCode(const Json& value, InlineCode& code, uint64_t& offset);
  bool ParseLanguage(const std::string& path, const Json& value,
                     LanguageTag& language);
  bool ParseText(const std::string& path, const Json& value, std::string& text);
  bool ParseDateField(const std::string& path, const Json& value,
                      std::optional<int64_t>& micros);
  bool ParseNotes(const std::string& path, const Json& value,
                  std::vector<std::string>& notes);
  bool ParseProperties(const std::string& path, const Json& value,
                       std::vector<Property>& properties);

  Found Read(bool ok) const { return ok ? Found::kYes : Found::kWrong; }
  bool Ignore(const std::string& path) {
    result_.unknown_fields.push_back(path);
    return true;
  }
  bool Fail(std::string_view reason, std::string message) {
    result_.error = {.reason = std::string(reason),
                     .message = std::move(message)};
    return false;
  }
  bool WrongType(const std::string& path, std::string_view wanted) {
    return Fail("FIELD_INVALID", fmt::format("'{}' is not {}", path, wanted));
  }

  JsonlUnit result_;
  Unit& unit_ = result_.unit;
};

bool UnitParser::Parse(const Json& object) {
  const bool is_short_form = !object.contains(jsonl::kVariants);
  for (const auto& member : object.items()) {
    if (!ParseUnitMember(member.key(), member.value(), is_short_form)) {
      return false;
    }
  }
  return true;
}

bool UnitParser::ParseUnitMember(const std::string& key, const Json& value,
                                 bool is_short_form) {
  Found found = ParseField(key, value);
  if (found == Found::kNo) {
    found = ParseCommon("", key, value, unit_.attribution, unit_.notes,
                        unit_.properties);
  }
  if (found != Found::kNo) return found == Found::kYes;
  return is_short_form ? ParseShortVariant(key, value) : Ignore(key);
}

UnitParser::Found UnitParser::ParseField(const std::string& key,
                                         const Json& value) {
  Origin& origin = unit_.origin;
  if (key == jsonl::kId) return Read(ParseText(key, value, unit_.external_id));
  if (key == jsonl::kVariants) return Read(ParseVariants(value));
  if (key == jsonl::kDocument) {
    return Read(ParseText(key, value, origin.document));
  }
  if (key == jsonl::kPrevious) {
    return Read(ParseText(key, value, origin.previous));
  }
  if (key == jsonl::kNext) return Read(ParseText(key, value, origin.next));
  if (key == jsonl::kKey) return Read(ParseText(key, value, origin.key));
  if (key == jsonl::kSource) {
    return Read(ParseLanguage(key, value, unit_.source_language));
  }
  if (key == jsonl::kState) {
    const auto* name = value.get_ptr<const std::string*>();
    const auto state = name ? StateFromName(*name) : std::nullopt;
    if (!state) {
      return Read(WrongType(key, "one of aligned, draft and confirmed"));
    }
    unit_.state = *state;
    return Found::kYes;
  }
  if (key == jsonl::kUsageCount) {
    const auto* count = value.get_ptr<const uint64_t*>();
    if (!count || *count > std::numeric_limits<int64_t>::max()) {
      return Read(WrongType(key, "a count"));
    }
    unit_.usage_count = static_cast<int64_t>(*count);
    return Found::kYes;
  }
  return Found::kNo;
}

// Reads what units and variants have in common.
UnitParser::Found UnitParser::ParseCommon(const std::string& section,
                                          const std::string& key,
                                          const Json& value,
                                          Attribution& attribution,
                                          std::vector<std::string>& notes,
                                          std::vector<Property>& properties) {
  const std::string path = section + key;
  if (key == jsonl::kCreator) {
    return Read(ParseText(path, value, attribution.creator));
  }
  if (key == jsonl::kCreated) {
    return Read(ParseDateField(path, value, attribution.creation_micros));
  }
  if (key == jsonl::kChanger) {
    return Read(ParseText(path, value, attribution.changer));
  }
  if (key == jsonl::kChanged) {
    return Read(ParseDateField(path, value, attribution.change_micros));
  }
  if (key == jsonl::kNotes) return Read(ParseNotes(path, value, notes));
  if (key == jsonl::kProperties) {
    return Read(ParseProperties(path, value, properties));
  }
  return Found::kNo;
}

// A member that is not a field is a language with its text, or a list of
// several; one that there is, or that has a region: `key` is hardly meant as
// one.
bool UnitParser::ParseShortVariant(const std::string& key, const Json& value) {
  const StatusOr<LanguageTag> language = LanguageTag::Parse(key);
  if (!language.ok() || (!unicode::IsIsoLanguage(language->language()) &&
                         key.find_first_of("-_") == key.npos)) {
    return Ignore(key);
  }
  // False for what is no text; null is none, and empty.
  const auto add = [&](const Json& member) {
    const auto* text = member.get_ptr<const std::string*>();
    if (text != nullptr && !text->empty()) {
      unit_.variants.push_back(
          {.language = *language, .segment = {.text = *text}});
    }
    return text != nullptr || member.is_null();
  };
  if (!value.is_array()) return add(value) || Ignore(key);
  return std::ranges::all_of(value, add) ||
         WrongType(key, "a text or a list of texts");
}

bool UnitParser::ParseVariants(const Json& value) {
  if (!value.is_array()) return WrongType(jsonl::kVariants, "an array");
  return std::ranges::all_of(
      value, [this](const Json& variant) { return ParseVariant(variant); });
}

bool UnitParser::ParseVariant(const Json& value) {
  if (!value.is_object()) {
    return WrongType(jsonl::kVariants, "an array of objects");
  }
  Variant variant;
  const Json* codes = nullptr;  // Their offsets need the text.
  for (const auto& member : value.items()) {
    if (member.key() == jsonl::kCodes) {
      codes = &member.value();
    } else if (!ParseVariantMember(member.key(), member.value(), variant)) {
      return false;
    }
  }
  if (codes && !ParseCodes(*codes, variant.segment)) return false;
  if (variant.language.empty()) {
    return Fail("LANGUAGE_MISSING", "a variant has no 'language'");
  }
  if (variant.segment.text.empty()) {
    result_.empty_variants.push_back(variant.language);
  } else {
    unit_.variants.push_back(std::move(variant));
  }
  return true;
}

bool UnitParser::ParseVariantMember(const std::string& key, const Json& value,
                                    Variant& variant) {
  const std::string section = std::string(jsonl::kVariants) + ".";
  if (key == jsonl::kLanguage) {
    return ParseLanguage(section + key, value, variant.language);
  }
  if (key == jsonl::kText) {
    return ParseText(section + key, value, variant.segment.text);
  }
  const Found found = ParseCommon(section, key, value, variant.attribution,
                                  variant.notes, variant.properties);
  return found == Found::kNo ? Ignore(section + key) : found == Found::kYes;
}

bool UnitParser::ParseCodes(const Json& value, Segment& segment) {
  if (!value.is_array()) return WrongType(jsonl::kCodes, "an array");
  size_t bytes = 0;
  uint64_t code_points = 0;
  for (const Json& entry : value) {
    InlineCode code;
    uint64_t offset = 0;
    if (!ParseCode(entry, code, offset)) return false;
    if (offset < code_points) {
      return Fail("FIELD_INVALID", "'codes' are not in order of their offsets");
    }
    for (; code_points < offset && bytes < segment.text.size(); ++code_points) {
      DecodeUtf8(segment.text, &bytes);
    }
    if (code_points < offset) {
      return Fail("FIELD_INVALID",
                  fmt::format("the offset {} of a code is behind the end of "
                              "its text",
                              offset));
    }
    code.offset = static_cast<uint32_t>(bytes);
    segment.codes.push_back(std::move(code));
  }
  return true;
}

bool UnitParser::ParseCode(const Json& value, InlineCode& code,
                           uint64_t& offset) {
  if (!value.is_object())
    return WrongType(jsonl::kCodes, "an array of objects");
  std::optional<InlineCode::Kind> kind;
  for (const auto& member : value.items()) {
    const std::string path = fmt::format("{}.{}", jsonl::kCodes, member.key());
    const Json& field = member.value();
    bool ok = true;
    if (member.key() == jsonl::kKind) {
      const auto* name = field.get_ptr<const std::string*>();
      if (name) kind = CodeKindFromName(*name);
    } else if (member.key() == jsonl::kOffset) {
      const auto* number = field.get_ptr<const uint64_t*>();
      ok = number ? true : WrongType(path, "a count of code points");
      if (number) offset = *number;
    } else if (member.key() == jsonl::kContent) {
      ok = ParseText(path, field, code.content);
    } else if (member.key() == jsonl::kXml) {
      ok = field.is_boolean() ? true : WrongType(path, "true or false");
      code.content_is_xml = field == true;
    } else if (member.key() == jsonl::kAttributes) {
      ok = ParseProperties(path, field, code.attributes);
    } else {
      Ignore(path);
    }
    if (!ok) return false;
  }
  if (!kind)
    return WrongType("codes.kind", "one of bpt, ept, ph, it, hi, /hi, ut");
  code.kind = *kind;
  return true;
}

bool UnitParser::ParseLanguage(const std::string& path, const Json& value,
                               LanguageTag& language) {
  std::string code;
  if (!ParseText(path, value, code)) return false;
  StatusOr<LanguageTag> parsed = LanguageTag::Parse(code);
  if (!parsed.ok()) {
    return Fail("LANGUAGE_INVALID", std::string(MessageOf(parsed.status())));
  }
  language = *std::move(parsed);
  return true;
}

bool UnitParser::ParseText(const std::string& path, const Json& value,
                           std::string& text) {
  const auto* parsed = value.get_ptr<const std::string*>();
  if (!parsed) return WrongType(path, "a string");
  text = *parsed;
  return true;
}

bool UnitParser::ParseDateField(const std::string& path, const Json& value,
                                std::optional<int64_t>& micros) {
  const auto* text = value.get_ptr<const std::string*>();
  if (text) micros = ParseDate(*text);
  if (!micros) return WrongType(path, "a date such as 2026-11-23T09:15:37Z");
  return true;
}

bool UnitParser::ParseNotes(const std::string& path, const Json& value,
                            std::vector<std::string>& notes) {
  if (!value.is_array()) return WrongType(path, "an array of strings");
  return std::ranges::all_of(value, [&](const Json& note) {
    return ParseText(path, note, notes.emplace_back());
  });
}

bool UnitParser::ParseProperties(const std::string& path, const Json& value,
                                 std::vector<Property>& properties) {
  if (!value.is_array()) return WrongType(path, "an array of objects");
  for (const Json& entry : value) {
    if (!entry.is_object()) return WrongType(path, "an array of objects");
    Property property;
    for (const auto& member : entry.items()) {
      const std::string field = path + "." + member.key();
      if (member.key() == jsonl::kType) {
        if (!ParseText(field, member.value(), property.type)) return false;
      } else if (member.key() == jsonl::kValue) {
        if (!ParseText(field, member.value(), property.value)) return false;
      } else {
        Ignore(field);
      }
    }
    properties.push_back(std::move(property));
  }
  return true;
}

bool IsReason(std::string_view text) {
  return !text.empty() && text.size() <= kMaxReasonBytes &&
         text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") ==
             std::string_view::npos;
}

JsonlUnit ParseProblem(const Json& object) {
  JsonlUnit result;
  JsonlProblem& problem = result.problem.emplace();
  for (const auto& member : object.items()) {
    const auto* text = member.value().get_ptr<const std::string*>();
    if (text == nullptr) continue;
    if (member.key() == jsonl::kFile) problem.file = *text;
    if (member.key() == jsonl::kReason) problem.reason = *text;
    if (member.key() == jsonl::kMessage) problem.message = *text;
  }
  if (!IsReason(problem.reason)) {
    result.error = {.reason = "FIELD_INVALID",
                    .message = "'problem.reason' is not a name in capitals"};
  }
  return result;
}

JsonlUnit Invalid(std::string message) {
  return {.error = JsonlError{.reason = "LINE_INVALID",
                              .message = std::move(message)}};
}

}  // namespace

JsonlUnit ParseJsonlUnit(std::string_view line) {
  if (!IsModest(line)) {
    return Invalid(
        fmt::format("the line is nested more than {} deep, or has more than {} "
                    "values or {} members in an object",
                    kMaxDepth, kMaxValues, kMaxMembers));
  }
  const Json object = Json::parse(line, nullptr, false);
  if (!object.is_object()) {
    return Invalid(fmt::format("the line is no JSON object: '{}'",
                               PrintableUtf8(line, kShownBytes)));
  }
  const auto problem = object.find(jsonl::kProblem);
  if (problem != object.end() && problem->is_object()) {
    return ParseProblem(*problem);
  }
  UnitParser parser;
  parser.Parse(object);
  return parser.Take();
}

}  // namespace tercet
