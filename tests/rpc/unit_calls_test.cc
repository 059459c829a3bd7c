// The RPCs on units.
#include <algorithm>
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

class UnitCalls : public RpcTest {
 protected:
  UnitCalls() { CreateMemory("press"); }

  grpc::Status Create(const v1::CreateUnitRequest& request) {
    ClientContext context;
    return memories_->CreateUnit(&context, request, &unit_);
  }
  grpc::Status CreateBatch(const v1::BatchCreateUnitsRequest& request) {
    ClientContext context;
    batch_.Clear();
    return memories_->BatchCreateUnits(&context, request, &batch_);
  }
  grpc::Status Get(const std::string& name) {
    v1::GetUnitRequest request;
    request.set_name(name);
    ClientContext context;
    return memories_->GetUnit(&context, request, &unit_);
  }
  grpc::Status List(const v1::ListUnitsRequest& request) {
    ClientContext context;
    page_.Clear();
    return memories_->ListUnits(&context, request, &page_);
  }
  grpc::Status Update(const v1::UpdateUnitRequest& request) {
    ClientContext context;
    return memories_->UpdateUnit(&context, request, &unit_);
  }
  grpc::Status Delete(const v1::DeleteUnitRequest& request) {
    ClientContext context;
    google::protobuf::Empty empty;
    return memories_->DeleteUnit(&context, request, &empty);
  }
  int64_t UnitCount() { return GetMemory("memories/press").unit_count(); }

  static v1::CreateUnitRequest CreateRequest(const std::string& id,
                                             const v1::Unit& unit) {
    v1::CreateUnitRequest request;
    request.set_parent("memories/press");
    request.set_unit_id(id);
    *request.mutable_unit() = unit;
    return request;
  }
  static v1::BatchCreateUnitsRequest BatchRequest(int count) {
    v1::BatchCreateUnitsRequest request;
    request.set_parent("memories/press");
    for (int i = 0; i < count; ++i) {
      *request.add_requests()->mutable_unit() =
          MakeUnit("Text " + std::to_string(i), "Texto");
    }
    return request;
  }

  v1::Unit unit_;
  v1::BatchCreateUnitsResponse batch_;
  v1::ListUnitsResponse page_;
};

TEST_F(UnitCalls, CreatesAndGets) {
  ASSERT_THAT(Create(CreateRequest("", MakeUnit("Hello", "Hola"))), RpcOk());
  const v1::Unit created = unit_;
  EXPECT_EQ(created.state(), v1::Unit::CONFIRMED);
  ASSERT_THAT(Get(created.name()), RpcOk());
  EXPECT_EQ(unit_.SerializeAsString(), created.SerializeAsString());
  EXPECT_EQ(unit_.variants(1).text(), "Hola");
}

TEST_F(UnitCalls, CreatingAgainChangesNothing) {
  const v1::Unit first =
      CreateUnit("memories/press", MakeUnit("Hello", "Hola"));
  const v1::Unit second =
      CreateUnit("memories/press", MakeUnit("Hello", "Hola"));
  EXPECT_EQ(first.SerializeAsString(), second.SerializeAsString());
  EXPECT_EQ(UnitCount(), 1);
}

TEST_F(UnitCalls, OtherTargetsBecomeFurtherVariants) {
  CreateUnit("memories/press", MakeUnit("Hello", "Hola"));
  EXPECT_THAT(
      CreateUnit("memories/press", MakeUnit("Hello", "Buenas")).variants(),
      SizeIs(3));
}

TEST_F(UnitCalls, OverwriteReplacesThem) {
  CreateUnit("memories/press", MakeUnit("Hello", "Hola"));
  v1::CreateUnitRequest request =
      CreateRequest("", MakeUnit("Hello", "Buenas"));
  request.set_write_mode(v1::OVERWRITE);
  ASSERT_THAT(Create(request), RpcOk());
  ASSERT_THAT(unit_.variants(), SizeIs(2));
  EXPECT_EQ(unit_.variants(1).text(), "Buenas");
}

