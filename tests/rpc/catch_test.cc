#include "service/rpc/catch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "tests/support/matchers.h"

namespace tercet {
namespace {

using testing::HasSubstr;

TEST(CatchExceptions, ReturnsWhatTheBodyReturns) {
  EXPECT_THAT(CatchExceptions("GetUnit", [] { return OkStatus(); }), IsOk());
}

TEST(CatchExceptions, MakesAnErrorOfAnException) {
  const Status status = CatchExceptions(
      "GetUnit", []() -> Status { throw std::runtime_error("no memory"); });
  EXPECT_THAT(status, StatusIs(StatusCode::kInternal, HasSubstr("no memory")));
  EXPECT_THAT(status, ReasonIs("INTERNAL"));
}

TEST(CatchExceptions, CatchesWhatIsNoException) {
  const Status status = CatchExceptions("GetUnit", []() -> Status { throw 7; });
  EXPECT_THAT(status, StatusIs(StatusCode::kInternal, HasSubstr("GetUnit")));
}

}  // namespace
}  // namespace tercet
