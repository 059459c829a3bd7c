#include "service/rpc/align_call.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "service/base/parallel.h"
#include "service/model/limits.h"
#include "service/release/align_releases.h"
#include "service/release/group_pages.h"
#include "service/rpc/align_output.h"
#include "service/rpc/convert_release.h"
#include "service/rpc/file_format.h"
#include "service/rpc/request_check.h"

namespace tercet {
namespace {

// Files that are read together, on all processors.
constexpr size_t kFilesAtOnce = 64;
constexpr size_t kBytesAtOnce = 32 * 1024 * 1024;

// All that one call may hold.
constexpr size_t kMaxFiles = 100'000;
constexpr size_t kMaxHeldBytes = size_t{512} * 1024 * 1024;

// Confirmed units of a memory that teach the lexicon; more teach little more.
constexpr size_t kMaxLessons = 50'000;

double Confidence(double value, RequestCheck& check) {
  if (!(value >= 0 && value <= 1)) {
    check.Add("config.min_confidence", "must be from 0 to 1");
  }
  return value;
}

// A format of the units; MOSES cannot hold those in two of three languages.
FileFormat UnitFormat(v1::FileFormat format, std::string_view field,
                      RequestCheck& check) {
  if (format == v1::MOSES) check.Add(field, "must not be MOSES");
  return FormatFromApi(format, field, check);
}

StatusOr<AlignPlan> ReadAlignConfig(Call& call, AlignStream& stream) {
  v1::AlignDocumentsRequest request;
  const bool has_message = stream.Read(&request);
  RETURN_IF_ERROR(call.CheckNow());
  if (!has_message || !request.has_config()) {
    return MakeError(StatusCode::kInvalidArgument,
                     "the first message of an alignment must have config set",
                     {.reason = "ALIGN_CONFIG_MISSING"});
  }
  call.CountRequest(request);
  const v1::AlignConfig& config = request.config();
  RequestCheck check;
  AlignPlan plan = {
      .min_confidence = Confidence(config.min_confidence(), check),
      .omit_beads = config.omit_beads(),
      .document = config.document()};
  if (!config.memory().empty()) {
    plan.memory_id = check.MemoryId("config.memory", config.memory());
  }
  if (config.unit_format() != v1::FILE_FORMAT_UNSPECIFIED) {
    plan.unit_format =
        UnitFormat(config.unit_format(), "config.unit_format", check);
    plan.review_format = *plan.unit_format;
  }
  if (config.review_format() != v1::FILE_FORMAT_UNSPECIFIED) {
    plan.review_format =
        UnitFormat(config.review_format(), "config.review_format", check);
  }
  if (config.document().size() > kMaxDocumentBytes) {
    check.Add("config.document",
              fmt::format("has {} bytes; the most is {}",
                          config.document().size(), kMaxDocumentBytes));
  }
  if (config.total_files() < 0) check.Add("config.total_files", "is negative");
  RETURN_IF_ERROR(check.status());
  return plan;
}

// The file as the domain has it, without its bytes.
StatusOr<SourcePage> ReadSource(const v1::SourceFile& file,
                                const AlignPlan& plan) {
  RequestCheck check;
  SourcePage source = {.file = file.name(), .document = file.document()};
  if (file.name().empty()) check.Add("file.name", "must be set");
  for (const auto& [field, text] :
       {std::pair<const char*, const std::string&>{"file.name", file.name()},
        {"file.document", file.document()}}) {
    if (text.size() > kMaxDocumentBytes) {
      check.Add(field, fmt::format("has {} bytes; the most is {}", text.size(),
                                   kMaxDocumentBytes));
    }
  }
  if (!file.language_code().empty()) {
    source.language =
        check.Language("file.language_code", file.language_code());
  }
  source.format = PageFormatFromApi(file.format(), check);
  RETURN_IF_ERROR(check.status());
  if (!plan.document.empty()) source.document = plan.document;
  return source;
}

size_t HeldBytes(const ReleasePage& page) {
  size_t bytes = page.title.size();
  for (const Block& block : page.blocks) {
    bytes += block.text.size() + sizeof(Block);
  }
  for (const Dropped& dropped : page.dropped) bytes += dropped.text.size();
  return bytes;
}

// Reads the pages as they come in.
class PageIntake {
 public:
  PageIntake(Call& call, const AlignPlan& plan, AlignStream& stream)
      : call_(call), plan_(plan), stream_(stream) {}

