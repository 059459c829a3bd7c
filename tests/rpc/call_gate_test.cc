#include "service/rpc/call_gate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "tests/support/matchers.h"

namespace tercet {
namespace {

TEST(CallGate, RefusesCallsOnceClosed) {
  CallGate gate;
  EXPECT_THAT(gate.Enter(), IsOk());
  gate.Close();
  const Status refused = gate.Enter();
  EXPECT_EQ(refused.code(), StatusCode::kUnavailable);
  EXPECT_THAT(refused, ReasonIs("SERVER_DRAINING"));
  EXPECT_GT(GetDetails(refused).retry_delay_ms, 0);
}

TEST(CallGate, WaitsForCallsToLeave) {
  CallGate gate;
  ASSERT_THAT(gate.Enter(), IsOk());
  EXPECT_FALSE(gate.WaitUntilEmpty(absl::ZeroDuration()));
  std::thread leaver([&gate] { gate.Leave(); });
  EXPECT_TRUE(gate.WaitUntilEmpty(absl::InfiniteDuration()));
  leaver.join();
}

TEST(CallGate, ARefusedCallIsNotWaitedFor) {
  CallGate gate;
  gate.Close();
  ASSERT_FALSE(gate.Enter().ok());
  EXPECT_TRUE(gate.WaitUntilEmpty(absl::ZeroDuration()));
}

}  // namespace
}  // namespace tercet
