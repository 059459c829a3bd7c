#include "service/rpc/request_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/matchers.h"

namespace tercet {
namespace {

using testing::ElementsAre;
using testing::Field;

TEST(RequestCheck, IsOkWhenAllIsRight) {
  RequestCheck check;
  EXPECT_EQ(check.MemoryId("name", "memories/press"), "press");
  EXPECT_EQ(check.Unit("name", "memories/press/units/a"),
            (UnitPlace{.memory_id = "press", .unit_id = "a"}));
  EXPECT_EQ(check.Language("language_code", "zh_CN").code(), "zh-CN");
  EXPECT_EQ(check.Integer("n", 0, {.min = 1, .max = 9, .unset = 5}), 5);
  EXPECT_EQ(check.Integer("n", 9, {.min = 1, .max = 9, .unset = 5}), 9);
  EXPECT_EQ(check.Page(0, "", 50).size, 50);
  EXPECT_THAT(check.status(), IsOk());
}

TEST(RequestCheck, CollectsAllThatIsWrong) {
  RequestCheck check;
  check.MemoryId("parent", "press");
  check.Scope("scope", "-");
  check.Unit("name", "memories/press");
  check.Language("language_code", "??");
  check.Integer("min_score", 101, {.min = 1, .max = 100, .unset = 70});
  check.Page(1001, "?", 50);
  check.Count("requests", 0, 10);
  const Status status = check.status();
  EXPECT_THAT(status, ReasonIs("FIELDS_INVALID"));
  std::vector<std::string> fields;
  for (const FieldViolation& violation : GetDetails(status).violations) {
    fields.push_back(violation.field);
  }
  EXPECT_THAT(fields,
              ElementsAre("parent", "scope", "name", "language_code",
                          "min_score", "page_size", "page_token", "requests"));
}

}  // namespace
}  // namespace tercet