  Status ReadAll() {
    v1::AlignDocumentsRequest request;
    while (stream_.Read(&request)) {
      call_.CountRequest(request);
      RETURN_IF_ERROR(Add(std::move(request)));
    }
    RETURN_IF_ERROR(call_.CheckNow());
    return ReadWaiting();
  }

  std::vector<SourcePage> TakePages() { return std::move(pages_); }
  const std::vector<ReleaseProblem>& problems() const { return problems_; }
  int64_t file_count() const { return file_count_; }

 private:
  struct Waiting {
    SourcePage source;
    std::string bytes;
    std::string charset;
    Status status;
  };

  Status Add(v1::AlignDocumentsRequest request) {
    if (!request.has_file()) {
      return InvalidFields(
          {{.field = "file",
            .description = "must be set in every message but the first"}});
    }
    v1::SourceFile& file = *request.mutable_file();
    StatusOr<SourcePage> source = ReadSource(file, plan_);
    if (!source.ok()) {
      problems_.push_back({.file = file.name(),
                           .document = file.document(),
                           .reason = GetDetails(source.status()).reason,
                           .message = std::string(MessageOf(source.status()))});
    }
    if (++file_count_ > static_cast<int64_t>(kMaxFiles)) {
      return TooLarge(fmt::format("more than {} files", kMaxFiles));
    }
    if (!source.ok()) return OkStatus();
    waiting_bytes_ += file.content().size();
    waiting_.push_back({.source = *std::move(source),
                        .bytes = std::move(*file.mutable_content()),
                        .charset = std::move(*file.mutable_charset())});
    const bool full =
        waiting_.size() >= kFilesAtOnce || waiting_bytes_ >= kBytesAtOnce;
    return full ? ReadWaiting() : OkStatus();
  }

  Status ReadWaiting() {
    RETURN_IF_ERROR(
        ParallelFor(waiting_.size(), ProcessorCount(), [&](size_t i) {
          RETURN_IF_ERROR(call_.stop()());
          ReadOne(waiting_[i]);
          return OkStatus();
        }));
    for (Waiting& one : waiting_) Keep(one);
    waiting_.clear();
    waiting_bytes_ = 0;
    if (held_bytes_ > kMaxHeldBytes) {
      return TooLarge(fmt::format("more than {} bytes of text", kMaxHeldBytes));
    }
    return OkStatus();
  }

  static void ReadOne(Waiting& one) {
    StatusOr<ReleasePage> page =
        ReadPage({.name = one.source.file,
                  .bytes = one.bytes,
                  .format = one.source.format,
                  .charset = one.charset,
                  .language = one.source.language.code()});
    one.status = page.status();
    if (page.ok()) one.source.page = *std::move(page);
    one.bytes = std::string();
  }

  void Keep(Waiting& one) {
    if (!one.status.ok()) {
      problems_.push_back({.file = one.source.file,
                           .document = one.source.document,
                           .reason = GetDetails(one.status).reason,
                           .message = std::string(MessageOf(one.status))});
      return;
    }
    for (const std::string& warning : one.source.page.warnings) {
      problems_.push_back({.file = one.source.file,
                           .document = one.source.document,
                           .reason = "ENCODING_MENDED",
                           .message = warning,
                           .skipped = false});
    }
    held_bytes_ += HeldBytes(one.source.page);
    pages_.push_back(std::move(one.source));
  }

  static Status TooLarge(std::string_view what) {
    return MakeError(StatusCode::kResourceExhausted,
                     fmt::format("{} in one call; send them in parts", what),
                     {.reason = "RELEASES_TOO_LARGE"});
  }

