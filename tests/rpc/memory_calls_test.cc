// The RPCs on memories.
#include <chrono>
#include <string>
#include <vector>

#include "tests/rpc/rpc_fixture.h"

namespace tercet {
namespace {

using grpc::ClientContext;
using grpc::StatusCode;
using testing::ElementsAre;
using testing::IsEmpty;

class MemoryCalls : public RpcTest {
 protected:
  grpc::Status Create(const v1::CreateMemoryRequest& request) {
    ClientContext context;
    return memories_->CreateMemory(&context, request, &memory_);
  }
  grpc::Status Get(const std::string& name) {
    v1::GetMemoryRequest request;
    request.set_name(name);
    ClientContext context;
    return memories_->GetMemory(&context, request, &memory_);
  }
  grpc::Status List(const v1::ListMemoriesRequest& request) {
    ClientContext context;
    page_.Clear();
    return memories_->ListMemories(&context, request, &page_);
  }
  grpc::Status Update(const v1::UpdateMemoryRequest& request) {
    ClientContext context;
    return memories_->UpdateMemory(&context, request, &memory_);
  }
  grpc::Status Delete(const v1::DeleteMemoryRequest& request) {
    ClientContext context;
    google::protobuf::Empty empty;
    return memories_->DeleteMemory(&context, request, &empty);
  }
  std::vector<std::string> PageNames() {
    std::vector<std::string> names;
    for (const v1::Memory& memory : page_.memories()) {
      names.push_back(memory.name());
    }
    return names;
  }