TEST_F(UnitCalls, AnIdIsTakenOnce) {
  ASSERT_THAT(Create(CreateRequest("greeting", MakeUnit("Hello", "Hola"))),
              RpcOk());
  EXPECT_EQ(unit_.name(), "memories/press/units/greeting");
  EXPECT_THAT(Create(CreateRequest("greeting", MakeUnit("Bye", "Adiós"))),
              RpcFails(StatusCode::ALREADY_EXISTS, "UNIT_EXISTS"));
}

TEST_F(UnitCalls, CreateNamesEveryWrongField) {
  v1::Unit unit = MakeUnit("", std::string(kMaxTextBytes + 1, 'x'));
  unit.mutable_variants(0)->set_language_code("?");
  v1::CreateUnitRequest request = CreateRequest("No Id", unit);
  request.set_parent("memories");
  request.set_write_mode(static_cast<v1::WriteMode>(5));
  EXPECT_THAT(
      Create(request),
      NamesFields(ElementsAre(
          "parent", "unit_id", "unit.variants[0].language_code",
          "unit.variants[0].text", "unit.variants[1].text", "write_mode")));
}

TEST_F(UnitCalls, CreateNeedsAVariant) {
  EXPECT_THAT(Create(CreateRequest("", {})),
              NamesFields(ElementsAre("unit.variants")));
}

TEST_F(UnitCalls, CreateFailsWithoutTheMemory) {
  v1::CreateUnitRequest request = CreateRequest("", MakeUnit("a", "b"));
  request.set_parent("memories/none");
  EXPECT_THAT(Create(request),
              RpcFails(StatusCode::NOT_FOUND, "MEMORY_NOT_FOUND"));
}

TEST_F(UnitCalls, CreateCanJustCheck) {
  v1::CreateUnitRequest request = CreateRequest("", MakeUnit("a", "b"));
  request.set_validate_only(true);
  ASSERT_THAT(Create(request), RpcOk());
  EXPECT_NE(unit_.name(), "");
  EXPECT_EQ(UnitCount(), 0);
}

TEST_F(UnitCalls, KeepsTheLongestText) {
  const std::string longest(kMaxTextBytes, 'x');
  const v1::Unit created =
      CreateUnit("memories/press", MakeUnit(longest, "Hola"));
  ASSERT_THAT(Get(created.name()), RpcOk());
  EXPECT_EQ(unit_.variants(0).text(), longest);
}

TEST_F(UnitCalls, CreatesABatch) {
  ASSERT_THAT(CreateBatch(BatchRequest(1000)), RpcOk());
  ASSERT_THAT(batch_.units(), SizeIs(1000));
  EXPECT_EQ(batch_.units(7).variants(0).text(), "Text 7");
  EXPECT_EQ(UnitCount(), 1000);
}

TEST_F(UnitCalls, ABatchIsAllOrNothing) {
  v1::BatchCreateUnitsRequest request = BatchRequest(3);
  request.mutable_requests(2)->mutable_unit()->clear_variants();
  request.mutable_requests(1)->set_parent("memories/other");
  EXPECT_THAT(CreateBatch(request),
              NamesFields(ElementsAre("requests[1].parent",
                                      "requests[2].unit.variants")));
  EXPECT_EQ(UnitCount(), 0);
}

TEST_F(UnitCalls, ABatchWithATakenIdIsRefusedWhole) {
  ASSERT_THAT(Create(CreateRequest("greeting", MakeUnit("Hello", "Hola"))),
              RpcOk());
  v1::BatchCreateUnitsRequest request = BatchRequest(3);
  request.mutable_requests(1)->set_unit_id("greeting");
  EXPECT_THAT(CreateBatch(request),
              RpcFails(StatusCode::ALREADY_EXISTS, "UNIT_EXISTS"));
  EXPECT_EQ(UnitCount(), 1);
}

TEST_F(UnitCalls, ABatchHasALimit) {
  EXPECT_THAT(CreateBatch(BatchRequest(1001)),
              NamesFields(ElementsAre("requests")));
  EXPECT_THAT(CreateBatch(BatchRequest(0)),
              NamesFields(ElementsAre("requests")));
}