  Call& call_;
  const AlignPlan& plan_;
  AlignStream& stream_;
  std::vector<Waiting> waiting_;
  size_t waiting_bytes_ = 0;
  size_t held_bytes_ = 0;
  int64_t file_count_ = 0;
  std::vector<SourcePage> pages_;
  std::vector<ReleaseProblem> problems_;
};

std::vector<LanguageTag> LanguagesOf(const std::vector<Release>& releases) {
  std::set<LanguageTag> languages;
  for (const Release& release : releases) {
    for (const SourcePage& version : release.versions) {
      languages.insert(version.language);
    }
  }
  return {languages.begin(), languages.end()};
}

// The memory's units; null where it is not to be asked.
StatusOr<std::unique_ptr<UnitWalk>> WalkLessons(const AlignContext& context,
                                                const AlignPlan& plan) {
  if (plan.memory_id.empty()) return std::unique_ptr<UnitWalk>();
  return context.database.WalkUnits(plan.memory_id);
}

// What the memory's confirmed units teach of these languages. Those that a
// machine has aligned do not: it would learn its own mistakes.
StatusOr<Lexicon> LearnFrom(UnitWalk* units,
                            const std::vector<LanguageTag>& languages,
                            const StopCheck& stop) {
  Lexicon lexicon;
  if (units == nullptr) return lexicon;
  std::set<std::string_view> wanted;
  for (const LanguageTag& tag : languages) wanted.insert(tag.language());
  for (size_t lessons = 0; lessons < kMaxLessons;) {
    RETURN_IF_ERROR(stop());
    ASSIGN_OR_RETURN(const std::optional<UnitEntry> entry, units->Next());
    if (!entry.has_value()) break;
    if (entry->unit.state != UnitState::kConfirmed) continue;
    std::vector<LanguageText> texts;
    for (const Variant& variant : entry->unit.variants) {
      if (!wanted.contains(variant.language.language())) continue;
      texts.push_back({variant.language.language(), variant.segment.text});
    }
    if (texts.size() < 2) continue;
    ++lessons;
    lexicon.Learn(texts);
  }
  return lexicon;
}

Status AddProblems(const std::vector<ReleaseProblem>& problems,
                   AlignOutput& output) {
  for (const ReleaseProblem& problem : problems) {
    RETURN_IF_ERROR(output.AddProblem(problem));
  }
  return OkStatus();
}

}  // namespace

Status AlignDocuments(const AlignContext& context, AlignStream& stream) {
  ASSIGN_OR_RETURN(const AlignPlan plan, ReadAlignConfig(context.call, stream));
  ASSIGN_OR_RETURN(const std::unique_ptr<UnitWalk> lessons,
                   WalkLessons(context, plan));
  PageIntake intake(context.call, plan, stream);
  RETURN_IF_ERROR(intake.ReadAll());
  GroupedPages grouped = GroupPages(intake.TakePages());
  const std::vector<LanguageTag> languages = LanguagesOf(grouped.releases);
  ASSIGN_OR_RETURN(Lexicon lexicon,
                   LearnFrom(lessons.get(), languages, context.call.stop()));
  AlignOutput output(context, plan, stream, languages);
  RETURN_IF_ERROR(AddProblems(intake.problems(), output));
  RETURN_IF_ERROR(AddProblems(grouped.problems, output));
  v1::AlignProgress progress;
  progress.set_files_read(intake.file_count());
  std::vector<ReleaseProblem> problems;
  RETURN_IF_ERROR(AlignReleases(
      std::move(grouped.releases),
      {.threads = ProcessorCount(),
       .lexicon = std::move(lexicon),
       .stop = context.call.stop(),
       .on_progress =
           [&](size_t done, size_t total) {
             progress.set_steps_done(static_cast<int64_t>(done));
             progress.set_steps_total(static_cast<int64_t>(total));
             output.Progress(progress);
           }},
      [&](const AlignedRelease& release) { return output.Take(release); },
      problems));
  RETURN_IF_ERROR(AddProblems(problems, output));
  return output.Finish(intake.file_count());
}

}  // namespace tercet
