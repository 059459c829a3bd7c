#include "client/cli/job_file.h"

#include <fmt/format.h>

#include <utility>

#include "client/cli/language_argument.h"
#include "client/cli/output/display_width.h"
#include "client/cli/output/human.h"

namespace tercet::cli {
namespace {

constexpr char kStandardInput[] = "-";
constexpr int kProblemsShown = 20;

StatusOr<LanguageTag> TagOf(std::string_view option, const std::string& code) {
  if (code.empty()) return LanguageTag();
  RETURN_IF_ERROR(CheckLanguage(option, code));
  StatusOr<LanguageTag> tag = LanguageTag::Parse(code);
  if (!tag.ok()) return UsageError(MessageOf(tag.status()));
  return tag;
}

}  // namespace

void AddJobLanguageOptions(CLI::App& command, JobFileFlags& flags) {
  command
      .add_option("--from", flags.from,
                  "The language of the files, if they do not name it, or "
                  "name a wrong one")
      ->type_name("LANGUAGE");
  command
      .add_option("--to", flags.to,
                  "The language to translate into, likewise; any if nothing "
                  "names it")
      ->type_name("LANGUAGE");
}

void AddJobFileOptions(CLI::App& command, JobFileFlags& flags) {
  AddJobLanguageOptions(command, flags);
  command
      .add_option("--as", flags.format,
                  "What the files are; by their content if absent")
      ->check(CLI::IsMember({"text", "tmx", "xliff", "po"}))
      ->type_name("FORMAT");
  command.add_flag("--wrapped", flags.wrapped,
                   "Text: only empty lines end a paragraph");
}

StatusOr<SourceOptions> SourceOptionsOf(const JobFileFlags& flags,
                                        const Settings& settings) {
  SourceOptions options = {.format = SourceFormatFromName(flags.format),
                           .is_wrapped = flags.wrapped};
  ASSIGN_OR_RETURN(options.source_language, TagOf("--from", flags.from));
  ASSIGN_OR_RETURN(options.target_language, TagOf("--to", flags.to));
  ASSIGN_OR_RETURN(options.default_source_language,
                   TagOf("from", settings.default_from.value_or("")));
  if (settings.default_to.size() == 1) {
    ASSIGN_OR_RETURN(options.default_target_language,
                     TagOf("to", settings.default_to.front()));
  }
  return options;
}

StatusOr<std::unique_ptr<client::ByteSource>> OpenJobInput(
    const std::string& path, const Session& session) {
  if (path != kStandardInput) return client::OpenFileSource(path);
  return client::MakeDescriptorSource(session.environment().in,
                                      "standard input");
}

StatusOr<std::unique_ptr<JobFile>> JobFile::Open(const std::string& path,
                                                 const SourceOptions& options,
                                                 const Session& session) {
  ASSIGN_OR_RETURN(std::unique_ptr<client::ByteSource> input,
                   OpenJobInput(path, session));
  std::unique_ptr<JobFile> file(new JobFile(path, std::move(input)));
  StatusOr<std::unique_ptr<SourceReader>> reader =
      OpenSourceReader(file->source_, options);
  if (!reader.ok()) return InFile(path, reader.status());
  file->reader_ = *std::move(reader);
  return file;
}

StatusOr<std::optional<SourceItem>> JobFile::Next() {
  StatusOr<std::optional<SourceItem>> item = reader_->Next();
  if (!item.ok()) return InFile(path_, item.status());
  return item;
}

Status InFile(const std::string& path, const Status& error) {
  if (error.ok() || !IsFileError(error)) return error;
  return MakeError(error.code(), fmt::format("{}: {}", path, MessageOf(error)),
                   GetDetails(error));
}

void JobProblems::Add(const std::string& path, const ReadProblem& problem) {
  if (problem.skipped) ++skipped_count_;
  if (!all_ && (!problem.skipped || skipped_count_ > kProblemsShown)) return;
  session_.PrintNote(fmt::format("{}:{}: {}: {}", Printable(path), problem.line,
                                 problem.reason, Printable(problem.message)));
}

ExitCode JobProblems::Finish() {
  if (skipped_count_ == 0) return ExitCode::kOk;
  session_.PrintNote(fmt::format("{} could not be read or looked up",
                                 FormatCounted(skipped_count_, "segment")));
  return ExitCode::kBadInput;
}

}  // namespace tercet::cli