TEST_F(UnitCalls, ABatchIsCheckedAsAWhole) {
  v1::BatchCreateUnitsRequest request = BatchRequest(2);
  request.mutable_requests(0)->set_validate_only(true);
  EXPECT_THAT(CreateBatch(request),
              NamesFields(ElementsAre("requests[0].validate_only")));
  request.mutable_requests(0)->set_validate_only(false);
  request.set_validate_only(true);
  ASSERT_THAT(CreateBatch(request), RpcOk());
  EXPECT_EQ(UnitCount(), 0);
}

TEST_F(UnitCalls, GetNamesWhatIsMissing) {
  EXPECT_THAT(Get("memories/press/units/none"),
              RpcFails(StatusCode::NOT_FOUND, "UNIT_NOT_FOUND"));
  EXPECT_THAT(Get("memories/none/units/none"),
              RpcFails(StatusCode::NOT_FOUND, "MEMORY_NOT_FOUND"));
  EXPECT_THAT(Get("memories/press"), NamesFields(ElementsAre("name")));
}

TEST_F(UnitCalls, ListsPageByPage) {
  ASSERT_THAT(CreateBatch(BatchRequest(25)), RpcOk());
  v1::ListUnitsRequest request;
  request.set_parent("memories/press");
  request.set_page_size(10);
  std::vector<std::string> names;
  std::vector<int> sizes;
  do {
    ASSERT_THAT(List(request), RpcOk());
    sizes.push_back(page_.units_size());
    for (const v1::Unit& unit : page_.units()) names.push_back(unit.name());
    request.set_page_token(page_.next_page_token());
  } while (!page_.next_page_token().empty());
  EXPECT_THAT(sizes, ElementsAre(10, 10, 5));
  EXPECT_THAT(names, SizeIs(25));
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
}

TEST_F(UnitCalls, ListChecksTheRequest) {
  v1::ListUnitsRequest request;
  request.set_parent("memories/-");
  request.set_page_size(2000);
  EXPECT_THAT(List(request), NamesFields(ElementsAre("parent", "page_size")));
  request.set_parent("memories/none");
  request.clear_page_size();
  EXPECT_THAT(List(request),
              RpcFails(StatusCode::NOT_FOUND, "MEMORY_NOT_FOUND"));
}

TEST_F(UnitCalls, UpdatesWhatTheMaskNames) {
  v1::Unit unit = MakeUnit("Hello", "Hola");
  unit.add_notes("old");
  unit.set_usage_count(2);
  v1::UpdateUnitRequest request;
  request.mutable_unit()->set_name(CreateUnit("memories/press", unit).name());
  request.mutable_unit()->add_notes("new");
  request.mutable_unit()->set_usage_count(99);
  request.mutable_update_mask()->add_paths("notes");
  ASSERT_THAT(Update(request), RpcOk());
  EXPECT_THAT(unit_.notes(), ElementsAre("new"));
  EXPECT_EQ(unit_.usage_count(), 2);
  EXPECT_THAT(unit_.variants(), SizeIs(2));
}

TEST_F(UnitCalls, UpdateWithoutMaskTakesWhatIsSet) {
  v1::UpdateUnitRequest request;
  request.mutable_unit()->set_name(
      CreateUnit("memories/press", MakeUnit("Hello", "Hola")).name());
  request.mutable_unit()->set_state(v1::Unit::DRAFT);
  ASSERT_THAT(Update(request), RpcOk());
  EXPECT_EQ(unit_.state(), v1::Unit::DRAFT);
  EXPECT_THAT(unit_.variants(), SizeIs(2));
}

TEST_F(UnitCalls, UpdateLooksOnlyAtWhatTheMaskNames) {
  v1::UpdateUnitRequest request;
  request.mutable_unit()->set_name(
      CreateUnit("memories/press", MakeUnit("Hello", "Hola")).name());
  *request.mutable_unit()->mutable_variants() = MakeUnit("", "").variants();
  request.mutable_unit()->set_usage_count(1);
  request.mutable_update_mask()->add_paths("usage_count");
  EXPECT_THAT(Update(request), RpcOk());
}

