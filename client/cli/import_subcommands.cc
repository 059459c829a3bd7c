// tercet import list|show|undo
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "client/cli/commands.h"
#include "client/cli/import_report.h"
#include "client/cli/json_shapes.h"
#include "client/cli/names.h"
#include "client/cli/output/display_width.h"
#include "client/cli/output/human.h"
#include "client/cli/output/table.h"
#include "client/lib/import.h"

namespace tercet::cli {
namespace {

struct ImportNameFlags {
  std::string name;
  std::string memory;
  bool dry_run = false;
};

// `press` of `memories/press/imports/7`.
std::string MemoryOf(const v1::Import& import) {
  return LastPart(import.name().substr(0, import.name().find("/imports/")));
}

void AddRow(const v1::Import& import, Table& table) {
  table.AddRow({{{LastPart(import.name())}},
                {{Printable(MemoryOf(import))}},
                {{NameOfState(import.state())}},
                {{FormatTimestamp(import.create_time())}},
                {{FormatCount(import.report().read_count())}},
                {{FormatCount(import.report().created_count())}},
                {{FormatCount(import.report().failed_count())}},
                {{Printable(import.requester())}},
                {{Printable(import.source())}}});
}

// All of them, the newest first.
StatusOr<std::vector<v1::Import>> CollectImports(client::Client& client,
                                                 const std::string& parent) {
  std::vector<v1::Import> imports;
  client::Pager<v1::Import> pager = client.ListImports(parent);
  while (true) {
    ASSIGN_OR_RETURN(std::optional<v1::Import> import, pager.Next());
    if (!import.has_value()) break;
    imports.push_back(*std::move(import));
  }
  std::ranges::stable_sort(imports, [](const auto& a, const auto& b) {
    return a.create_time().seconds() != b.create_time().seconds()
               ? a.create_time().seconds() > b.create_time().seconds()
               : a.create_time().nanos() > b.create_time().nanos();
  });
  return imports;
}

StatusOr<ExitCode> ListImports(const ImportNameFlags& flags, Session& session) {
  ASSIGN_OR_RETURN(client::Client * client, session.Connect());
  const std::string parent =
      MemoryName(flags.memory.empty() ? "-" : flags.memory);
  ASSIGN_OR_RETURN(const std::vector<v1::Import> imports,
                   CollectImports(*client, parent));
  if (session.settings().json) {
    for (const v1::Import& import : imports) session.PrintJson(ToJson(import));
    return ExitCode::kOk;
  }
  if (imports.empty()) {
    session.PrintNote("no imports yet");
    return ExitCode::kOk;
  }
  Table table({{"import"},
               {"memory"},
               {"state"},
               {"begun"},
               {"read", Align::kRight},
               {"created", Align::kRight},
               {"failed", Align::kRight},
               {"by"},
               {"source"}});
  for (const v1::Import& import : imports) AddRow(import, table);
  session.Print(table.Render(session.settings().color_out));
  return ExitCode::kOk;
}

void PrintImport(const v1::Import& import, Session& session) {
  if (session.settings().json) {
    session.PrintJson(ToJson(import));
  } else {
    session.Print(ImportText(import, session.settings().color_out));
  }
}

StatusOr<ExitCode> ShowImport(const ImportNameFlags& flags, Session& session) {
  ASSIGN_OR_RETURN(client::Client * client, session.Connect());
  ASSIGN_OR_RETURN(const v1::Import import,
                   client->GetImport(ImportName(flags.name)));
  PrintImport(import, session);
  return ExitCode::kOk;
}

StatusOr<ExitCode> UndoImport(const ImportNameFlags& flags, Session& session) {
  ASSIGN_OR_RETURN(client::Client * client, session.Connect());
  v1::UndoImportRequest request;
  request.set_name(ImportName(flags.name));
  request.set_validate_only(flags.dry_run);
  ProgressMeter meter = session.MakeMeter("undo " + flags.name, false);
  const StatusOr<v1::Import> import =
      client::UndoImport(*client, request, [&meter](const v1::Import& so_far) {
        meter.Update({.units = so_far.undo().deleted_count() +
                               so_far.undo().restored_count() +
                               so_far.undo().kept_count()});
      });
  meter.Clear();
  RETURN_IF_ERROR(import.status());
  PrintImport(*import, session);
  if (flags.dry_run && !session.settings().json) {
    session.PrintNote("--dry-run: nothing was changed");
  }
  return ExitCode::kOk;
}

void AddName(CLI::App& command, ImportNameFlags& flags) {
  command
      .add_option("IMPORT", flags.name,
                  "Its number, e.g. 7, or memories/MEMORY/imports/7")
      ->required()
      ->type_name("");
}

}  // namespace

void AddImportSubcommands(CLI::App& import, Chosen& chosen) {
  import.require_subcommand(0, 1);
  // Shared by the options and the command; lives as long as either.
  const auto flags = std::make_shared<ImportNameFlags>();

  CLI::App* list =
      import.add_subcommand("list", "Show all imports, the newest first");
  list->add_option("-m,--memory", flags->memory, "Only of this memory")
      ->type_name("NAME");
  list->callback([&chosen, flags] {
    chosen.command = [flags](Session& s) { return ListImports(*flags, s); };
  });

  CLI::App* show =
      import.add_subcommand("show", "Show one import with its report");
  AddName(*show, *flags);
  show->callback([&chosen, flags] {
    chosen.command = [flags](Session& s) { return ShowImport(*flags, s); };
  });

  CLI::App* undo = import.add_subcommand(
      "undo", "Take a whole import back: delete and restore its units");
  undo->footer(
      "Units that were changed or deleted after the import stay as they are\n"
      "and are listed. Of several imports take the newest back first.");
  AddName(*undo, *flags);
  undo->add_flag("--dry-run", flags->dry_run,
                 "Only count what would be taken back");
  undo->callback([&chosen, flags] {
    chosen.command = [flags](Session& s) { return UndoImport(*flags, s); };
  });
}

}  // namespace tercet::cli
