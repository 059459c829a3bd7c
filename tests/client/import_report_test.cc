#include "client/cli/import_report.h"

#include <string>

#include "gtest/gtest.h"

namespace tercet::cli {
namespace {

FileReport ReportOf(const std::string& file, int64_t created) {
  FileReport report = {.file = file, .memory = "memories/m", .elapsed_ms = 500};
  v1::ImportReport& counts = *report.import.mutable_report();
  report.import.set_name("memories/m/imports/7");
  counts.set_read_count(created + 1);
  counts.set_created_count(created);
  counts.set_failed_count(1);
  v1::ImportProblem problem;
  problem.set_kind(v1::ImportProblem::FAILED);
  problem.set_line(7);
  problem.set_reason("TEXT_EMPTY");
  problem.set_message("the text is empty");
  report.problems.push_back(problem);
  return report;
}

TEST(ReportTable, SumsSeveralFiles) {
  EXPECT_EQ(
      ReportTable({ReportOf("a.tmx", 999), ReportOf("新闻.tmx", 99)},
                  /*color=*/false),
      "file       read  created  updated  variants added  duplicates  skipped"
      "  failed  warnings   time  units/s\n"
      "a.tmx     1,000      999        0               0           0        0"
      "       1         0  0.5 s    2,000\n"
      "新闻.tmx    100       99        0               0           0        0"
      "       1         0  0.5 s      200\n"
      "total     1,100    1,098        0               0           0        0"
      "       2         0  1.0 s    1,100\n");
}

TEST(ReportTable, LeavesOutFilesThatFailed) {
  FileReport failed = {.file = "a"};
  failed.error = MakeError(StatusCode::kNotFound, "m", {.reason = "R"});
  EXPECT_EQ(ReportTable({failed}, /*color=*/false), "");
}

TEST(ReportJson, HasThePromisedShape) {
  EXPECT_EQ(ReportJson(ReportOf("a.tmx", 9), {}).dump(),
            R"({"file":"a.tmx","memory":"memories/m",)"
            R"("import":"memories/m/imports/7","read":10,"created":9,)"
            R"("updated":0,"variants_added":0,"duplicates":0,"skipped":0,)"
            R"("failed":1,"warnings":0,"new_variants":0,)"
            R"("removed_variants":0,"reasons":[],"problems":[)"
            R"({"kind":"failed","line":7,"byte_offset":0,)"
            R"("reason":"TEXT_EMPTY","message":"the text is empty"}],)"
            R"("unchanged":0,"seconds":0.5,"units_per_second":20,)"
            R"("problem_count":1})");
}

TEST(ReportJson, HasTheErrorOfAFileThatFailed) {
  FileReport failed = {.file = "a"};
  failed.error = MakeError(StatusCode::kNotFound, "m", {.reason = "R"});
  EXPECT_EQ(ReportJson(failed, {})["error"]["reason"], "R");
}

TEST(UnitsPerSecond, IsZeroWhenNoTimeHasPassed) {
  EXPECT_EQ(UnitsPerSecond(10, 0), 0);
}

}  // namespace
}  // namespace tercet::cli
