#include "service/rpc/convert_lookup.h"

#include <algorithm>
#include <string>
#include <utility>

#include "fmt/format.h"
#include "service/model/limits.h"
#include "service/model/unit.h"
#include "service/rpc/code_points.h"
#include "service/rpc/convert.h"

namespace tercet {
namespace {

void CheckBytes(std::string_view path, std::string_view name,
                std::string_view value, size_t max_bytes, RequestCheck& check) {
  if (value.size() <= max_bytes) return;
  check.Add(
      fmt::format("{}{}", path, name),
      fmt::format("has {} bytes; the most is {}", value.size(), max_bytes));
}

// The text and all that is around it.
void ReadQuery(const v1::Query& from, const std::string& path,
               RequestCheck& check, LookupQuery& query) {
  query.language = check.Language(path + "language_code", from.language_code());
  query.segment = SegmentFromApi(from.text(), from.codes());
  ValidateSegment(query.segment, path, check.violations());
  CheckBytes(path, "previous", from.previous(), kMaxTextBytes, check);
  CheckBytes(path, "next", from.next(), kMaxTextBytes, check);
  CheckBytes(path, "key", from.key(), kMaxNameBytes, check);
  query.context = {
      .previous = from.previous(), .next = from.next(), .key = from.key()};
}

void AddEdits(const Match& match, const LookupQuery& query, v1::Match& to) {
  CodePointCursor stored(match.entry.unit.variants[match.source].segment.text);
  CodePointCursor asked(query.segment.text);
  for (const Edit& edit : match.edits) {
    v1::Edit& added = *to.add_edits();
    added.set_op(static_cast<v1::Edit::Op>(edit.op));
    added.set_what(static_cast<v1::Edit::What>(edit.what));
    added.set_stored_begin(stored.ToCodePoint(edit.stored_begin));
    added.set_stored_end(stored.ToCodePoint(edit.stored_end));
    added.set_query_begin(asked.ToCodePoint(edit.query_begin));
    added.set_query_end(asked.ToCodePoint(edit.query_end));
    added.set_cost(edit.cost);
  }
}

void AddPlaceables(const Match& match, const LookupQuery& query,
                   v1::Match& to) {
  CodePointCursor stored(match.entry.unit.variants[match.source].segment.text);
  CodePointCursor asked(query.segment.text);
  for (const PlaceableDifference& difference : match.placeables) {
    v1::PlaceableDifference& added = *to.add_placeables();
    added.set_kind(
        static_cast<v1::PlaceableDifference::Kind>(difference.placeable_class));
    added.set_stored_value(difference.stored_value);
    added.set_query_value(difference.query_value);
    added.set_carries_over(difference.carries_over);
    added.set_stored_begin(stored.ToCodePoint(difference.stored_begin));
    added.set_stored_end(stored.ToCodePoint(difference.stored_end));
    added.set_query_begin(asked.ToCodePoint(difference.query_begin));
    added.set_query_end(asked.ToCodePoint(difference.query_end));
  }
}

void AddAdapted(const Match& match, v1::Match& to) {
  for (const AdaptedVariant& adapted : match.adapted) {
    const auto target = std::ranges::find(match.targets, adapted.variant);
    v1::Variant variant = ToApi(Variant{.segment = adapted.segment});
    v1::AdaptedTarget& added = *to.add_adapted_targets();
    added.set_target(static_cast<int32_t>(target - match.targets.begin()));
    added.set_text(std::move(*variant.mutable_text()));
    added.mutable_codes()->Swap(variant.mutable_codes());
  }
}

}  // namespace

LookupQuery QueryFromApi(const v1::Query& from, const LanguageCodes& targets,
                         std::string_view path, RequestCheck& check) {
  LookupQuery query;
  ReadQuery(from, fmt::format("{}query.", path), check, query);
  const std::string field = fmt::format("{}target_language_codes", path);
  if (targets.size() > static_cast<int>(kMaxVariants)) {
    check.Add(field, fmt::format("has {} entries; the most is {}",
                                 targets.size(), kMaxVariants));
  }
  for (int i = 0; i < targets.size(); ++i) {
    query.targets.push_back(
        check.Language(fmt::format("{}[{}]", field, i), targets[i]));
  }
  return query;
}

LookupQuery QueryFromApi(const v1::LookupSegmentRequest& request,
                         std::string_view path, RequestCheck& check) {
  LookupQuery query = QueryFromApi(
      request.query(), request.target_language_codes(), path, check);
  query.min_score =
      check.Integer(fmt::format("{}min_score", path), request.min_score(),
                    {.min = 1, .max = 100, .unset = kDefaultMinScore});
  query.max_matches = check.Integer(
      fmt::format("{}max_matches", path), request.max_matches(),
      {.min = 1, .max = kMaxMatches, .unset = kDefaultMaxMatches});
  return query;
}

v1::Match ToApi(const Match& match, const LookupQuery& query) {
  v1::Match to;
  *to.mutable_unit() = ToApi(match.entry);
  to.set_kind(static_cast<v1::Match::Kind>(match.kind));
  to.set_score(match.score);
  to.set_text_score(match.text_score);
  for (const Penalty& penalty : match.penalties) {
    v1::Penalty& added = *to.add_penalties();
    added.set_reason(std::string(penalty.reason));
    added.set_points(penalty.points);
  }
  *to.mutable_source() = to.unit().variants(static_cast<int>(match.source));
  for (size_t target : match.targets) {
    *to.add_targets() = to.unit().variants(static_cast<int>(target));
  }
  AddEdits(match, query, to);
  AddPlaceables(match, query, to);
  AddAdapted(match, to);
  to.set_length(match.length);
  to.set_edit_cost(match.cost);
  to.set_scoring_version(kScoringVersion);
  return to;
}

}  // namespace tercet
