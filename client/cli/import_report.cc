#include "client/cli/import_report.h"

#include <fmt/format.h>

#include "client/cli/error_text.h"
#include "client/cli/output/display_width.h"
#include "client/cli/output/human.h"
#include "client/cli/output/table.h"

namespace tercet::cli {
namespace {

struct Row {
  std::string file;
  v1::ImportSummary summary;
  int64_t elapsed_ms = 0;
};

void AddRow(const Row& row, Table& table) {
  const v1::ImportSummary& summary = row.summary;
  table.AddRow(
      {{{Printable(row.file)}},
       {{FormatCount(summary.read_count())}},
       {{FormatCount(summary.created_count())}},
       {{FormatCount(summary.updated_count())}},
       {{FormatCount(summary.unchanged_count())}},
       {{FormatCount(summary.skipped_count())}},
       {{fmt::format("{:.1f} s", static_cast<double>(row.elapsed_ms) / 1000)}},
       {{FormatCount(UnitsPerSecond(summary.read_count(), row.elapsed_ms))}}});
}

void AddTo(const FileReport& report, Row& total) {
  const v1::ImportSummary& part = report.summary;
  v1::ImportSummary& sum = total.summary;
  sum.set_read_count(sum.read_count() + part.read_count());
  sum.set_created_count(sum.created_count() + part.created_count());
  sum.set_updated_count(sum.updated_count() + part.updated_count());
  sum.set_unchanged_count(sum.unchanged_count() + part.unchanged_count());
  sum.set_skipped_count(sum.skipped_count() + part.skipped_count());
  total.elapsed_ms += report.elapsed_ms;
}

}  // namespace

int64_t UnitsPerSecond(int64_t units, int64_t elapsed_ms) {
  return elapsed_ms > 0 ? units * 1000 / elapsed_ms : 0;
}

std::string ReportTable(const std::vector<FileReport>& reports, bool color) {
  Table table({{"file"},
               {"read", Align::kRight},
               {"created", Align::kRight},
               {"updated", Align::kRight},
               {"unchanged", Align::kRight},
               {"skipped", Align::kRight},
               {"time", Align::kRight},
               {"units/s", Align::kRight}});
  Row total = {.file = "total"};
  int files = 0;
  for (const FileReport& report : reports) {
    if (!report.error.ok()) continue;
    ++files;
    AddRow({report.file, report.summary, report.elapsed_ms}, table);
    AddTo(report, total);
  }
  if (files == 0) return "";
  if (files > 1) AddRow(total, table);
  return table.Render(color);
}

Json ReportJson(const FileReport& report, const Settings& settings) {
  const v1::ImportSummary& summary = report.summary;
  Json problems = Json::array();
  for (const v1::ImportProblem& problem : report.problems) {
    problems.push_back(ToJson(problem));
  }
  Json json = {{"file", report.file},
               {"memory", report.memory},
               {"read", summary.read_count()},
               {"created", summary.created_count()},
               {"updated", summary.updated_count()},
               {"unchanged", summary.unchanged_count()},
               {"skipped", summary.skipped_count()},
               {"seconds", static_cast<double>(report.elapsed_ms) / 1000},
               {"units_per_second",
                UnitsPerSecond(summary.read_count(), report.elapsed_ms)},
               {"problem_count", summary.problem_count()},
               {"problems", problems}};
  if (!report.error.ok()) json.update(ErrorJson(report.error, settings));
  return json;
}

}  // namespace tercet::cli
