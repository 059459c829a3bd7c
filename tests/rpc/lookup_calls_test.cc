// The RPCs of the lookup.
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "service/match/score.h"
#include "service/model/limits.h"
#include "tests/rpc/rpc_fixture.h"

namespace tercet {
namespace {

using grpc::ClientContext;
using grpc::StatusCode;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class LookupCalls : public RpcTest {
 protected:
  LookupCalls() {
    CreateMemory("press");
    CreateMemory("other");
    CreateUnit("memories/press",
               MakeUnit("The minister met the delegation on Monday.",
                        "La ministra recibió a la delegación el lunes."));
  }

  static v1::LookupSegmentRequest Request(const std::string& parent,
                                          const std::string& language,
                                          const std::string& text) {
    v1::LookupSegmentRequest request;
    request.set_parent(parent);
    request.mutable_query()->set_language_code(language);
    request.mutable_query()->set_text(text);
    return request;
  }
  grpc::Status Lookup(const v1::LookupSegmentRequest& request) {
    ClientContext context;
    response_.Clear();
    return lookups_->LookupSegment(&context, request, &response_);
  }
  grpc::Status LookupBatch(const v1::BatchLookupSegmentsRequest& request) {
    ClientContext context;
    batch_.Clear();
    return lookups_->BatchLookupSegments(&context, request, &batch_);
  }
  grpc::Status LookupExact(const v1::LookupExactRequest& request) {
    ClientContext context;
    exact_.Clear();
    return lookups_->LookupExact(&context, request, &exact_);
  }

  v1::LookupSegmentResponse response_;
  v1::BatchLookupSegmentsResponse batch_;
  v1::LookupExactResponse exact_;
};

TEST_F(LookupCalls, FindsTheSameText) {
  ASSERT_THAT(Lookup(Request("memories/press", "en",
                             "The minister met the delegation on Monday.")),
              RpcOk());
  ASSERT_THAT(response_.matches(), SizeIs(1));
  const v1::Match& match = response_.matches(0);
  EXPECT_EQ(match.kind(), v1::Match::EXACT);
  EXPECT_EQ(match.score(), 100);
  EXPECT_EQ(match.text_score(), 100);
  EXPECT_EQ(match.scoring_version(), kScoringVersion);
  EXPECT_THAT(match.edits(), IsEmpty());
  EXPECT_EQ(match.source().language_code(), "en");
  ASSERT_THAT(match.targets(), SizeIs(1));
  EXPECT_EQ(match.targets(0).text(),
            "La ministra recibió a la delegación el lunes.");
  EXPECT_THAT(match.unit().name(),
              testing::StartsWith("memories/press/units/"));
}

TEST_F(LookupCalls, FindsASimilarTextInAnyDirection) {
  ASSERT_THAT(Lookup(Request("memories/-", "es",
                             "La ministra recibió a la delegación el martes.")),
              RpcOk());
  ASSERT_THAT(response_.matches(), SizeIs(1));
  const v1::Match& match = response_.matches(0);
  EXPECT_EQ(match.kind(), v1::Match::FUZZY);
  EXPECT_LT(match.score(), 95);
  ASSERT_THAT(match.edits(), SizeIs(1));
  const v1::Edit& edit = match.edits(0);
  EXPECT_EQ(edit.op(), v1::Edit::REPLACE);
  EXPECT_EQ(edit.what(), v1::Edit::WORD);
  // In code points: two accents stand before the word.
  EXPECT_EQ(edit.stored_begin(), 39);
  EXPECT_EQ(edit.stored_end(), 44);
  EXPECT_EQ(edit.query_begin(), 39);
  EXPECT_EQ(edit.query_end(), 45);
}

TEST_F(LookupCalls, ShowsPenalties) {
  ASSERT_THAT(Lookup(Request("memories/press", "en-GB",
                             "The minister met the delegation on Monday.")),
              RpcOk());
  ASSERT_THAT(response_.matches(), SizeIs(1));
  EXPECT_EQ(response_.matches(0).text_score(), 100);
  EXPECT_LT(response_.matches(0).score(), 100);
  ASSERT_THAT(response_.matches(0).penalties(), SizeIs(1));
  EXPECT_EQ(response_.matches(0).penalties(0).reason(), "source-region");
}

TEST_F(LookupCalls, KeepsToTheThresholdTheTargetsAndTheMemory) {
  v1::LookupSegmentRequest request = Request(
      "memories/press", "en", "The minister met the delegation on Friday.");
  ASSERT_THAT(Lookup(request), RpcOk());
  EXPECT_THAT(response_.matches(), SizeIs(1));
  request.set_min_score(100);
  ASSERT_THAT(Lookup(request), RpcOk());
  EXPECT_THAT(response_.matches(), IsEmpty());
  request.clear_min_score();
  request.add_target_language_codes("zh");
  ASSERT_THAT(Lookup(request), RpcOk());
  EXPECT_THAT(response_.matches(), IsEmpty());
  request.clear_target_language_codes();
  request.set_parent("memories/other");
  ASSERT_THAT(Lookup(request), RpcOk());
  EXPECT_THAT(response_.matches(), IsEmpty());
}

TEST_F(LookupCalls, FindsTheContext) {
  v1::Unit unit = MakeUnit("Hello", "Hola");
  unit.mutable_origin()->set_key("greeting");
  CreateUnit("memories/press", unit);
  v1::LookupSegmentRequest request = Request("memories/press", "en", "Hello");
  request.mutable_query()->set_key("greeting");
  ASSERT_THAT(Lookup(request), RpcOk());
  ASSERT_THAT(response_.matches(), SizeIs(1));
  EXPECT_EQ(response_.matches(0).kind(), v1::Match::EXACT_IN_CONTEXT);
}

TEST_F(LookupCalls, TakesABatchForADocument) {
  v1::Unit unit = MakeUnit("Hello", "Hola");
  unit.mutable_origin()->set_previous("One.");
  unit.mutable_origin()->set_next("Two.");
  CreateUnit("memories/press", unit);
  const auto kind_after = [&](const std::string& previous,
                              const std::string& next) {
    v1::BatchLookupSegmentsRequest request;
    request.set_parent("memories/press");
    for (const std::string& text : {previous, std::string("Hello"), next}) {
      *request.add_requests() = Request("", "en", text);
    }
    EXPECT_THAT(LookupBatch(request), RpcOk());
    return batch_.responses(1).matches(0).kind();
  };
  EXPECT_EQ(kind_after("One.", "Two."), v1::Match::EXACT_IN_CONTEXT);
  EXPECT_EQ(kind_after("One.", "Three."), v1::Match::EXACT);
}

TEST_F(LookupCalls, ExplainsTheScore) {
  CreateUnit("memories/press",
             MakeUnit("Up 5% in 3 días.", "Sube un 5 % en 3 días."));
  ASSERT_THAT(Lookup(Request("memories/press", "en", "Up 7% in 4 días.")),
              RpcOk());
  ASSERT_THAT(response_.matches(), SizeIs(1));
  const v1::Match& match = response_.matches(0);
  EXPECT_EQ(match.length(), 5);
  ASSERT_THAT(match.placeables(), SizeIs(2));
  EXPECT_EQ(match.placeables(0).kind(), v1::PlaceableDifference::PERCENT);
  EXPECT_EQ(match.placeables(0).stored_value(), "5");
  EXPECT_EQ(match.placeables(0).query_value(), "7");
  EXPECT_EQ(match.placeables(0).stored_end(), 5);
  EXPECT_EQ(match.placeables(1).stored_begin(), 9);
  EXPECT_TRUE(match.placeables(1).carries_over());
  int cost = 0;
  for (const v1::Edit& edit : match.edits()) cost += edit.cost();
  EXPECT_EQ(cost, match.edit_cost());
  ASSERT_THAT(match.adapted_targets(), SizeIs(1));
  EXPECT_EQ(match.adapted_targets(0).target(), 0);
  EXPECT_EQ(match.adapted_targets(0).text(), "Sube un 7 % en 4 días.");
}

TEST_F(LookupCalls, NamesEveryWrongField) {
  v1::LookupSegmentRequest request = Request("press", "??", "");
  request.mutable_query()->set_key(std::string(kMaxNameBytes + 1, 'k'));
  request.mutable_query()->set_next(std::string(kMaxTextBytes + 1, 'n'));
  request.add_target_language_codes("es");
  request.add_target_language_codes("!");
  request.set_min_score(101);
  request.set_max_matches(kMaxMatches + 1);
  EXPECT_THAT(Lookup(request),
              NamesFields(ElementsAre("parent", "query.language_code",
                                      "query.text", "query.next", "query.key",
                                      "target_language_codes[1]", "min_score",
                                      "max_matches")));
}

TEST_F(LookupCalls, RefusesATextThatIsTooLong) {
  EXPECT_THAT(Lookup(Request("memories/press", "en",
                             std::string(kMaxTextBytes + 1, 'x'))),
              NamesFields(ElementsAre("query.text")));
}

TEST_F(LookupCalls, FailsWithoutTheMemory) {
  EXPECT_THAT(Lookup(Request("memories/none", "en", "Hello")),
              RpcFails(StatusCode::NOT_FOUND, "MEMORY_NOT_FOUND"));
}

TEST_F(LookupCalls, HonoursAPassedDeadline) {
  ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() -
                       std::chrono::seconds(1));
  EXPECT_EQ(lookups_
                ->LookupSegment(&context, Request("memories/-", "en", "Hello"),
                                &response_)
                .error_code(),
            StatusCode::DEADLINE_EXCEEDED);
}

TEST_F(LookupCalls, RefusesAnAnswerThatIsTooLarge) {
  const std::string longest(kMaxTextBytes, 'x');
  for (int i = 0; i < 50; ++i) {
    v1::Unit unit = MakeUnit("Hello", longest);
    unit.mutable_variants(1)->mutable_text()->back() =
        static_cast<char>('A' + i);
    v1::CreateUnitRequest request;
    request.set_parent("memories/press");
    request.set_unit_id("u" + std::to_string(i));
    *request.mutable_unit() = unit;
    ClientContext context;
    v1::Unit created;
    ASSERT_THAT(memories_->CreateUnit(&context, request, &created), RpcOk());
  }
  v1::LookupSegmentRequest request = Request("memories/press", "en", "Hello");
  request.set_max_matches(100);
  // Each target is sent twice, in the unit and as a target: 50 * 256 KiB fit,
  // two such answers do not.
  ASSERT_THAT(Lookup(request), RpcOk());
  v1::BatchLookupSegmentsRequest batch;
  batch.set_parent("memories/press");
  *batch.add_requests() = request;
  *batch.add_requests() = request;
  EXPECT_THAT(LookupBatch(batch),
              RpcFails(StatusCode::RESOURCE_EXHAUSTED, "RESPONSE_TOO_LARGE"));
}

TEST_F(LookupCalls, AnswersABatchInOrder) {
  CreateUnit("memories/press", MakeUnit("Hello", "Hola"));
  v1::BatchLookupSegmentsRequest request;
  request.set_parent("memories/press");
  *request.add_requests() = Request("memories/press", "en", "Hello");
  *request.add_requests() = Request("", "en", "Nothing is like this");
  *request.add_requests() = Request("", "es", "Hola");
  ASSERT_THAT(LookupBatch(request), RpcOk());
  ASSERT_THAT(batch_.responses(), SizeIs(3));
  EXPECT_EQ(batch_.responses(0).matches(0).targets(0).text(), "Hola");
  EXPECT_THAT(batch_.responses(1).matches(), IsEmpty());
  EXPECT_EQ(batch_.responses(2).matches(0).targets(0).text(), "Hello");
}

TEST_F(LookupCalls, ABatchNamesEveryWrongField) {
  v1::BatchLookupSegmentsRequest request;
  request.set_parent("memories/press");
  *request.add_requests() = Request("memories/other", "en", "Hello");
  *request.add_requests() = Request("", "?", "Hello");
  *request.add_requests() = Request("", "en", "");
  EXPECT_THAT(LookupBatch(request),
              NamesFields(ElementsAre("requests[0].parent",
                                      "requests[1].query.language_code",
                                      "requests[2].query.text")));
}

TEST_F(LookupCalls, ABatchHasALimit) {
  v1::BatchLookupSegmentsRequest request;
  request.set_parent("memories/press");
  EXPECT_THAT(LookupBatch(request), NamesFields(ElementsAre("requests")));
  for (int i = 0; i <= kMaxBatchSize; ++i) {
    *request.add_requests() = Request("", "en", "Hello");
  }
  EXPECT_THAT(LookupBatch(request), NamesFields(ElementsAre("requests")));
}

TEST_F(LookupCalls, AStreamAnswersInOrderAndOutlivesWrongRequests) {
  CreateUnit("memories/press", MakeUnit("Hello", "Hola"));
  ClientContext context;
  auto stream = lookups_->StreamLookupSegments(&context);
  const std::vector<v1::LookupSegmentRequest> requests = {
      Request("memories/press", "en", "Hello"),
      Request("memories/press", "en", ""),
      Request("memories/none", "en", "Hello"),
      Request("memories/press", "es", "Hola"),
  };
  // A client that sends much must listen meanwhile.
  std::thread writer([&] {
    for (const auto& request : requests) EXPECT_TRUE(stream->Write(request));
    stream->WritesDone();
  });
  std::vector<v1::StreamLookupSegmentsResponse> responses;
  for (v1::StreamLookupSegmentsResponse response; stream->Read(&response);) {
    responses.push_back(response);
  }
  writer.join();
  ASSERT_THAT(stream->Finish(), RpcOk());
  ASSERT_THAT(responses, SizeIs(4));
  EXPECT_EQ(responses[0].matches(0).targets(0).text(), "Hola");
  EXPECT_EQ(responses[1].error().code(), StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(responses[1].error().reason(), "FIELDS_INVALID");
  EXPECT_THAT(responses[1].error().message(), testing::HasSubstr("query.text"));
  EXPECT_EQ(responses[2].error().code(), StatusCode::NOT_FOUND);
  EXPECT_EQ(responses[2].error().reason(), "MEMORY_NOT_FOUND");
  EXPECT_EQ(responses[3].matches(0).targets(0).text(), "Hello");
}

TEST_F(LookupCalls, AStreamSeesWhatWasWrittenMeanwhile) {
  ClientContext context;
  auto stream = lookups_->StreamLookupSegments(&context);
  v1::StreamLookupSegmentsResponse response;
  ASSERT_TRUE(stream->Write(Request("memories/press", "en", "Hello")));
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_THAT(response.matches(), IsEmpty());
  CreateUnit("memories/press", MakeUnit("Hello", "Hola"));
  ASSERT_TRUE(stream->Write(Request("memories/press", "en", "Hello")));
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_THAT(response.matches(), SizeIs(1));
  stream->WritesDone();
  EXPECT_THAT(stream->Finish(), RpcOk());
}

TEST_F(LookupCalls, FilterEveryKindOfLookup) {
  v1::Unit unit = MakeUnit("Hello", "Hola");
  unit.mutable_origin()->set_document("press/2");
  CreateUnit("memories/other", unit);
  CreateUnit("memories/press", MakeUnit("Hello", "Hola"));
  v1::LookupSegmentRequest request = Request("memories/-", "en", "Hello");
  request.mutable_filter()->add_documents("press/*");
  ASSERT_THAT(Lookup(request), RpcOk());
  ASSERT_THAT(response_.matches(), SizeIs(1));
  EXPECT_EQ(response_.matches(0).unit().origin().document(), "press/2");

  v1::BatchLookupSegmentsRequest batch;
  batch.set_parent("memories/-");
  *batch.add_requests() = request;
  batch.mutable_requests(0)->mutable_filter()->add_memories("memories/press");
  ASSERT_THAT(LookupBatch(batch), RpcOk());
  EXPECT_THAT(batch_.responses(0).matches(), IsEmpty());

  ClientContext context;
  auto stream = lookups_->StreamLookupSegments(&context);
  v1::StreamLookupSegmentsResponse response;
  ASSERT_TRUE(stream->Write(request));
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_THAT(response.matches(), SizeIs(1));
  stream->WritesDone();
  EXPECT_THAT(stream->Finish(), RpcOk());

  v1::LookupExactRequest exact;
  exact.set_parent("memories/-");
  *exact.mutable_query() = request.query();
  exact.mutable_filter()->add_states(v1::Unit::CONFIRMED);
  exact.mutable_filter()->mutable_end_time()->set_seconds(1);
  ASSERT_THAT(LookupExact(exact), RpcOk());
  EXPECT_THAT(exact_.matches(), IsEmpty());
  exact.mutable_filter()->clear_end_time();
  ASSERT_THAT(LookupExact(exact), RpcOk());
  EXPECT_THAT(exact_.matches(), SizeIs(2));
}

TEST_F(LookupCalls, CheckTheFilter) {
  v1::LookupSegmentRequest request = Request("memories/press", "en", "Hello");
  v1::UnitFilter& filter = *request.mutable_filter();
  filter.add_memories("memories/other");
  for (int i = 0; i <= kMaxFilterValues; ++i) filter.add_documents("d");
  filter.add_states(v1::Unit::STATE_UNSPECIFIED);
  filter.add_language_codes("not a code");
  filter.mutable_start_time()->set_nanos(-1);
  EXPECT_THAT(Lookup(request),
              NamesFields(ElementsAre(
                  "filter.memories", "filter.documents", "filter.states[0]",
                  "filter.language_codes[0]", "filter.start_time")));
  request.set_parent("memories/-");
  filter.Clear();
  filter.add_memories("memories/none");
  EXPECT_THAT(Lookup(request),
              RpcFails(StatusCode::NOT_FOUND, "MEMORY_NOT_FOUND"));
}

TEST_F(LookupCalls, ExactListsAllPageByPage) {
  for (int i = 0; i < 7; ++i) {
    v1::CreateUnitRequest request;
    request.set_parent(i < 5 ? "memories/press" : "memories/other");
    request.set_unit_id("u" + std::to_string(i));
    *request.mutable_unit() = MakeUnit("Hello", "Hola " + std::to_string(i));
    ClientContext context;
    v1::Unit created;
    ASSERT_THAT(memories_->CreateUnit(&context, request, &created), RpcOk());
  }
  v1::LookupExactRequest request;
  request.set_parent("memories/-");
  request.mutable_query()->set_language_code("en");
  request.mutable_query()->set_text("Hello");
  request.set_page_size(3);
  std::vector<std::string> names;
  do {
    ASSERT_THAT(LookupExact(request), RpcOk());
    for (const v1::Match& match : exact_.matches()) {
      names.push_back(match.unit().name());
    }
    request.set_page_token(exact_.next_page_token());
  } while (!exact_.next_page_token().empty());
  EXPECT_THAT(names,
              ElementsAre("memories/other/units/u5", "memories/other/units/u6",
                          "memories/press/units/u0", "memories/press/units/u1",
                          "memories/press/units/u2", "memories/press/units/u3",
                          "memories/press/units/u4"));
}

TEST_F(LookupCalls, ExactChecksTheRequest) {
  v1::LookupExactRequest request;
  request.set_parent("other");
  request.set_page_size(-5);
  EXPECT_THAT(LookupExact(request),
              NamesFields(ElementsAre("parent", "query.language_code",
                                      "query.text", "page_size")));
  request.set_parent("memories/none");
  request.mutable_query()->set_language_code("en");
  request.mutable_query()->set_text("Hello");
  request.clear_page_size();
  EXPECT_THAT(LookupExact(request),
              RpcFails(StatusCode::NOT_FOUND, "MEMORY_NOT_FOUND"));
}

}  // namespace
}  // namespace tercet
