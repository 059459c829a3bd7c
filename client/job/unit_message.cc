#include "client/job/unit_message.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "service/base/utf8.h"

namespace tercet {
namespace {

using google::protobuf::RepeatedPtrField;

Status Unexpected(std::string_view what) {
  return MakeError(StatusCode::kInternal,
                   fmt::format("the server sent {}", what),
                   {.reason = "INTERNAL"});
}

StatusOr<LanguageTag> LanguageOf(const std::string& code) {
  StatusOr<LanguageTag> tag = LanguageTag::Parse(code);
  if (!tag.ok()) return Unexpected(fmt::format("the language '{}'", code));
  return tag;
}

std::vector<Property> PropertiesOf(
    const RepeatedPtrField<v1::Property>& messages) {
  std::vector<Property> properties;
  for (const v1::Property& message : messages) {
    properties.push_back({.type = message.type(), .value = message.value()});
  }
  return properties;
}

std::optional<int64_t> MicrosOf(bool is_set,
                                const google::protobuf::Timestamp& time) {
  if (!is_set) return std::nullopt;
  return time.seconds() * 1'000'000 + time.nanos() / 1000;
}

Attribution AttributionOf(const v1::Attribution& message) {
  return {.creator = message.creator(),
          .creation_micros =
              MicrosOf(message.has_creation_time(), message.creation_time()),
          .changer = message.changer(),
          .change_micros =
              MicrosOf(message.has_change_time(), message.change_time())};
}

}  // namespace

// The codes' places are counted in code points there, in bytes here.
StatusOr<Segment> SegmentOf(
    const std::string& text,
    const google::protobuf::RepeatedPtrField<v1::InlineCode>& codes) {
  Segment segment = {.text = text};
  size_t bytes = 0;
  int32_t code_points = 0;
  for (const v1::InlineCode& code : codes) {
    for (; code_points < code.offset(); ++code_points) {
      if (bytes >= segment.text.size()) {
        return Unexpected("an inline code outside of its text");
      }
      DecodeUtf8(segment.text, &bytes);
    }
    segment.codes.push_back({.kind = static_cast<InlineCode::Kind>(code.kind()),
                             .offset = static_cast<uint32_t>(bytes),
                             .content = code.content(),
                             .content_is_xml = code.content_is_xml(),
                             .attributes = PropertiesOf(code.attributes())});
  }
  return segment;
}

StatusOr<Variant> VariantOf(const v1::Variant& message) {
  Variant variant = {.attribution = AttributionOf(message.attribution()),
                     .notes = {message.notes().begin(), message.notes().end()},
                     .properties = PropertiesOf(message.properties())};
  ASSIGN_OR_RETURN(variant.language, LanguageOf(message.language_code()));
  ASSIGN_OR_RETURN(variant.segment, SegmentOf(message.text(), message.codes()));
  return variant;
}

StatusOr<Unit> UnitOf(const v1::Unit& message) {
  Unit unit = {.origin = {.document = message.origin().document(),
                          .previous = message.origin().previous(),
                          .next = message.origin().next(),
                          .key = message.origin().key()},
               .state = static_cast<UnitState>(message.state()),
               .external_id = message.external_id(),
               .usage_count = message.usage_count(),
               .attribution = AttributionOf(message.attribution()),
               .notes = {message.notes().begin(), message.notes().end()},
               .properties = PropertiesOf(message.properties())};
  for (const v1::Variant& variant : message.variants()) {
    ASSIGN_OR_RETURN(unit.variants.emplace_back(), VariantOf(variant));
  }
  if (!message.source_language_code().empty()) {
    ASSIGN_OR_RETURN(unit.source_language,
                     LanguageOf(message.source_language_code()));
  }
  return unit;
}

}  // namespace tercet
