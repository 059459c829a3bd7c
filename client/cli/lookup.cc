// tercet lookup
#include <fmt/format.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "client/cli/commands.h"
#include "client/cli/filter_options.h"
#include "client/cli/json_shapes.h"
#include "client/cli/language_argument.h"
#include "client/cli/match_print.h"
#include "client/cli/output/display_width.h"
#include "client/lib/byte_source.h"
#include "client/lib/document_reader.h"
#include "client/lib/line_reader.h"
#include "client/lib/stream_lookup.h"
#include "service/base/utf8.h"

namespace tercet::cli {
namespace {

using Matches = google::protobuf::RepeatedPtrField<v1::Match>;

constexpr int kMostMatches = 100;

struct LookupFlags {
  FilterFlags filter;
  Scope scope;  // What `filter` asks for.
  std::string from;
  std::vector<std::string> to;
  std::optional<int> min_score;
  std::optional<int> max;
  bool exact = false;
  bool explain = false;
  bool document = false;
  std::string previous;
  std::string next;
  std::string key;
  std::vector<std::string> texts;
};

// Prints answers and remembers what the exit code depends on.
class LookupPrinter {
 public:
  LookupPrinter(Session& session, const LookupFlags& flags)
      : session_(session), flags_(flags) {}

  void Answer(const std::string& text, const Matches& matches) {
    any_found_ = any_found_ || !matches.empty();
    if (session_.settings().json) {
      session_.PrintJson(LookupJson(text, matches));
      return;
    }
    PrintQuery(text);
    const MatchLayout layout = {.width = session_.environment().out_width,
                                .color = session_.settings().color_out,
                                .explain = flags_.explain};
    for (const v1::Match& match : matches) {
      for (const StyledText& line : MatchLines(match, text, layout)) {
        session_.PrintLine(line);
      }
    }
    if (matches.empty()) session_.PrintLine({{NothingFound(), Style::kDim}});
    std::fflush(session_.environment().out);
  }

  // The answer to a segment that was wrong.
  void Fail(int64_t line, const std::string& text,
            const v1::StreamError& error) {
    any_failed_ = true;
    any_refused_ =
        any_refused_ ||
        error.code() != static_cast<int>(StatusCode::kInvalidArgument);
    session_.PrintNote(
        fmt::format("line {}: {}: {}", line, error.reason(), error.message()));
    if (!session_.settings().json) return;
    Json json = LookupJson(text, {});
    json["error"] = {{"reason", error.reason()}, {"message", error.message()}};
    session_.PrintJson(json);
  }

  ExitCode Result() const {
    if (any_refused_) return ExitCode::kRefused;
    if (any_failed_) return ExitCode::kBadInput;
    return any_found_ ? ExitCode::kOk : ExitCode::kNothingFound;
  }

 private:
  void PrintQuery(const std::string& text) {
    if (std::exchange(any_printed_, true)) session_.Print("\n");
    const StyledText query = {{Printable(text), Style::kBold}};
    for (const StyledText& line :
         Wrap(query, session_.environment().out_width)) {
      session_.PrintLine(line);
    }
  }

  std::string NothingFound() const {
    if (flags_.exact) return "  no exact match";
    return fmt::format("  no match of {} or better",
                       flags_.min_score.value_or(70));
  }

