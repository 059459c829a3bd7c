#include "client/cli/moses_input.h"

#include <fmt/format.h>

#include <cstddef>
#include <filesystem>
#include <string_view>
#include <utility>

#include "client/cli/exit_code.h"
#include "client/cli/language_argument.h"
#include "service/base/utf8.h"

namespace tercet::cli {
namespace {

constexpr char kMoses[] = "moses";
constexpr size_t kMaxProblemsTold = 1000;  // What the server takes.
constexpr size_t kMaxPathBytes = 1000;

bool IsFile(const std::string& path) {
  std::error_code error;
  return std::filesystem::exists(path, error);
}

bool HasLanguage(const std::string& typed) {
  return typed.find('=') != std::string::npos && !IsFile(typed);
}

// `zh` of `news.zh` and of `news.zh.gz`.
std::string LanguageOfName(std::string_view path) {
  for (const std::string_view ending : {".gz", ".zst"}) {
    if (path.ends_with(ending)) path.remove_suffix(ending.size());
  }
  const size_t dot = path.rfind('.');
  return std::string(dot == std::string_view::npos ? "" : path.substr(dot + 1));
}

StatusOr<MosesFile> MosesFileOf(const std::string& typed) {
  if (HasLanguage(typed)) {
    const size_t middle = typed.find('=');
    MosesFile file = {.language = typed.substr(0, middle),
                      .path = typed.substr(middle + 1)};
    RETURN_IF_ERROR(CheckLanguage(fmt::format("'{}'", typed), file.language));
    return file;
  }
  MosesFile file = {.language = LanguageOfName(typed), .path = typed};
  if (!CheckLanguage("", file.language).ok()) {
    return UsageError(fmt::format(
        "'{}' does not say its language: give LANGUAGE={}", typed, typed));
  }
  return file;
}

v1::ImportProblem MessageOfProblem(const ReadProblem& found) {
  v1::ImportProblem problem;
  problem.set_file(PrintableUtf8(found.file, kMaxPathBytes));
  problem.set_line(found.line);
  problem.set_byte_offset(found.offset);
  problem.set_reason(found.reason);
  problem.set_message(found.message);
  return problem;
}

}  // namespace

StatusOr<std::vector<MosesFile>> MosesFilesOf(
    const std::vector<std::string>& typed, const std::string& format) {
  std::vector<MosesFile> files;
  if (format != kMoses && !HasLanguage(typed.front())) {
    for (const std::string& other : typed) {
      if (!HasLanguage(other)) continue;
      return UsageError(fmt::format(
          "'{}' is of the form LANGUAGE=FILE, others are not", other));
    }
    return files;
  }
  if (!format.empty() && format != kMoses) {
    return UsageError(fmt::format(
        "LANGUAGE=FILE is for Moses text, not for --format {}", format));
  }
  for (const std::string& one : typed) {
    if (format != kMoses && !HasLanguage(one)) {
      return UsageError(
          fmt::format("'{}' does not say its language: give LANGUAGE={}; "
                      "import other files with another command",
                      one, one));
    }
    ASSIGN_OR_RETURN(files.emplace_back(), MosesFileOf(one));
  }
  if (files.size() < 2) {
    return UsageError(
        "give two files of Moses text at least, for example "
        "en=news.en zh=news.zh");
  }
  return files;
}

std::string ShownNames(const std::vector<MosesFile>& files) {
  std::string names;
  for (const MosesFile& file : files) {
    names += fmt::format("{}{}", names.empty() ? "" : ", ", file.path);
  }
  return names;
}

StatusOr<std::unique_ptr<client::ByteSource>> OpenMosesInput(
    const std::vector<MosesFile>& files, v1::ImportConfig& config) {
  ASSIGN_OR_RETURN(std::unique_ptr<MosesSource> source,
                   MosesSource::Open(files));
  const std::vector<ReadProblem>& problems = source->problems();
  if (config.strict() && !problems.empty()) {
    const ReadProblem& first = problems.front();
    return MakeError(StatusCode::kInvalidArgument,
                     fmt::format("{}:{}: {}: {}", first.file, first.line,
                                 first.reason, first.message),
                     {.reason = "FILE_MALFORMED"});
  }
  const size_t told = problems.size() > kMaxProblemsTold ? kMaxProblemsTold - 1
                                                         : problems.size();
  for (size_t i = 0; i < told; ++i) {
    *config.add_problems() = MessageOfProblem(problems[i]);
  }
  if (told < problems.size()) {
    v1::ImportProblem& rest = *config.add_problems();
    rest = MessageOfProblem(problems[told]);
    rest.set_message(fmt::format("{}; likewise in {} more places",
                                 rest.message(), problems.size() - told - 1));
  }
  return std::unique_ptr<client::ByteSource>(std::move(source));
}

}  // namespace tercet::cli
