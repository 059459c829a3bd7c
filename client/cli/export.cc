// tercet export
#include "client/lib/export.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "client/cli/commands.h"
#include "client/cli/filter_options.h"
#include "client/cli/json_shapes.h"
#include "client/cli/language_argument.h"
#include "client/cli/names.h"
#include "client/cli/output/human.h"
#include "client/job/moses_sink.h"
#include "client/lib/byte_sink.h"
#include "service/base/utf8.h"
#include "service/formats/compress.h"

namespace tercet::cli {
namespace {

constexpr char kStandardOutput[] = "-";

struct ExportFlags {
  std::string memory;
  std::string format;
  std::string output = kStandardOutput;
  std::vector<std::string> languages;
  std::string compression;
  FilterFlags filter;
  std::vector<std::string> phrases;
  std::string phrase_form = "folded";
  std::string phrase_language;
  bool verbose = false;
};

// By the option, else by the file's name.
v1::Compression CompressionOf(const ExportFlags& flags) {
  const std::string& path = flags.output;
  if (flags.compression == "gzip" ||
      (flags.compression.empty() && path.ends_with(".gz"))) {
    return v1::GZIP;
  }
  if (flags.compression == "zstd" ||
      (flags.compression.empty() && path.ends_with(".zst"))) {
    return v1::ZSTD;
  }
  return v1::COMPRESSION_UNSPECIFIED;
}

// `press.tmx` of `press.tmx.gz`.
std::string WithoutCompression(const std::string& path) {
  for (const std::string_view ending : {".gz", ".zst"}) {
    if (path.ends_with(ending)) {
      return path.substr(0, path.size() - ending.size());
    }
  }
  return path;
}

// The phrases that --query asks for.
Status SetQuery(const ExportFlags& flags, v1::ExportUnitsRequest& request) {
  if (flags.phrases.empty()) return OkStatus();
  v1::TextCondition& condition = *request.add_conditions();
  for (const std::string& phrase : flags.phrases) {
    if (!IsValidUtf8(phrase)) {
      return UsageError("--query is not valid UTF-8");
    }
    condition.add_phrases(phrase);
  }
  condition.set_form(SearchFormOfName(flags.phrase_form));
  if (flags.phrase_language.empty()) return OkStatus();
  condition.set_language_code(flags.phrase_language);
  return CheckLanguage("--query-in", flags.phrase_language);
}

StatusOr<v1::ExportUnitsRequest> RequestOf(const ExportFlags& flags) {
  v1::ExportUnitsRequest request;
  request.set_memory(MemoryName(flags.memory));
  const std::optional<v1::FileFormat> format =
      flags.format.empty() ? FormatOfPath(WithoutCompression(flags.output))
                           : FormatOfName(flags.format);
  if (!format.has_value()) {
    return UsageError(fmt::format(
        "cannot tell the format of '{}': give --format tmx, tsv, csv, jsonl or "
        "moses",
        flags.output));
  }
  request.set_format(*format);
  RETURN_IF_ERROR(CheckLanguages("--languages", flags.languages));
  *request.mutable_language_codes() = {flags.languages.begin(),
                                       flags.languages.end()};
  // The files of Moses text come as one stream, so they are compressed here.
  if (*format != v1::MOSES) request.set_compression(CompressionOf(flags));
  ASSIGN_OR_RETURN(*request.mutable_filter(), UnitFilterOf(flags.filter));
  RETURN_IF_ERROR(SetQuery(flags, request));
  return request;
}

Compression FileCompression(v1::Compression compression) {
  switch (compression) {
    case v1::GZIP:
      return Compression::kGzip;
    case v1::ZSTD:
      return Compression::kZstd;
    default:
      return Compression::kNone;
  }
}

// `news.en.gz`, `news.zh.gz` of `-o news --languages en,zh --compress gzip` and
// of `-o news.gz`.
StatusOr<std::vector<std::string>> MosesPaths(const ExportFlags& flags) {
  if (flags.output == kStandardOutput) {
    return UsageError(
        "Moses text is a file for each language: give -o PREFIX, for PREFIX.en "
        "and so on");
  }
  if (flags.languages.size() < 2) {
    return UsageError(
        "--format moses needs two languages at least: give --languages en,zh");
  }
  const v1::Compression compression = CompressionOf(flags);
  const std::string_view ending = compression == v1::GZIP   ? ".gz"
                                  : compression == v1::ZSTD ? ".zst"
                                                            : "";
  std::vector<std::string> paths;
  for (const std::string& language : flags.languages) {
    paths.push_back(fmt::format("{}.{}{}", WithoutCompression(flags.output),
                                language, ending));
    if (std::ranges::count(paths, paths.back()) > 1) {
      return UsageError(fmt::format("--languages has '{}' twice", language));
    }
  }
  return paths;
}

StatusOr<std::unique_ptr<client::ByteSink>> OpenOutput(const ExportFlags& flags,
                                                       v1::FileFormat format,
                                                       const Session& session) {
  if (format == v1::MOSES) {
    ASSIGN_OR_RETURN(const std::vector<std::string> paths, MosesPaths(flags));
    return MosesSink::Open(paths, FileCompression(CompressionOf(flags)));
  }
  if (flags.output != kStandardOutput) {
    return client::OpenFileSink(flags.output);
  }
  return client::MakeStreamSink(session.environment().out);
}

// What the format could not hold.
void ReportLosses(const client::ExportedAmount& amount, Session& session) {
  if (amount.left_out > 0) {
    session.PrintNote(
        fmt::format("{} left out: without a text in each of the languages",
                    FormatCounted(amount.left_out, "unit")));
  }
  if (amount.changed_texts > 0) {
    session.PrintNote(fmt::format("{} with line breaks, which became spaces",
                                  FormatCounted(amount.changed_texts, "text")));
  }
}

void Report(const ExportFlags& flags, const client::ExportedAmount& amount,
            Session& session) {
  const bool to_file = flags.output != kStandardOutput;
  // On standard output stands the file itself.
  if (session.settings().json && to_file) {
    session.PrintJson({{"file", flags.output},
                       {"memory", MemoryName(flags.memory)},
                       {"units", amount.units},
                       {"bytes", amount.bytes},
                       {"left_out", amount.left_out},
                       {"changed_texts", amount.changed_texts}});
    return;
  }
  if (to_file) {
    session.PrintNote(fmt::format("{}: {}, {}", flags.output,
                                  FormatCounted(amount.units, "unit"),
                                  FormatBytes(amount.bytes)));
  }
  ReportLosses(amount, session);
}

StatusOr<ExitCode> RunExport(const ExportFlags& flags, Session& session) {
  ASSIGN_OR_RETURN(const v1::ExportUnitsRequest request, RequestOf(flags));
  if (request.format() == v1::MOSES) {
    RETURN_IF_ERROR(MosesPaths(flags).status());
  }
  ASSIGN_OR_RETURN(client::Client * client, session.Connect());
  ASSIGN_OR_RETURN(const std::unique_ptr<client::ByteSink> sink,
                   OpenOutput(flags, request.format(), session));
  ProgressMeter meter = session.MakeMeter(flags.memory, flags.verbose);
  const StatusOr<client::ExportedAmount> amount = client::ExportUnits(
      *client, request, *sink, [&meter](const client::ExportedAmount& so_far) {
        meter.Update({.bytes = so_far.bytes, .units = so_far.units});
      });
  meter.Clear();
  RETURN_IF_ERROR(amount.status());
  Report(flags, *amount, session);
  return ExitCode::kOk;
}

}  // namespace

void AddExport(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand("export", "Write a memory to a file");
  command->footer(
      "Examples:\n"
      "  tercet export --memory press -o press.tmx\n"
      "  tercet export --memory press --format tsv --languages zh,en | head\n"
      "  tercet export --memory press --import 7 -o new.tmx.gz\n"
      "  tercet export --memory press --query 'flood damage' -o floods.tsv\n"
      "  tercet export --memory press --format moses --languages en,zh -o "
      "news\n"
      "The file appears under its name when it is complete, not before.");
  // Shared by the options and the command; lives as long as either.
  const auto flags = std::make_shared<ExportFlags>();
  command->add_option("-m,--memory", flags->memory, "The memory")
      ->required()
      ->type_name("NAME");
  command
      ->add_option("--format", flags->format,
                   "The file's format; by its name if absent")
      ->check(CLI::IsMember({"tmx", "tsv", "csv", "jsonl", "moses"}))
      ->type_name("FORMAT");
  command
      ->add_option("-o,--output", flags->output,
                   "The file; standard output if absent or -; of Moses text\n"
                   "what stands before .en and so on")
      ->type_name("FILE");
  command
      ->add_option("--languages", flags->languages,
                   "Only these languages, e.g. zh,en")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("LANGUAGE,...");
  command
      ->add_option("--compress", flags->compression,
                   "Compress the file; as its name ends if absent")
      ->check(CLI::IsMember({"gzip", "zstd", "none"}));
  command
      ->add_option("--query", flags->phrases,
                   "Only units with this phrase, as `tercet search` finds it")
      ->allow_extra_args(false)
      ->type_name("PHRASE")
      ->group("Filters");
  command
      ->add_option("--query-in", flags->phrase_language,
                   "The phrase stands in a text in this language")
      ->type_name("LANGUAGE")
      ->group("Filters");
  command
      ->add_option("--query-form", flags->phrase_form,
                   "What counts as the same phrase")
      ->check(CLI::IsMember({"folded", "exact", "inflected"}))
      ->group("Filters");
  AddUnitFilterOptions(*command, flags->filter);
  command->add_flag("-v,--verbose", flags->verbose, "Show progress in a log");
  command->callback([&chosen, flags] {
    chosen.command = [flags](Session& s) { return RunExport(*flags, s); };
  });
}

}  // namespace tercet::cli
