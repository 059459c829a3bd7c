#include "service/rpc/lookup_calls.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "service/base/bytes.h"
#include "service/base/hash.h"
#include "service/model/limits.h"
#include "service/rpc/convert.h"
#include "service/rpc/convert_filter.h"
#include "service/rpc/convert_lookup.h"
#include "service/rpc/convert_search.h"
#include "service/rpc/page_token.h"
#include "service/rpc/request_check.h"
#include "service/rpc/shorten.h"

namespace tercet {
namespace {

constexpr int kDefaultExactPageSize = 100;
constexpr int kDefaultSearchPageSize = 20;
constexpr size_t kMaxMessageTextBytes = 1024;

// A lookup of one segment.
struct Question {
  MemoryScope scope;
  LookupQuery query;
};

LookupQuery ReadQuery(const v1::LookupSegmentRequest& request,
                      const MemoryScope& scope, const std::string& path,
                      RequestCheck& check) {
  LookupQuery query = QueryFromApi(request, path, check);
  query.filter =
      FilterFromApi(request.filter(), scope, path + "filter.", check);
  return query;
}

template <typename Response>
Status Answer(const Database& database, const Question& question,
              const StopCheck& stop, Response& response) {
  ASSIGN_OR_RETURN(
      const std::vector<Match> matches,
      database.Lookup(question.scope.memory_id, question.query, stop));
  for (const Match& match : matches) {
    *response.add_matches() = ToApi(match, question.query);
  }
  return CheckResponseSize(response.ByteSizeLong(), "ask for fewer matches");
}

template <typename Response>
Status CheckAndAnswer(const Database& database,
                      const v1::LookupSegmentRequest& request,
                      const StopCheck& stop, Response& response) {
  RequestCheck check;
  const MemoryScope scope = check.Scope("parent", request.parent());
  const Question question = {.scope = scope,
                             .query = ReadQuery(request, scope, "", check)};
  RETURN_IF_ERROR(check.status());
  return Answer(database, question, stop, response);
}

// A batch is a document's part: where a query leaves out its neighbours, they
// are the texts before and after it in the batch, if of its language.
void FillNeighbours(std::vector<Question>& questions) {
  const auto text_at = [&questions](size_t i, const LanguageTag& language) {
    if (i >= questions.size()) return std::string();
    const LookupQuery& query = questions[i].query;
    return query.language == language ? query.segment.text : std::string();
  };
  for (size_t i = 0; i < questions.size(); ++i) {
    LookupQuery& query = questions[i].query;
    if (!query.context.previous.empty() || !query.context.next.empty()) {
      continue;
    }
    if (i > 0) query.context.previous = text_at(i - 1, query.language);
    query.context.next = text_at(i + 1, query.language);
  }
}

// All questions of a batch, or all that is wrong with it.
StatusOr<std::vector<Question>> ReadBatch(
    const v1::BatchLookupSegmentsRequest& request) {
  RequestCheck check;
  const MemoryScope scope = check.Scope("parent", request.parent());
  check.Count("requests", request.requests_size(), kMaxBatchSize);
  std::vector<Question> questions;
  for (int i = 0; i < request.requests_size(); ++i) {
    const v1::LookupSegmentRequest& entry = request.requests(i);
    const std::string path = fmt::format("requests[{}].", i);
    if (!entry.parent().empty() && entry.parent() != request.parent()) {
      check.Add(path + "parent", "is neither empty nor that of the batch");
    }
    questions.push_back(
        {.scope = scope, .query = ReadQuery(entry, scope, path, check)});
  }
  RETURN_IF_ERROR(check.status());
  FillNeighbours(questions);
  return questions;
}

// What a page token of a search begins with: it is good for the same search
// only.
std::string FingerprintOf(const v1::SearchUnitsRequest& request) {
  v1::SearchUnitsRequest search = request;
  search.clear_page_size();
  search.clear_page_token();
  std::string bytes;
  AppendU64(bytes, HashBytes64(search.SerializeAsString()));
  return bytes;
}

// Whether a failed lookup is the fault of its request, not of the call.
bool IsRequestsFault(const Status& status) {
  return status.code() == StatusCode::kInvalidArgument ||
         status.code() == StatusCode::kNotFound ||
         status.code() == StatusCode::kResourceExhausted;
}

v1::StreamLookupSegmentsResponse ErrorResponse(const Status& status) {
  v1::StreamLookupSegmentsResponse response;
  v1::StreamError& error = *response.mutable_error();
  error.set_code(static_cast<int32_t>(status.code()));
  error.set_reason(GetDetails(status).reason);
  error.set_message(Shorten(MessageOf(status), kMaxMessageTextBytes));
  return response;
}

}  // namespace

Status LookupSegment(const Database& database,
                     const v1::LookupSegmentRequest& request,
                     const StopCheck& stop,
                     v1::LookupSegmentResponse& response) {
  return CheckAndAnswer(database, request, stop, response);
}

Status BatchLookupSegments(const Database& database,
                           const v1::BatchLookupSegmentsRequest& request,
                           const StopCheck& stop,
                           v1::BatchLookupSegmentsResponse& response) {
  ASSIGN_OR_RETURN(const std::vector<Question> questions, ReadBatch(request));
  size_t bytes = 0;
  for (const Question& question : questions) {
    RETURN_IF_ERROR(stop());
    v1::LookupSegmentResponse& answer = *response.add_responses();
    RETURN_IF_ERROR(Answer(database, question, stop, answer));
    bytes += answer.ByteSizeLong();
    RETURN_IF_ERROR(CheckResponseSize(
        bytes, "ask for fewer segments or matches at a time"));
  }
  return OkStatus();
}

Status StreamLookupSegments(const Database& database, Call& call,
                            LookupStream& stream) {
  v1::LookupSegmentRequest request;
  while (stream.Read(&request)) {
    call.CountRequest(request);
    v1::StreamLookupSegmentsResponse response;
    Status status = CheckAndAnswer(database, request, call.stop(), response);
    if (IsRequestsFault(status)) {
      response = ErrorResponse(status);
      status = OkStatus();
    }
    RETURN_IF_ERROR(status);
    call.CountResponse(response);
    if (!stream.Write(response)) break;
  }
  // The end of the requests, or of the client.
  return call.CheckNow();
}

Status LookupExact(const Database& database,
                   const v1::LookupExactRequest& request,
                   v1::LookupExactResponse& response) {
  RequestCheck check;
  const MemoryScope scope = check.Scope("parent", request.parent());
  LookupQuery query =
      QueryFromApi(request.query(), request.target_language_codes(), "", check);
  query.filter = FilterFromApi(request.filter(), scope, "filter.", check);
  const PageRequest page = check.Page(request.page_size(), request.page_token(),
                                      kDefaultExactPageSize);
  RETURN_IF_ERROR(check.status());
  ASSIGN_OR_RETURN(const Page<Match> matches,
                   database.LookupExact(scope.memory_id, query, page));
  for (const Match& match : matches.items) {
    *response.add_matches() = ToApi(match, query);
  }
  response.set_next_page_token(EncodePageToken(matches.next_token));
  return CheckResponseSize(response.ByteSizeLong(), "ask for smaller pages");
}

Status SearchUnits(const Database& database,
                   const v1::SearchUnitsRequest& request, const StopCheck& stop,
                   v1::SearchUnitsResponse& response) {
  RequestCheck check;
  const MemoryScope scope = check.Scope("parent", request.parent());
  const SearchQuery query = QueryFromApi(request, scope, check);
  PageRequest page = check.Page(request.page_size(), request.page_token(),
                                kDefaultSearchPageSize);
  const std::string fingerprint = FingerprintOf(request);
  if (page.token.starts_with(fingerprint)) {
    page.token.erase(0, fingerprint.size());
  } else if (!page.token.empty()) {
    check.Add("page_token", "is of another search");
  }
  RETURN_IF_ERROR(check.status());
  ASSIGN_OR_RETURN(const Page<SearchHit> hits,
                   database.Search(scope.memory_id, query, page, stop));
  for (const SearchHit& hit : hits.items) *response.add_hits() = ToApi(hit);
  if (!hits.next_token.empty()) {
    response.set_next_page_token(
        EncodePageToken(fingerprint + hits.next_token));
  }
  return CheckResponseSize(response.ByteSizeLong(), "ask for smaller pages");
}

}  // namespace tercet