  Session& session_;
  const LookupFlags& flags_;
  bool any_printed_ = false;
  bool any_found_ = false;
  bool any_failed_ = false;
  bool any_refused_ = false;  // For a reason that is not in the segment.
};

v1::LookupSegmentRequest MakeRequest(const LookupFlags& flags,
                                     const std::string& text) {
  v1::LookupSegmentRequest request;
  request.set_parent(flags.scope.parent);
  *request.mutable_filter() = flags.scope.filter;
  v1::Query& query = *request.mutable_query();
  query.set_language_code(flags.from);
  query.set_text(text);
  query.set_previous(flags.previous);
  query.set_next(flags.next);
  query.set_key(flags.key);
  *request.mutable_target_language_codes() = {flags.to.begin(), flags.to.end()};
  request.set_min_score(flags.min_score.value_or(0));
  request.set_max_matches(flags.max.value_or(0));
  return request;
}

// Neighbours that are no UTF-8 cannot be sent: the line is refused itself.
v1::LookupSegmentRequest MakeDocumentRequest(const LookupFlags& flags,
                                             const client::DocumentLine& line) {
  v1::LookupSegmentRequest request = MakeRequest(flags, line.text);
  v1::Query& query = *request.mutable_query();
  if (IsValidUtf8(line.previous)) query.set_previous(line.previous);
  if (IsValidUtf8(line.next)) query.set_next(line.next);
  return request;
}

// Every exact match, or --max of them.
StatusOr<Matches> FindExact(client::Client& client, const LookupFlags& flags,
                            const std::string& text) {
  v1::LookupSegmentRequest asked = MakeRequest(flags, text);
  v1::LookupExactRequest request;
  request.set_parent(asked.parent());
  request.mutable_query()->Swap(asked.mutable_query());
  request.mutable_target_language_codes()->Swap(
      asked.mutable_target_language_codes());
  request.mutable_filter()->Swap(asked.mutable_filter());
  if (flags.max.has_value()) request.set_page_size(*flags.max);
  client::Pager<v1::Match> pager = client.LookupExact(request);
  Matches matches;
  while (!flags.max.has_value() || matches.size() < *flags.max) {
    ASSIGN_OR_RETURN(std::optional<v1::Match> match, pager.Next());
    if (!match.has_value()) break;
    *matches.Add() = *std::move(match);
  }
  return matches;
}

StatusOr<Matches> Find(client::Client& client, const LookupFlags& flags,
                       const std::string& text) {
  if (flags.exact) return FindExact(client, flags, text);
  ASSIGN_OR_RETURN(v1::LookupSegmentResponse response,
                   client.LookupSegment(MakeRequest(flags, text)));
  return std::move(*response.mutable_matches());
}

StatusOr<ExitCode> LookupArguments(const LookupFlags& flags, Session& session) {
  ASSIGN_OR_RETURN(client::Client * client, session.Connect());
  LookupPrinter printer(session, flags);
  for (const std::string& text : flags.texts) {
    ASSIGN_OR_RETURN(const Matches matches, Find(*client, flags, text));
    printer.Answer(text, matches);
  }
  return printer.Result();
}

// Exact lookups have no stream of their own.
Status LookupExactLines(const LookupFlags& flags, client::Client& client,
                        client::LineReader& lines, LookupPrinter& printer) {
  for (int64_t line = 1;; ++line) {
    ASSIGN_OR_RETURN(const std::optional<std::string> text,
                     lines.Next(std::stop_token()));
    if (!text.has_value()) return OkStatus();
    if (text->empty()) {
      printer.Answer(*text, {});
      continue;
    }
    if (!IsValidUtf8(*text)) {
      v1::StreamError error;
      error.set_code(static_cast<int>(StatusCode::kInvalidArgument));
      error.set_reason("TEXT_NOT_UTF8");
      error.set_message("the text is not valid UTF-8");
      printer.Fail(line, *text, error);
      continue;
    }
    ASSIGN_OR_RETURN(const Matches matches, FindExact(client, flags, *text));
    printer.Answer(*text, matches);
  }
}

Status LookupLines(const LookupFlags& flags, client::Client& client,
                   client::LineReader& lines, LookupPrinter& printer) {
  client::DocumentReader document(lines);
  const auto next = [&](const std::stop_token& stop)
      -> StatusOr<std::optional<v1::LookupSegmentRequest>> {
    if (!flags.document) {
      ASSIGN_OR_RETURN(const std::optional<std::string> text, lines.Next(stop));
      if (!text.has_value()) return std::optional<v1::LookupSegmentRequest>();
      return std::optional(MakeRequest(flags, *text));
    }
    ASSIGN_OR_RETURN(const std::optional<client::DocumentLine> line,
                     document.Next(stop));
    if (!line.has_value()) return std::optional<v1::LookupSegmentRequest>();
    return std::optional(MakeDocumentRequest(flags, *line));
  };
  int64_t line = 0;
  const auto take = [&](const v1::LookupSegmentRequest& request,
                        const v1::StreamLookupSegmentsResponse& response) {
    ++line;
    if (response.has_error()) {
      printer.Fail(line, request.query().text(), response.error());
    } else {
      printer.Answer(request.query().text(), response.matches());
    }
  };
  return client::StreamLookup(client, next, take);
}

StatusOr<ExitCode> LookupStandardInput(const LookupFlags& flags,
                                       Session& session) {
  ASSIGN_OR_RETURN(client::Client * client, session.Connect());
  const std::unique_ptr<client::ByteSource> source =
      client::MakeDescriptorSource(session.environment().in, "standard input");
  if (session.environment().in_is_terminal) {
    session.PrintNote("one segment a line; Ctrl-D ends");
  }
  client::LineReader lines(*source);
  LookupPrinter printer(session, flags);
  RETURN_IF_ERROR(flags.exact ? LookupExactLines(flags, *client, lines, printer)
                              : LookupLines(flags, *client, lines, printer));
  return printer.Result();
}

Status CheckFlags(const LookupFlags& flags) {
  if (flags.from.empty()) {
    return UsageError(
        "--from is missing: the language of the text, e.g. --from zh");
  }
  RETURN_IF_ERROR(CheckLanguage("--from", flags.from));
  RETURN_IF_ERROR(CheckLanguages("--to", flags.to));
  for (const std::string& text : flags.texts) {
    if (text.empty()) return UsageError("the text is empty");
    if (!IsValidUtf8(text)) return UsageError("the text is not valid UTF-8");
  }
  const bool context =
      !flags.previous.empty() || !flags.next.empty() || !flags.key.empty();
  if (context && flags.texts.size() != 1) {
    return UsageError("--previous, --next and --key go with one TEXT only");
  }
  if (flags.document && (!flags.texts.empty() || flags.exact)) {
    return UsageError("--context goes with standard input, without --exact");
  }
  return OkStatus();
}

StatusOr<ExitCode> RunLookup(LookupFlags flags, Session& session) {
  const Settings& settings = session.settings();
  if (flags.from.empty()) flags.from = settings.default_from.value_or("");
  if (flags.to.empty()) flags.to = settings.default_to;
  RETURN_IF_ERROR(CheckFlags(flags));
  ASSIGN_OR_RETURN(flags.scope, ScopeOf(flags.filter));
  return flags.texts.empty() ? LookupStandardInput(flags, session)
                             : LookupArguments(flags, session);
}

void AddContext(CLI::App& command, LookupFlags& flags) {
  command
      .add_option("--previous,--prev", flags.previous,
                  "The segment before the text")
      ->type_name("TEXT");
  command.add_option("--next", flags.next, "The segment after the text")
      ->type_name("TEXT");
  command.add_flag("--context", flags.document,
                   "The lines are a document: neighbours are context");
  command.add_option("--key", flags.key, "The text's key in its document")
      ->type_name("KEY");
}

}  // namespace

void AddLookup(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand("lookup", "Find translations");
  command->footer(
      "Examples:\n"
      "  tercet lookup --from zh --to en,es 两国签署了合作协定。\n"
      "  tercet lookup --memory press --from es --min-score 60 'Buenos días'\n"
      "  tercet lookup --from en --json < document.txt\n"
      "Exit code: 0 found, 1 nothing found; `tercet --help` has the others.");
  // Shared by the options and the command; lives as long as either.
  const auto flags = std::make_shared<LookupFlags>();
  command
      ->add_option("TEXT", flags->texts,
                   "What to look up; standard input, one segment a line, if "
                   "absent")
      ->type_name("");
  command->add_option("--from", flags->from, "The language of the text")
      ->type_name("LANGUAGE");
  command
      ->add_option("--to", flags->to,
                   "The languages wanted, e.g. en,es; all others if absent")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("LANGUAGE,...");
  CLI::Option* min_score = command
                               ->add_option("--min-score", flags->min_score,
                                            "The lowest score to show (70)")
                               ->check(CLI::Range(1, 100))
                               ->type_name("SCORE");
  command
      ->add_option("--max", flags->max,
                   "The most matches to show (5; with --exact all)")
      ->check(CLI::Range(1, kMostMatches))
      ->type_name("COUNT");
  command->add_flag("--exact", flags->exact, "Only the very same text")
      ->excludes(min_score);
  command->add_flag("--explain", flags->explain,
                    "Say how each score comes about");
  AddContext(*command, *flags);
  AddFilterOptions(*command, flags->filter);
  command->callback([&chosen, flags] {
    chosen.command = [flags](Session& s) { return RunLookup(*flags, s); };
  });
}

}  // namespace tercet::cli
