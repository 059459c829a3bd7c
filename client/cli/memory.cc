// tercet memory create|get|list|update|delete
#include <fmt/format.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "client/cli/commands.h"
#include "client/cli/json_shapes.h"
#include "client/cli/names.h"
#include "client/cli/output/display_width.h"
#include "client/cli/output/human.h"
#include "client/cli/output/table.h"

namespace tercet::cli {
namespace {

constexpr int kMaxPenalty = 99;

struct MemoryFlags {
  std::string name;
  std::optional<std::string> display_name;
  std::optional<int> penalty;
  bool force = false;
  bool dry_run = false;
};

std::string DescribeLanguages(const v1::Memory& memory) {
  std::string text;
  for (const v1::LanguageCount& count : memory.language_counts()) {
    if (!text.empty()) text += ", ";
    text += fmt::format("{} {}", Printable(count.language_code()),
                        FormatCount(count.variant_count()));
  }
  return text;
}

void PrintMemory(Session& session, const v1::Memory& memory) {
  if (session.settings().json) {
    session.PrintJson(ToJson(memory));
    return;
  }
  Table table({{}, {}});
  const auto add = [&table](const char* what, const std::string& value) {
    if (value.empty()) return;
    table.AddRow({{{what, Style::kDim}}, {{Printable(value)}}});
  };
  add("name", memory.name());
  add("display name", memory.display_name());
  add("penalty", fmt::format("{}", memory.penalty()));
  add("units", FormatCount(memory.unit_count()));
  add("variants", DescribeLanguages(memory));
  if (memory.has_create_time()) {
    add("created", FormatTimestamp(memory.create_time()));
  }
  if (memory.has_update_time()) {
    add("updated", FormatTimestamp(memory.update_time()));
  }
  add("etag", memory.etag());
  session.Print(table.Render(session.settings().color_out));
}

void SetFields(const MemoryFlags& flags, v1::Memory& memory) {
  if (flags.display_name.has_value()) {
    memory.set_display_name(*flags.display_name);
  }
  if (flags.penalty.has_value()) memory.set_penalty(*flags.penalty);
}

StatusOr<ExitCode> CreateMemory(const MemoryFlags& flags, Session& session) {
  v1::CreateMemoryRequest request;
  request.set_memory_id(LastPart(MemoryName(flags.name)));
  SetFields(flags, *request.mutable_memory());
  request.set_validate_only(flags.dry_run);
  ASSIGN_OR_RETURN(client::Client * client, session.Connect());
  ASSIGN_OR_RETURN(const v1::Memory memory, client->CreateMemory(request));
  PrintMemory(session, memory);
  return ExitCode::kOk;
}

StatusOr<ExitCode> GetMemory(const MemoryFlags& flags, Session& session) {
  ASSIGN_OR_RETURN(client::Client * client, session.Connect());
  ASSIGN_OR_RETURN(const v1::Memory memory,
                   client->GetMemory(MemoryName(flags.name)));
  PrintMemory(session, memory);
  return ExitCode::kOk;
}

StatusOr<ExitCode> ListMemories(Session& session) {
  ASSIGN_OR_RETURN(client::Client * client, session.Connect());
  Table table({{"memory"},
               {"units", Align::kRight},
               {"penalty", Align::kRight},
               {"variants"},
               {"display name"}});
  client::Pager<v1::Memory> pager = client->ListMemories();
  bool empty = true;
  while (true) {
    ASSIGN_OR_RETURN(const std::optional<v1::Memory> memory, pager.Next());
    if (!memory.has_value()) break;
    empty = false;
    if (session.settings().json) {
      session.PrintJson(ToJson(*memory));
      continue;
    }
    table.AddRow({{{Printable(LastPart(memory->name()))}},
                  {{FormatCount(memory->unit_count())}},
                  {{fmt::format("{}", memory->penalty())}},
                  {{DescribeLanguages(*memory)}},
                  {{Printable(memory->display_name())}}});
  }
  if (session.settings().json) return ExitCode::kOk;
  if (empty) {
    session.PrintNote(
        "no memories yet: `tercet import --memory NAME FILE` makes one");
  } else {
    session.Print(table.Render(session.settings().color_out));
  }
  return ExitCode::kOk;
}

StatusOr<ExitCode> UpdateMemory(const MemoryFlags& flags, Session& session) {
  v1::UpdateMemoryRequest request;
  request.mutable_memory()->set_name(MemoryName(flags.name));
  SetFields(flags, *request.mutable_memory());
  if (flags.display_name.has_value()) {
    request.mutable_update_mask()->add_paths("display_name");
  }
  if (flags.penalty.has_value()) {
    request.mutable_update_mask()->add_paths("penalty");
  }
  if (request.update_mask().paths().empty()) {
    return UsageError("nothing to change: give --display-name or --penalty");
  }
  request.set_validate_only(flags.dry_run);
  ASSIGN_OR_RETURN(client::Client * client, session.Connect());
  ASSIGN_OR_RETURN(const v1::Memory memory, client->UpdateMemory(request));
  PrintMemory(session, memory);
  return ExitCode::kOk;
}

StatusOr<ExitCode> DeleteMemory(const MemoryFlags& flags, Session& session) {
  v1::DeleteMemoryRequest request;
  request.set_name(MemoryName(flags.name));
  request.set_force(flags.force);
  request.set_validate_only(flags.dry_run);
  ASSIGN_OR_RETURN(client::Client * client, session.Connect());
  RETURN_IF_ERROR(client->DeleteMemory(request));
  const char* done = flags.dry_run ? "would be deleted" : "deleted";
  if (session.settings().json) {
    session.PrintJson({{"name", request.name()}, {"deleted", !flags.dry_run}});
  } else {
    session.Print(fmt::format("{} {}\n", request.name(), done));
  }
  return ExitCode::kOk;
}

void AddName(CLI::App& command, MemoryFlags& flags) {
  command.add_option("NAME", flags.name, "The memory, e.g. press")
      ->required()
      ->type_name("");
}

void AddFields(CLI::App& command, MemoryFlags& flags) {
  command
      .add_option("--display-name", flags.display_name, "The name people see")
      ->type_name("TEXT");
  command
      .add_option("--penalty", flags.penalty,
                  "Points taken off each match from this memory")
      ->check(CLI::Range(0, kMaxPenalty))
      ->type_name("POINTS");
}

void AddDryRun(CLI::App& command, MemoryFlags& flags) {
  command.add_flag("--dry-run", flags.dry_run, "Check only, write nothing");
}

}  // namespace

void AddMemory(CLI::App& app, Chosen& chosen) {
  CLI::App* memory = app.add_subcommand("memory", "Manage memories");
  memory->require_subcommand(1);
  memory->footer(
      "Examples:\n"
      "  tercet memory list\n"
      "  tercet memory create press --display-name 'Press releases'\n"
      "  tercet memory delete old --force");
  // Shared by the options and the command; lives as long as either.
  const auto flags = std::make_shared<MemoryFlags>();

  CLI::App* create = memory->add_subcommand("create", "Make an empty memory");
  AddName(*create, *flags);
  AddFields(*create, *flags);
  AddDryRun(*create, *flags);
  create->callback([&chosen, flags] {
    chosen.command = [flags](Session& s) { return CreateMemory(*flags, s); };
  });

  CLI::App* get = memory->add_subcommand("get", "Show one memory");
  AddName(*get, *flags);
  get->callback([&chosen, flags] {
    chosen.command = [flags](Session& s) { return GetMemory(*flags, s); };
  });

  CLI::App* list = memory->add_subcommand("list", "Show all memories");
  list->callback([&chosen] { chosen.command = ListMemories; });

  CLI::App* update = memory->add_subcommand("update", "Change a memory");
  AddName(*update, *flags);
  AddFields(*update, *flags);
  AddDryRun(*update, *flags);
  update->callback([&chosen, flags] {
    chosen.command = [flags](Session& s) { return UpdateMemory(*flags, s); };
  });

  CLI::App* remove = memory->add_subcommand("delete", "Delete a memory");
  AddName(*remove, *flags);
  remove->add_flag("--force", flags->force, "Delete its units too");
  AddDryRun(*remove, *flags);
  remove->callback([&chosen, flags] {
    chosen.command = [flags](Session& s) { return DeleteMemory(*flags, s); };
  });
}

}  // namespace tercet::cli
