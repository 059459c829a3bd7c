// GetServerInfo.
#include "service/server/version.h"
#include "tests/rpc/rpc_fixture.h"

namespace tercet {
namespace {

class ServerInfo : public RpcTest {
 protected:
  v1::ServerInfo Get() {
    grpc::ClientContext context;
    v1::ServerInfo info;
    EXPECT_THAT(servers_->GetServerInfo(&context, {}, &info), RpcOk());
    return info;
  }
};

TEST_F(ServerInfo, TellsVersionsAndAge) {
  const v1::ServerInfo info = Get();
  EXPECT_EQ(info.version(), Version());
  EXPECT_GT(info.start_time().seconds(), 0);
  EXPECT_GE(info.uptime_seconds(), 0);
  EXPECT_GT(info.scoring_version(), 0);
  EXPECT_NE(info.analysis_version(), "");
}

TEST_F(ServerInfo, CountsMemoriesAndUnits) {
  EXPECT_EQ(Get().memory_count(), 0);
  CreateMemory("a");
  CreateMemory("b");
  CreateUnit("memories/a", MakeUnit("Hello", "Hola"));
  EXPECT_EQ(Get().memory_count(), 2);
  EXPECT_EQ(Get().unit_count(), 1);
  const v1::IndexInfo index = Get().index();
  EXPECT_EQ(index.segment_count(), 2);
  EXPECT_GT(index.memory_bytes(), 0);
  EXPECT_EQ(index.revision(), 3);
  EXPECT_EQ(index.rebuild_units_total(), 0);
}

}  // namespace
}  // namespace tercet
