// tercet analyze
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "client/cli/analysis_print.h"
#include "client/cli/commands.h"
#include "client/cli/filter_options.h"
#include "client/cli/job_file.h"
#include "client/job/job_analysis.h"
#include "client/job/segment_message.h"
#include "client/lib/parallel_lookup.h"

namespace tercet::cli {
namespace {

// So many segments are looked up together.
constexpr size_t kWindow = 2000;

struct AnalyzeFlags {
  std::vector<std::string> files;
  JobFileFlags input;
  FilterFlags filter;
  std::string format;
  bool no_memory = false;
  bool internal = false;
  bool exact_first = false;
  bool all = false;
  bool verbose = false;
};

// One run over all files.
class Analyzer {
 public:
  // `client` is null where no memory is to be asked.
  Analyzer(const AnalyzeFlags& flags, Scope scope, client::Client* client,
           Session& session)
      : flags_(flags),
        scope_{.parent = std::move(scope.parent),
               .filter = std::move(scope.filter),
               .min_score = kLeastBandScore,
               .max_matches = 1},
        client_(client),
        session_(session),
        problems_(session, flags.verbose),
        analysis_({.internal_matches = flags.internal,
                   .exact_before_repetition = flags.exact_first,
                   .count_translated = flags.all}) {}

  Status AddFile(const std::string& path, const SourceOptions& options) {
    ASSIGN_OR_RETURN(const std::unique_ptr<JobFile> file,
                     JobFile::Open(path, options, session_));
    analysis_.BeginFile(path == "-" ? "standard input" : path);
    ProgressMeter meter =
        session_.MakeMeter(analysis_.files().back().name, flags_.verbose);
    const Status status = AddSegments(path, *file, meter);
    meter.Clear();
    return status;
  }

  const JobAnalysis& analysis() const { return analysis_; }
  ExitCode Finish() { return problems_.Finish(); }

 private:
  Status AddSegments(const std::string& path, JobFile& file,
                     ProgressMeter& meter) {
    int64_t segments = 0;
    bool ended = false;
    while (!ended) {
      std::vector<SourceSegment> window;
      while (window.size() < kWindow) {
        ASSIGN_OR_RETURN(std::optional<SourceItem> item, file.Next());
        ended = !item.has_value();
        if (ended) break;
        if (const auto* problem = std::get_if<ReadProblem>(&*item)) {
          meter.Clear();
          problems_.Add(path, *problem);
          continue;
        }
        window.push_back(std::get<SourceSegment>(*std::move(item)));
      }
      RETURN_IF_ERROR(AddWindow(path, window));
      segments += static_cast<int64_t>(window.size());
      meter.Update({.bytes = file.bytes_read(),
                    .total_bytes = file.total_bytes(),
                    .units = segments});
    }
    return OkStatus();
  }

  bool IsAsked(const SourceSegment& segment) const {
    return client_ != nullptr && !segment.is_locked &&
           (!segment.is_translated || flags_.all);
  }

  Status AddWindow(const std::string& path,
                   const std::vector<SourceSegment>& window) {
    std::vector<v1::LookupSegmentRequest> requests;
    for (const SourceSegment& segment : window) {
      if (IsAsked(segment)) requests.push_back(LookupRequest(segment, scope_));
    }
    std::vector<v1::StreamLookupSegmentsResponse> responses;
    if (!requests.empty()) {
      ASSIGN_OR_RETURN(responses, client::LookUpAll(*client_, requests));
    }
    size_t answered = 0;
    for (const SourceSegment& segment : window) {
      MemoryMatch match;
      if (IsAsked(segment)) {
        match = MatchOf(path, segment, responses[answered++]);
      }
      analysis_.Add(segment, match);
    }
    return OkStatus();
  }

  MemoryMatch MatchOf(const std::string& path, const SourceSegment& segment,
                      const v1::StreamLookupSegmentsResponse& response) {
    if (response.has_error()) {
      problems_.Add(path, {.line = segment.line,
                           .reason = response.error().reason(),
                           .message = response.error().message(),
                           .skipped = true});
    }
    if (response.matches().empty()) return {};
    const v1::Match& best = response.matches(0);
    return {.score = best.score(),
            .in_context = best.kind() == v1::Match::EXACT_IN_CONTEXT};
  }

  const AnalyzeFlags& flags_;
  const LookupScope scope_;
  client::Client* const client_;
  Session& session_;
  JobProblems problems_;
  JobAnalysis analysis_;
};

void PrintReport(const AnalyzeFlags& flags, const JobAnalysis& analysis,
                 Session& session) {
  const bool json = session.settings().json || flags.format == "json";
  if (json) {
    session.PrintJson(AnalysisJson(analysis));
  } else if (flags.format == "csv") {
    session.Print(AnalysisCsv(analysis));
  } else {
    session.Print(
        AnalysisTable(analysis, {.with_internal = flags.internal,
                                 .color = session.settings().color_out}));
  }
}

StatusOr<ExitCode> RunAnalyze(const AnalyzeFlags& flags, Session& session) {
  ASSIGN_OR_RETURN(const SourceOptions options,
                   SourceOptionsOf(flags.input, session.settings()));
  ASSIGN_OR_RETURN(Scope scope, ScopeOf(flags.filter));
  client::Client* client = nullptr;
  if (!flags.no_memory) {
    ASSIGN_OR_RETURN(client, session.Connect());
  }
  Analyzer analyzer(flags, std::move(scope), client, session);
  // A report of some of the files would be paid as one of all.
  for (const std::string& path : flags.files) {
    RETURN_IF_ERROR(analyzer.AddFile(path, options));
  }
  PrintReport(flags, analyzer.analysis(), session);
  return analyzer.Finish();
}

}  // namespace

void AddAnalyze(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand(
      "analyze", "Count what there is to translate, by how well it matches");
  command->footer(
      "Examples:\n"
      "  tercet analyze --from zh --to en --memory press *.txt\n"
      "  tercet analyze --internal --format csv job/*.xlf > job.csv\n"
      "  tercet analyze --no-memory --from es articulo.txt\n"
      "Reads plain text, which is cut into sentences, TMX, XLIFF and PO, also\n"
      "as .gz or .zst.");
  // Shared by the options and the command; lives as long as either.
  const auto flags = std::make_shared<AnalyzeFlags>();
  command
      ->add_option("FILE", flags->files,
                   "The files of the job, in order; - is standard input")
      ->required()
      ->type_name("");
  AddJobFileOptions(*command, flags->input);
  AddFilterOptions(*command, flags->filter);
  command->add_flag("--no-memory", flags->no_memory,
                    "Ask no memory: only what the files have in common");
  command->add_flag("--internal", flags->internal,
                    "Match segments with those before them in the files, too");
  command->add_flag("--exact-first", flags->exact_first,
                    "What a memory has exactly is no repetition");
  command->add_flag("--all", flags->all,
                    "Count what is translated already like the rest");
  command
      ->add_option("--format", flags->format, "How to print the report (table)")
      ->check(CLI::IsMember({"table", "csv", "json"}))
      ->type_name("FORMAT");
  command->add_flag("-v,--verbose", flags->verbose,
                    "Show every problem, and progress in a log");
  command->callback([&chosen, flags] {
    chosen.command = [flags](Session& s) { return RunAnalyze(*flags, s); };
  });
}

}  // namespace tercet::cli
