// tercet unit get|create|list|update|confirm|delete
#include <fmt/format.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "client/cli/commands.h"
#include "client/cli/json_shapes.h"
#include "client/cli/names.h"
#include "client/cli/unit_edit.h"
#include "client/cli/unit_print.h"
#include "service/base/utf8.h"

namespace tercet::cli {
namespace {

// Of `list --limit`; any number larger than a memory would do.
constexpr int64_t kMostUnits = 1'000'000'000;

struct UnitFlags {
  std::string memory;
  std::string id;
  std::string name;                    // Of the one to update.
  std::vector<std::string> names;      // Of those to show or delete.
  std::vector<std::string> texts;      // LANGUAGE=TEXT
  std::vector<std::string> additions;  // LANGUAGE=TEXT
  std::vector<std::string> removals;   // LANGUAGE
  std::optional<std::string> source_language;
  std::optional<std::string> document;
  std::optional<std::string> state;
  std::vector<std::string> notes;
  int64_t limit = 0;  // 0: all.
  bool overwrite = false;
  bool dry_run = false;
};

StatusOr<UnitChange> ChangeOf(const UnitFlags& flags) {
  UnitChange change;
  ASSIGN_OR_RETURN(change.set, ParseTexts(flags.texts));
  ASSIGN_OR_RETURN(change.add, ParseTexts(flags.additions));
  change.remove = flags.removals;
  change.source_language = flags.source_language;
  change.document = flags.document;
  change.notes = flags.notes;
  if (flags.state.has_value()) change.state = StateOfName(*flags.state);
  return change;
}

StatusOr<ExitCode> CreateUnit(const UnitFlags& flags, Session& session) {
  ASSIGN_OR_RETURN(const UnitChange change, ChangeOf(flags));
  v1::CreateUnitRequest request;
  request.set_parent(MemoryName(flags.memory));
  request.set_unit_id(flags.id);
  // Several texts in one language are several variants.
  for (const LanguageText& text : change.set) {
    v1::Variant& variant = *request.mutable_unit()->add_variants();
    variant.set_language_code(text.language);
    variant.set_text(text.text);
  }
  UnitChange rest = change;
  rest.set.clear();
  RETURN_IF_ERROR(ApplyChange(rest, *request.mutable_unit()));
  request.set_validate_only(flags.dry_run);
  request.set_write_mode(flags.overwrite ? v1::OVERWRITE : v1::ADD_VARIANTS);
  ASSIGN_OR_RETURN(client::Client * client, session.Connect());
  ASSIGN_OR_RETURN(const v1::Unit unit, client->CreateUnit(request));
  PrintUnit(session, unit);
  return ExitCode::kOk;
}

StatusOr<ExitCode> GetUnits(const UnitFlags& flags, Session& session) {
  for (const std::string& typed : flags.names) {
    ASSIGN_OR_RETURN(const std::string name, UnitName(typed, flags.memory));
    ASSIGN_OR_RETURN(client::Client * client, session.Connect());
    ASSIGN_OR_RETURN(const v1::Unit unit, client->GetUnit(name));
    PrintUnit(session, unit);
  }
  return ExitCode::kOk;
}

StatusOr<ExitCode> ListUnits(const UnitFlags& flags, Session& session) {
  ASSIGN_OR_RETURN(client::Client * client, session.Connect());
  const int page_size =
      flags.limit > 0 && flags.limit < 1000 ? static_cast<int>(flags.limit) : 0;
  client::Pager<v1::Unit> pager =
      client->ListUnits(MemoryName(flags.memory), page_size);
  for (int64_t shown = 0; flags.limit == 0 || shown < flags.limit; ++shown) {
    ASSIGN_OR_RETURN(const std::optional<v1::Unit> unit, pager.Next());
    if (!unit.has_value()) break;
    PrintUnit(session, *unit);
  }
  return ExitCode::kOk;
}

// Reads, changes and writes back; the etag sees to it that nothing which
// somebody else wrote in between is lost.
StatusOr<ExitCode> UpdateUnit(const UnitFlags& flags, Session& session) {
  ASSIGN_OR_RETURN(const UnitChange change, ChangeOf(flags));
  v1::UpdateUnitRequest request;
  for (const std::string& path : MaskOf(change)) {
    request.mutable_update_mask()->add_paths(path);
  }
  if (request.update_mask().paths().empty()) {
    return UsageError(
        "nothing to change: give LANGUAGE=TEXT, --add, --remove, --document, "
        "--state, --note or --source");
  }
  ASSIGN_OR_RETURN(const std::string name, UnitName(flags.name, flags.memory));
  ASSIGN_OR_RETURN(client::Client * client, session.Connect());
  ASSIGN_OR_RETURN(*request.mutable_unit(), client->GetUnit(name));
  RETURN_IF_ERROR(ApplyChange(change, *request.mutable_unit()));
  request.set_validate_only(flags.dry_run);
  ASSIGN_OR_RETURN(const v1::Unit unit, client->UpdateUnit(request));
  PrintUnit(session, unit);
  return ExitCode::kOk;
}

// The state alone; the etag guards against what others wrote in between.
StatusOr<ExitCode> ConfirmUnits(const UnitFlags& flags, Session& session) {
  for (const std::string& typed : flags.names) {
    v1::UpdateUnitRequest request;
    ASSIGN_OR_RETURN(const std::string name, UnitName(typed, flags.memory));
    ASSIGN_OR_RETURN(client::Client * client, session.Connect());
    ASSIGN_OR_RETURN(*request.mutable_unit(), client->GetUnit(name));
    request.mutable_unit()->set_state(v1::Unit::CONFIRMED);
    request.mutable_update_mask()->add_paths("state");
    ASSIGN_OR_RETURN(const v1::Unit unit, client->UpdateUnit(request));
    PrintUnit(session, unit);
  }
  return ExitCode::kOk;
}

StatusOr<ExitCode> DeleteUnits(const UnitFlags& flags, Session& session) {
  for (const std::string& typed : flags.names) {
    v1::DeleteUnitRequest request;
    ASSIGN_OR_RETURN(*request.mutable_name(), UnitName(typed, flags.memory));
    request.set_validate_only(flags.dry_run);
    ASSIGN_OR_RETURN(client::Client * client, session.Connect());
    RETURN_IF_ERROR(client->DeleteUnit(request));
    if (session.settings().json) {
      session.PrintJson(
          {{"name", request.name()}, {"deleted", !flags.dry_run}});
      continue;
    }
    session.Print(fmt::format("{} {}\n", request.name(),
                              flags.dry_run ? "would be deleted" : "deleted"));
  }
  return ExitCode::kOk;
}

constexpr char kNameHelp[] =
    "memories/MEMORY/units/UNIT, or UNIT with --memory";

void AddNames(CLI::App& command, UnitFlags& flags) {
  command.add_option("NAME", flags.names, kNameHelp)->required()->type_name("");
}

CLI::Option* AddMemoryOption(CLI::App& command, UnitFlags& flags) {
  return command.add_option("-m,--memory", flags.memory, "The memory")
      ->type_name("NAME");
}

void AddFields(CLI::App& command, UnitFlags& flags) {
  command
      .add_option("--source", flags.source_language,
                  "The language the unit was written in")
      ->type_name("LANGUAGE");
  command.add_option("--document", flags.document, "Where it stood")
      ->type_name("TEXT");
  command.add_option("--state", flags.state, "Who vouches for it")
      ->check(CLI::IsMember({"confirmed", "draft", "aligned"}))
      ->type_name("STATE");
  command.add_option("--note", flags.notes, "A remark; may be repeated")
      ->allow_extra_args(false)
      ->type_name("TEXT");
  command.add_flag("--dry-run", flags.dry_run, "Check only, write nothing");
}

void AddCreate(CLI::App& unit, Chosen& chosen,
               const std::shared_ptr<UnitFlags>& flags) {
  CLI::App* create = unit.add_subcommand("create", "Store one unit");
  AddMemoryOption(*create, *flags)->required();
  create
      ->add_option("TEXT", flags->texts,
                   "The texts as LANGUAGE=TEXT, the source first")
      ->required()
      ->type_name("");
  create->add_option("--id", flags->id, "Its id; made from the text if absent")
      ->type_name("ID");
  create->add_flag("--overwrite", flags->overwrite,
                   "Replace stored texts of the same languages");
  AddFields(*create, *flags);
  create->callback([&chosen, flags] {
    chosen.command = [flags](Session& s) { return CreateUnit(*flags, s); };
  });
}

void AddUpdate(CLI::App& unit, Chosen& chosen,
               const std::shared_ptr<UnitFlags>& flags) {
  CLI::App* update = unit.add_subcommand("update", "Change one unit");
  update->add_option("NAME", flags->name, kNameHelp)->required()->type_name("");
  update
      ->add_option("TEXT", flags->texts,
                   "LANGUAGE=TEXT takes the place of that language's texts")
      ->type_name("");
  AddMemoryOption(*update, *flags);
  update
      ->add_option("--add", flags->additions,
                   "LANGUAGE=TEXT: one more text of a language")
      ->allow_extra_args(false)
      ->type_name("LANGUAGE=TEXT");
  update->add_option("--remove", flags->removals, "Drop a language's texts")
      ->allow_extra_args(false)
      ->type_name("LANGUAGE");
  AddFields(*update, *flags);
  update->callback([&chosen, flags] {
    chosen.command = [flags](Session& s) { return UpdateUnit(*flags, s); };
  });
}

}  // namespace

void AddUnit(CLI::App& app, Chosen& chosen) {
  CLI::App* unit = app.add_subcommand("unit", "Manage single units");
  unit->require_subcommand(1);
  unit->footer(
      "Examples:\n"
      "  tercet unit create --memory press zh=水灾 en=flood es=inundación\n"
      "  tercet unit update memories/press/units/0k3 en=floods\n"
      "  tercet unit list --memory press --limit 10\n"
      "Many units at once: tercet import.");
  // Shared by the options and the command; lives as long as either.
  const auto flags = std::make_shared<UnitFlags>();

  CLI::App* get = unit->add_subcommand("get", "Show units");
  AddNames(*get, *flags);
  AddMemoryOption(*get, *flags);
  get->callback([&chosen, flags] {
    chosen.command = [flags](Session& s) { return GetUnits(*flags, s); };
  });

  AddCreate(*unit, chosen, flags);

  CLI::App* confirm = unit->add_subcommand(
      "confirm", "Vouch for units, which takes their penalty away");
  AddNames(*confirm, *flags);
  AddMemoryOption(*confirm, *flags);
  confirm->callback([&chosen, flags] {
    chosen.command = [flags](Session& s) { return ConfirmUnits(*flags, s); };
  });

  CLI::App* list = unit->add_subcommand("list", "Show the units of a memory");
  AddMemoryOption(*list, *flags)->required();
  list->add_option("--limit", flags->limit, "Show at most so many")
      ->check(CLI::Range(int64_t{1}, kMostUnits))
      ->type_name("COUNT");
  list->callback([&chosen, flags] {
    chosen.command = [flags](Session& s) { return ListUnits(*flags, s); };
  });

  AddUpdate(*unit, chosen, flags);

  CLI::App* remove = unit->add_subcommand("delete", "Delete units");
  AddNames(*remove, *flags);
  AddMemoryOption(*remove, *flags);
  remove->add_flag("--dry-run", flags->dry_run, "Check only, write nothing");
  remove->callback([&chosen, flags] {
    chosen.command = [flags](Session& s) { return DeleteUnits(*flags, s); };
  });
}

}  // namespace tercet::cli
