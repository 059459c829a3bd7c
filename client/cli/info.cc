// tercet info
#include <fmt/format.h>

#include "client/cli/commands.h"
#include "client/cli/json_shapes.h"
#include "client/cli/output/human.h"
#include "client/cli/output/table.h"
#include "client/cli/version.h"

namespace tercet::cli {
namespace {

std::string PlaceOf(const Settings& settings) {
  return settings.data.empty() ? settings.server
                               : settings.data + " (in this process)";
}

std::string DescribeIndex(const v1::IndexInfo& index) {
  if (index.rebuild_units_total() > 0) {
    return fmt::format(
        "being rebuilt, {}% done; until then lookups are slow",
        PercentOf(index.rebuild_units_done(), index.rebuild_units_total()));
  }
  return fmt::format("{} segments, {} in memory, {} on disk",
                     FormatCount(index.segment_count()),
                     FormatBytes(index.memory_bytes()),
                     FormatBytes(index.disk_bytes()));
}

StatusOr<ExitCode> RunInfo(Session& session) {
  ASSIGN_OR_RETURN(client::Client * client, session.Connect());
  ASSIGN_OR_RETURN(const v1::ServerInfo info, client->GetServerInfo());
  const std::string place = PlaceOf(session.settings());
  if (session.settings().json) {
    Json json = ToJson(info);
    json["server"] = place;
    json["client_version"] = kVersion;
    session.PrintJson(json);
    return ExitCode::kOk;
  }
  Table table({{}, {}});
  const auto add = [&table](const char* what, std::string value) {
    table.AddRow({{{what, Style::kDim}}, {{std::move(value)}}});
  };
  add("server", place);
  add("version",
      fmt::format("{} (this program: {})", info.version(), kVersion));
  add("up", FormatDuration(info.uptime_seconds()));
  add("memories", FormatCount(info.memory_count()));
  add("units", FormatCount(info.unit_count()));
  add("on disk", FormatBytes(info.disk_bytes()));
  add("index", DescribeIndex(info.index()));
  add("scoring", fmt::format("{}", info.scoring_version()));
  add("analysis", info.analysis_version());
  session.Print(table.Render(session.settings().color_out));
  return ExitCode::kOk;
}

}  // namespace

void AddInfo(CLI::App& app, Chosen& chosen) {
  CLI::App* command =
      app.add_subcommand("info", "Tell the server's version, age and size");
  command->footer("Example:\n  tercet info --json");
  command->callback([&chosen] { chosen.command = RunInfo; });
}

}  // namespace tercet::cli
