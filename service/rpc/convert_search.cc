#include "service/rpc/convert_search.h"

#include <string>
#include <string_view>
#include <utility>

#include "fmt/format.h"
#include "service/base/utf8.h"
#include "service/model/limits.h"
#include "service/rpc/code_points.h"
#include "service/rpc/convert.h"
#include "service/rpc/convert_filter.h"
#include "service/text/tokenize.h"

namespace tercet {
namespace {

// The number of words and marks in a phrase.
size_t CheckPhrase(std::string_view phrase, const std::string& field,
                   RequestCheck& check) {
  if (phrase.size() > kMaxPhraseBytes) {
    check.Add(field, fmt::format("has {} bytes; the most is {}", phrase.size(),
                                 kMaxPhraseBytes));
    return 0;
  }
  if (!IsValidUtf8(phrase)) {
    check.Add(field, "is not valid UTF-8");
    return 0;
  }
  const size_t words = Tokenize(phrase).size();
  if (words == 0) check.Add(field, "has nothing to search for");
  return words;
}

SearchForm FormFromApi(v1::TextCondition::Form form, const std::string& field,
                       RequestCheck& check) {
  if (form == v1::TextCondition::FORM_UNSPECIFIED) return SearchForm::kFolded;
  if (!v1::TextCondition::Form_IsValid(form)) check.Add(field, "is no form");
  return static_cast<SearchForm>(form);
}

TextCondition ConditionFromApi(const v1::TextCondition& from,
                               const std::string& path, RequestCheck& check) {
  TextCondition condition{.all_words = from.all_words()};
  check.Count(path + "phrases", from.phrases_size(), kMaxSearchPhrases);
  size_t words = 0;
  for (int i = 0; i < from.phrases_size(); ++i) {
    words += CheckPhrase(from.phrases(i), fmt::format("{}phrases[{}]", path, i),
                         check);
    condition.phrases.push_back(from.phrases(i));
  }
  if (words > kMaxSearchWords) {
    check.Add(path + "phrases", fmt::format("has {} words; the most is {}",
                                            words, kMaxSearchWords));
  }
  condition.form = FormFromApi(from.form(), path + "form", check);
  if (!from.language_code().empty()) {
    condition.language =
        check.Language(path + "language_code", from.language_code());
  }
  return condition;
}

}  // namespace

std::vector<TextCondition> ConditionsFromApi(
    const google::protobuf::RepeatedPtrField<v1::TextCondition>& conditions,
    RequestCheck& check) {
  std::vector<TextCondition> result;
  for (int i = 0; i < conditions.size(); ++i) {
    result.push_back(ConditionFromApi(
        conditions[i], fmt::format("conditions[{}].", i), check));
  }
  return result;
}

SearchQuery QueryFromApi(const v1::SearchUnitsRequest& request,
                         const MemoryScope& scope, RequestCheck& check) {
  SearchQuery query;
  check.Count("conditions", request.conditions_size(), kMaxSearchConditions);
  query.conditions = ConditionsFromApi(request.conditions(), check);
  query.filter = FilterFromApi(request.filter(), scope, "filter.", check);
  return query;
}

v1::SearchHit ToApi(const SearchHit& hit) {
  v1::SearchHit to;
  *to.mutable_unit() = ToApi(hit.entry);
  for (const VariantHit& variant : hit.variants) {
    v1::VariantHit& added = *to.add_variant_hits();
    added.set_variant_index(static_cast<int32_t>(variant.variant));
    CodePointCursor cursor(
        hit.entry.unit.variants[variant.variant].segment.text);
    for (const TextSpan& span : variant.spans) {
      v1::TextSpan& place = *added.add_spans();
      place.set_begin(cursor.ToCodePoint(span.begin));
      place.set_end(cursor.ToCodePoint(span.end));
    }
  }
  return to;
}

}  // namespace tercet
