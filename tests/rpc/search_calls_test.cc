// The RPC SearchUnits.
#include <string>
#include <vector>

#include "service/model/limits.h"
#include "tests/rpc/rpc_fixture.h"

namespace tercet {
namespace {

using grpc::ClientContext;
using grpc::StatusCode;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class SearchCalls : public RpcTest {
 protected:
  SearchCalls() {
    CreateMemory("press");
    CreateUnit("memories/press",
               MakeUnit("Así: the minister spoke.", "Habló la ministra."));
    CreateUnit("memories/press",
               MakeUnit("The Minister met the press.", "La prensa."));
  }

  static v1::SearchUnitsRequest Request(const std::string& phrase) {
    v1::SearchUnitsRequest request;
    request.set_parent("memories/-");
    request.add_conditions()->add_phrases(phrase);
    return request;
  }
  grpc::Status Search(const v1::SearchUnitsRequest& request) {
    ClientContext context;
    response_.Clear();
    return lookups_->SearchUnits(&context, request, &response_);
  }

  v1::SearchUnitsResponse response_;
};

TEST_F(SearchCalls, FindWithSpansInCodePoints) {
  ASSERT_THAT(Search(Request("MINISTER")), RpcOk());
  ASSERT_THAT(response_.hits(), SizeIs(2));
  const v1::SearchHit& hit = response_.hits(0);
  EXPECT_EQ(hit.unit().variants(1).text(), "Habló la ministra.");
  ASSERT_THAT(hit.variant_hits(), SizeIs(1));
  EXPECT_EQ(hit.variant_hits(0).variant_index(), 0);
  ASSERT_THAT(hit.variant_hits(0).spans(), SizeIs(1));
  EXPECT_EQ(hit.variant_hits(0).spans(0).begin(), 9);
  EXPECT_EQ(hit.variant_hits(0).spans(0).end(), 17);
}

TEST_F(SearchCalls, KnowEveryForm) {
  const auto count = [this](v1::TextCondition::Form form, bool all_words) {
    v1::SearchUnitsRequest request = Request("speaks minister");
    request.mutable_conditions(0)->set_phrases(0, "ministers the");
    request.mutable_conditions(0)->set_form(form);
    request.mutable_conditions(0)->set_all_words(all_words);
    EXPECT_THAT(Search(request), RpcOk());
    return response_.hits_size();
  };
  EXPECT_EQ(count(v1::TextCondition::FOLDED, true), 0);
  EXPECT_EQ(count(v1::TextCondition::INFLECTED, true), 2);
  EXPECT_EQ(count(v1::TextCondition::INFLECTED, false), 0);
  v1::SearchUnitsRequest exact = Request("Minister");
  exact.mutable_conditions(0)->set_form(v1::TextCondition::EXACT);
  ASSERT_THAT(Search(exact), RpcOk());
  EXPECT_THAT(response_.hits(), SizeIs(1));
  exact.mutable_conditions(0)->set_language_code("es");
  ASSERT_THAT(Search(exact), RpcOk());
  EXPECT_THAT(response_.hits(), IsEmpty());
}

TEST_F(SearchCalls, GoFromPageToPageOfTheSameSearch) {
  v1::SearchUnitsRequest request = Request("the");
  request.set_page_size(1);
  ASSERT_THAT(Search(request), RpcOk());
  ASSERT_THAT(response_.hits(), SizeIs(1));
  const std::string first = response_.hits(0).unit().name();
  request.set_page_token(response_.next_page_token());
  v1::SearchUnitsRequest other = Request("a");
  other.set_page_token(response_.next_page_token());
  EXPECT_THAT(Search(other), NamesFields(ElementsAre("page_token")));
  request.set_page_size(5);
  ASSERT_THAT(Search(request), RpcOk());
  ASSERT_THAT(response_.hits(), SizeIs(1));
  EXPECT_NE(response_.hits(0).unit().name(), first);
  EXPECT_EQ(response_.next_page_token(), "");
}

TEST_F(SearchCalls, CheckTheRequest) {
  v1::SearchUnitsRequest request;
  EXPECT_THAT(Search(request),
              NamesFields(ElementsAre("parent", "conditions")));
  request.set_parent("memories/-");
  v1::TextCondition& condition = *request.add_conditions();
  condition.add_phrases(" ");
  condition.add_phrases(std::string(kMaxPhraseBytes + 1, 'a'));
  condition.set_language_code("no code");
  condition.set_form(static_cast<v1::TextCondition::Form>(9));
  request.add_conditions();
  request.mutable_filter()->add_language_codes("");
  request.set_page_size(-1);
  request.set_page_token("!");
  EXPECT_THAT(Search(request),
              NamesFields(ElementsAre(
                  "conditions[0].phrases[0]", "conditions[0].phrases[1]",
                  "conditions[0].form", "conditions[0].language_code",
                  "conditions[1].phrases", "filter.language_codes[0]",
                  "page_size", "page_token")));
  std::string many;
  for (size_t i = 0; i <= kMaxSearchWords; ++i) many += "a ";
  EXPECT_THAT(Search(Request(many)),
              NamesFields(ElementsAre("conditions[0].phrases")));
  request = Request("a");
  request.set_parent("memories/none");
  EXPECT_THAT(Search(request),
              RpcFails(StatusCode::NOT_FOUND, "MEMORY_NOT_FOUND"));
}

}  // namespace
}  // namespace tercet
