#include "client/job/segment_message.h"

#include <cstdint>
#include <string_view>

#include "service/base/utf8.h"

namespace tercet {
namespace {

v1::InlineCode ToMessage(const InlineCode& code, size_t code_points_before) {
  v1::InlineCode message;
  message.set_kind(static_cast<v1::InlineCode::Kind>(code.kind));
  message.set_offset(static_cast<int>(code_points_before));
  message.set_content(code.content);
  message.set_content_is_xml(code.content_is_xml);
  for (const Property& attribute : code.attributes) {
    v1::Property& to = *message.add_attributes();
    to.set_type(attribute.type);
    to.set_value(attribute.value);
  }
  return message;
}

v1::Query QueryOf(const SourceSegment& segment) {
  v1::Query query;
  query.set_language_code(segment.source_language.code());
  query.set_text(segment.source.text);
  query.set_previous(segment.context.previous);
  query.set_next(segment.context.next);
  query.set_key(segment.context.key);
  size_t bytes = 0;
  size_t code_points = 0;
  for (const InlineCode& code : segment.source.codes) {
    code_points += CountCodePoints(std::string_view(segment.source.text)
                                       .substr(bytes, code.offset - bytes));
    bytes = code.offset;
    *query.add_codes() = ToMessage(code, code_points);
  }
  return query;
}

}  // namespace

v1::LookupSegmentRequest LookupRequest(const SourceSegment& segment,
                                       const LookupScope& scope) {
  v1::LookupSegmentRequest request;
  request.set_parent(scope.parent);
  *request.mutable_filter() = scope.filter;
  *request.mutable_query() = QueryOf(segment);
  if (!segment.target_language.empty()) {
    request.add_target_language_codes(segment.target_language.code());
  }
  request.set_min_score(scope.min_score);
  request.set_max_matches(scope.max_matches);
  return request;
}

}  // namespace tercet