TEST_F(UnitCalls, UpdateNamesEveryWrongField) {
  v1::UpdateUnitRequest request;
  request.mutable_unit()->set_name("memories/press");
  request.mutable_unit()->set_usage_count(-1);
  request.mutable_unit()->set_source_language_code("?");
  request.mutable_update_mask()->add_paths("usage_count");
  request.mutable_update_mask()->add_paths("source_language_code");
  request.mutable_update_mask()->add_paths("create_time");
  EXPECT_THAT(Update(request),
              NamesFields(testing::UnorderedElementsAre(
                  "unit.name", "update_mask", "unit.usage_count",
                  "unit.source_language_code")));
}

TEST_F(UnitCalls, UpdateChecksAgainstTheStoredVariants) {
  v1::UpdateUnitRequest request;
  request.mutable_unit()->set_name(
      CreateUnit("memories/press", MakeUnit("Hello", "Hola")).name());
  request.mutable_unit()->set_source_language_code("es");
  EXPECT_THAT(Update(request), RpcOk());
  request.mutable_unit()->set_source_language_code("zh");
  EXPECT_THAT(Update(request),
              NamesFields(ElementsAre("unit.source_language_code")));
}

TEST_F(UnitCalls, UpdateRefusesAStaleEtag) {
  v1::UpdateUnitRequest request;
  *request.mutable_unit() =
      CreateUnit("memories/press", MakeUnit("Hello", "Hola"));
  request.mutable_unit()->set_usage_count(1);
  ASSERT_THAT(Update(request), RpcOk());
  request.mutable_unit()->set_usage_count(2);
  EXPECT_THAT(Update(request), RpcFails(StatusCode::ABORTED, "ETAG_MISMATCH"));
}

TEST_F(UnitCalls, UpdateCreatesWhereAllowed) {
  v1::UpdateUnitRequest request;
  *request.mutable_unit() = MakeUnit("Hello", "Hola");
  request.mutable_unit()->set_name("memories/press/units/greeting");
  EXPECT_THAT(Update(request),
              RpcFails(StatusCode::NOT_FOUND, "UNIT_NOT_FOUND"));
  request.set_allow_missing(true);
  ASSERT_THAT(Update(request), RpcOk());
  EXPECT_EQ(unit_.name(), "memories/press/units/greeting");
  EXPECT_EQ(UnitCount(), 1);
}

TEST_F(UnitCalls, UpdateCanJustCheck) {
  v1::UpdateUnitRequest request;
  request.mutable_unit()->set_name(
      CreateUnit("memories/press", MakeUnit("Hello", "Hola")).name());
  request.mutable_unit()->set_usage_count(8);
  request.set_validate_only(true);
  ASSERT_THAT(Update(request), RpcOk());
  ASSERT_THAT(Get(request.unit().name()), RpcOk());
  EXPECT_EQ(unit_.usage_count(), 0);
}

TEST_F(UnitCalls, Deletes) {
  v1::DeleteUnitRequest request;
  request.set_name(
      CreateUnit("memories/press", MakeUnit("Hello", "Hola")).name());
  request.set_etag("stale");
  EXPECT_THAT(Delete(request), RpcFails(StatusCode::ABORTED, "ETAG_MISMATCH"));
  request.clear_etag();
  request.set_validate_only(true);
  ASSERT_THAT(Delete(request), RpcOk());
  EXPECT_EQ(UnitCount(), 1);
  request.set_validate_only(false);
  ASSERT_THAT(Delete(request), RpcOk());
  EXPECT_EQ(UnitCount(), 0);
  EXPECT_THAT(Delete(request),
              RpcFails(StatusCode::NOT_FOUND, "UNIT_NOT_FOUND"));
}

TEST_F(UnitCalls, ManyWrongFieldsStillReachTheClient) {
  v1::BatchCreateUnitsRequest request = BatchRequest(1000);
  for (v1::CreateUnitRequest& entry : *request.mutable_requests()) {
    entry.mutable_unit()->mutable_variants(0)->set_language_code("中文");
  }
  const grpc::Status status = CreateBatch(request);
  EXPECT_THAT(status, RpcFails(StatusCode::INVALID_ARGUMENT, "FIELDS_INVALID"));
  EXPECT_EQ(DecodeError(status).fields().front(),
            "requests[0].unit.variants[0].language_code");
}

}  // namespace
}  // namespace tercet