  v1::Memory memory_;
  v1::ListMemoriesResponse page_;
};

TEST_F(MemoryCalls, CreatesAndGets) {
  v1::CreateMemoryRequest request;
  request.set_memory_id("press");
  request.mutable_memory()->set_display_name("Press releases");
  request.mutable_memory()->set_penalty(5);
  ASSERT_THAT(Create(request), RpcOk());
  ASSERT_THAT(Get("memories/press"), RpcOk());
  EXPECT_EQ(memory_.name(), "memories/press");
  EXPECT_EQ(memory_.display_name(), "Press releases");
  EXPECT_EQ(memory_.penalty(), 5);
  EXPECT_GT(memory_.create_time().seconds(), 0);
  EXPECT_NE(memory_.etag(), "");
}

TEST_F(MemoryCalls, RefusesATakenName) {
  CreateMemory("press");
  v1::CreateMemoryRequest request;
  request.set_memory_id("press");
  EXPECT_THAT(Create(request),
              RpcFails(StatusCode::ALREADY_EXISTS, "MEMORY_EXISTS"));
}

TEST_F(MemoryCalls, CreateNamesEveryWrongField) {
  v1::CreateMemoryRequest request;
  request.set_memory_id("Press");
  request.mutable_memory()->set_display_name(std::string(257, 'x'));
  request.mutable_memory()->set_penalty(100);
  EXPECT_THAT(Create(request),
              NamesFields(ElementsAre("memory_id", "memory.display_name",
                                      "memory.penalty")));
}

TEST_F(MemoryCalls, CreateCanJustCheck) {
  v1::CreateMemoryRequest request;
  request.set_memory_id("press");
  request.set_validate_only(true);
  ASSERT_THAT(Create(request), RpcOk());
  EXPECT_EQ(memory_.name(), "memories/press");
  EXPECT_THAT(Get("memories/press"),
              RpcFails(StatusCode::NOT_FOUND, "MEMORY_NOT_FOUND"));
}

TEST_F(MemoryCalls, GetRefusesOtherNames) {
  EXPECT_THAT(Get("press"), NamesFields(ElementsAre("name")));
  EXPECT_THAT(Get("memories/-"), NamesFields(ElementsAre("name")));
}

TEST_F(MemoryCalls, ListsPageByPage) {
  for (const char* id : {"c", "a", "e", "b", "d"}) CreateMemory(id);
  v1::ListMemoriesRequest request;
  request.set_page_size(2);
  ASSERT_THAT(List(request), RpcOk());
  EXPECT_THAT(PageNames(), ElementsAre("memories/a", "memories/b"));
  request.set_page_token(page_.next_page_token());
  ASSERT_THAT(List(request), RpcOk());
  EXPECT_THAT(PageNames(), ElementsAre("memories/c", "memories/d"));
  request.set_page_token(page_.next_page_token());
  ASSERT_THAT(List(request), RpcOk());
  EXPECT_THAT(PageNames(), ElementsAre("memories/e"));
  EXPECT_EQ(page_.next_page_token(), "");
}

TEST_F(MemoryCalls, ListsNothingWhereThereIsNothing) {
  ASSERT_THAT(List({}), RpcOk());
  EXPECT_THAT(page_.memories(), IsEmpty());
  EXPECT_EQ(page_.next_page_token(), "");
}

TEST_F(MemoryCalls, ListChecksItsPage) {
  v1::ListMemoriesRequest request;
  request.set_page_size(1001);
  request.set_page_token("what?");
  EXPECT_THAT(List(request),
              NamesFields(ElementsAre("page_size", "page_token")));
  request.set_page_size(-1);
  request.clear_page_token();
  EXPECT_THAT(List(request), NamesFields(ElementsAre("page_size")));
}

TEST_F(MemoryCalls, UpdatesWhatTheMaskNames) {
  v1::CreateMemoryRequest create;
  create.set_memory_id("press");
  create.mutable_memory()->set_display_name("Old");
  create.mutable_memory()->set_penalty(5);
  ASSERT_THAT(Create(create), RpcOk());
  v1::UpdateMemoryRequest request;
  request.mutable_memory()->set_name("memories/press");
  request.mutable_memory()->set_display_name("New");
  request.mutable_update_mask()->add_paths("display_name");
  ASSERT_THAT(Update(request), RpcOk());
  EXPECT_EQ(memory_.display_name(), "New");
  EXPECT_EQ(memory_.penalty(), 5);
  request.mutable_update_mask()->set_paths(0, "*");
  ASSERT_THAT(Update(request), RpcOk());
  EXPECT_EQ(memory_.penalty(), 0);
}

TEST_F(MemoryCalls, UpdateWithoutMaskTakesWhatIsSet) {
  CreateMemory("press");
  v1::UpdateMemoryRequest request;
  request.mutable_memory()->set_name("memories/press");
  request.mutable_memory()->set_penalty(7);
  ASSERT_THAT(Update(request), RpcOk());
  EXPECT_EQ(memory_.penalty(), 7);
}

TEST_F(MemoryCalls, UpdateChecksTheRequest) {
  v1::UpdateMemoryRequest request;
  request.mutable_memory()->set_name("memories/x/units/y");
  request.mutable_memory()->set_penalty(-1);
  request.mutable_update_mask()->add_paths("penalty");
  request.mutable_update_mask()->add_paths("unit_count");
  EXPECT_THAT(
      Update(request),
      NamesFields(ElementsAre("memory.name", "update_mask", "memory.penalty")));
}

TEST_F(MemoryCalls, UpdateRefusesAStaleEtag) {
  const std::string etag = CreateMemory("press").etag();
  v1::UpdateMemoryRequest request;
  request.mutable_memory()->set_name("memories/press");
  request.mutable_memory()->set_penalty(1);
  request.mutable_memory()->set_etag(etag);
  ASSERT_THAT(Update(request), RpcOk());
  EXPECT_NE(memory_.etag(), etag);
  request.mutable_memory()->set_penalty(2);
  EXPECT_THAT(Update(request), RpcFails(StatusCode::ABORTED, "ETAG_MISMATCH"));
}

TEST_F(MemoryCalls, UpdateCanJustCheck) {
  CreateMemory("press");
  v1::UpdateMemoryRequest request;
  request.mutable_memory()->set_name("memories/press");
  request.mutable_memory()->set_penalty(9);
  request.set_validate_only(true);
  ASSERT_THAT(Update(request), RpcOk());
  EXPECT_EQ(memory_.penalty(), 9);
  EXPECT_EQ(GetMemory("memories/press").penalty(), 0);
}

TEST_F(MemoryCalls, UpdateFailsWithoutTheMemory) {
  v1::UpdateMemoryRequest request;
  request.mutable_memory()->set_name("memories/press");
  request.mutable_memory()->set_penalty(9);
  EXPECT_THAT(Update(request),
              RpcFails(StatusCode::NOT_FOUND, "MEMORY_NOT_FOUND"));
}

TEST_F(MemoryCalls, DeletesWithUnitsOnlyByForce) {
  CreateMemory("press");
  CreateUnit("memories/press", MakeUnit("Hello", "Hola"));
  v1::DeleteMemoryRequest request;
  request.set_name("memories/press");
  EXPECT_THAT(Delete(request),
              RpcFails(StatusCode::FAILED_PRECONDITION, "MEMORY_NOT_EMPTY"));
  request.set_force(true);
  request.set_validate_only(true);
  ASSERT_THAT(Delete(request), RpcOk());
  EXPECT_EQ(GetMemory("memories/press").unit_count(), 1);
  request.set_validate_only(false);
  ASSERT_THAT(Delete(request), RpcOk());
  EXPECT_THAT(Delete(request),
              RpcFails(StatusCode::NOT_FOUND, "MEMORY_NOT_FOUND"));
}

TEST_F(MemoryCalls, DeleteRefusesAStaleEtag) {
  CreateMemory("press");
  v1::DeleteMemoryRequest request;
  request.set_name("memories/press");
  request.set_etag("stale");
  EXPECT_THAT(Delete(request), RpcFails(StatusCode::ABORTED, "ETAG_MISMATCH"));
}

TEST_F(MemoryCalls, CountsUnitsAndLanguages) {
  CreateMemory("press");
  CreateUnit("memories/press", MakeUnit("Hello", "Hola"));
  v1::Unit english;
  english.add_variants()->set_language_code("en");
  english.mutable_variants(0)->set_text("Bye");
  CreateUnit("memories/press", english);
  const v1::Memory memory = GetMemory("memories/press");
  EXPECT_EQ(memory.unit_count(), 2);
  ASSERT_EQ(memory.language_counts_size(), 2);
  EXPECT_EQ(memory.language_counts(0).language_code(), "en");
  EXPECT_EQ(memory.language_counts(0).variant_count(), 2);
}

TEST_F(MemoryCalls, DeadlineThatHasPassedIsHonoured) {
  ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() -
                       std::chrono::seconds(1));
  EXPECT_EQ(memories_->ListMemories(&context, {}, &page_).error_code(),
            StatusCode::DEADLINE_EXCEEDED);
}

}  // namespace
}  // namespace tercet
