#include "client/job/moses_source.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <string_view>
#include <utility>

#include "client/job/input_source.h"
#include "fmt/format.h"
#include "service/formats/decompress.h"
#include "service/formats/line_reader.h"
#include "service/formats/names.h"
#include "service/formats/peek_source.h"
#include "service/formats/utf8_source.h"
#include "service/formats/zip_archive.h"

namespace tercet {
namespace {

constexpr std::string_view kZipMagic = "PK\x03\x04";

Status WrongLine(const MosesFile& file, int64_t line, std::string_view what) {
  return MakeError(
      StatusCode::kInvalidArgument,
      fmt::format("{}:{}: {}", file.path, line, what),
      {.reason = "FILE_MALFORMED",
       .metadata = {{"path", file.path}, {"line", std::to_string(line)}}});
}

// The error with the file's name, where it has none yet.
Status InFile(const MosesFile& file, const Status& error) {
  ErrorDetails details = GetDetails(error);
  if (details.metadata.contains("path")) return error;
  details.metadata["path"] = file.path;
  return MakeError(error.code(),
                   fmt::format("{}: {}", file.path, MessageOf(error)), details);
}

bool EndsInLanguage(std::string_view name, const std::string& language) {
  const std::string ending = "." + language;
  return name.size() > ending.size() &&
         EqualsIgnoringCase(name.substr(name.size() - ending.size()), ending);
}

// An opened file and, once StartArchive was called, one that is in it.
class Bytes final : public ByteSource {
 public:
  static StatusOr<std::unique_ptr<Bytes>> Open(const std::string& path) {
    ASSIGN_OR_RETURN(std::unique_ptr<client::ByteSource> input,
                     client::OpenFileSource(path));
    return std::unique_ptr<Bytes>(new Bytes(std::move(input)));
  }

  bool IsArchive() { return head_.Peek(kZipMagic.size()) == kZipMagic; }

  // The next file of the archive; nullopt at the end.
  StatusOr<std::optional<std::string>> NextFile() {
    if (archive_ == nullptr) archive_ = std::make_unique<ZipArchive>(head_);
    return archive_->NextFile();
  }

  StatusOr<std::string_view> Read() override {
    return archive_ == nullptr ? head_.Read() : guarded_->Read();
  }

  // REQUIRES: NextFile has found it.
  void Guard() {
    guarded_ = std::make_unique<ExpansionGuard>(*archive_, counted_);
  }

 private:
  explicit Bytes(std::unique_ptr<client::ByteSource> input)
      : input_(std::move(input)),
        source_(*input_),
        counted_(source_),
        head_(counted_) {}

  std::unique_ptr<client::ByteSource> input_;
  InputSource source_;
  CountingSource counted_;
  PeekSource head_;
  std::unique_ptr<ZipArchive> archive_;
  std::unique_ptr<ExpansionGuard> guarded_;
};

// Which file of an archive is meant.
StatusOr<std::string> NameInArchive(const MosesFile& file) {
  ASSIGN_OR_RETURN(const std::unique_ptr<Bytes> bytes, Bytes::Open(file.path));
  std::vector<std::string> names;
  std::vector<std::string> fitting;
  while (true) {
    ASSIGN_OR_RETURN(const std::optional<std::string> name, bytes->NextFile());
    if (!name.has_value()) break;
    if (!IsPlainArchiveName(*name) || IsHiddenArchiveName(*name)) continue;
    if (EndsInLanguage(*name, file.language)) fitting.push_back(*name);
    names.push_back(*name);
  }
  if (fitting.size() == 1) return fitting.front();
  if (fitting.size() > 1) {
    return DamagedArchive(fmt::format(
        "it has several files that end in '.{}': {}; unpack it, and import "
        "the files that belong together",
        file.language, fmt::join(fitting, ", ")));
  }
  if (names.size() == 1) return names.front();
  return DamagedArchive(
      fmt::format("it has {} files and none that ends in '.{}'", names.size(),
                  file.language));
}

StatusOr<std::unique_ptr<Bytes>> OpenBytes(const MosesFile& file) {
  ASSIGN_OR_RETURN(std::unique_ptr<Bytes> bytes, Bytes::Open(file.path));
  if (!bytes->IsArchive()) return bytes;
  ASSIGN_OR_RETURN(const std::string wanted, NameInArchive(file));
  while (true) {
    ASSIGN_OR_RETURN(const std::optional<std::string> name, bytes->NextFile());
    if (!name.has_value()) return DamagedArchive("a file of it has vanished");
    if (*name == wanted) break;
  }
  bytes->Guard();
  return bytes;
}

}  // namespace

// The lines of one file.
class MosesSource::File {
 public:
  static StatusOr<std::unique_ptr<File>> Open(const MosesFile& name) {
    StatusOr<std::unique_ptr<Bytes>> bytes = OpenBytes(name);
    if (!bytes.ok()) return InFile(name, bytes.status());
    return std::unique_ptr<File>(new File(name, *std::move(bytes)));
  }

  // The next line, with an LF at its end; nullopt at the end.
  StatusOr<std::optional<std::string_view>> Next() {
    const StatusOr<std::optional<Line>> line = lines_.Next();
    if (!line.ok()) return InFile(name_, line.status());
    if (!line->has_value()) return std::optional<std::string_view>();
    ++line_count_;
    if ((*line)->too_long) {
      return WrongLine(
          name_, line_count_,
          fmt::format("the line has more than {} bytes", kMaxReadBytes));
    }
    std::string_view text = (*line)->raw;
    if (!text.ends_with('\n')) {
      last_ = fmt::format("{}\n", text);
      text = last_;
    }
    return std::optional<std::string_view>(text);
  }

  // What was odd in the lines so far.
  void TakeProblems(std::vector<ReadProblem>& problems) {
    while (std::optional<ReadProblem> problem =
               text_.TakeProblem(std::numeric_limits<int64_t>::max())) {
      problem->file = name_.path;
      problems.push_back(*std::move(problem));
    }
  }

  int64_t line_count() const { return line_count_; }

 private:
  File(MosesFile name, std::unique_ptr<Bytes> bytes)
      : name_(std::move(name)),
        bytes_(std::move(bytes)),
        unpacked_(MakeDecompressingSource(*bytes_)),
        text_(*unpacked_, ""),
        lines_(text_) {}

  const MosesFile name_;
  std::unique_ptr<Bytes> bytes_;
  std::unique_ptr<tercet::ByteSource> unpacked_;
  Utf8Source text_;
  LineReader lines_;
  std::string last_;
  int64_t line_count_ = 0;
};

MosesSource::MosesSource(std::vector<MosesFile> files)
    : names_(std::move(files)) {}

MosesSource::~MosesSource() = default;

StatusOr<std::unique_ptr<MosesSource>> MosesSource::Open(
    std::vector<MosesFile> files) {
  std::unique_ptr<MosesSource> source(new MosesSource(std::move(files)));
  RETURN_IF_ERROR(source->Compare());
  for (const MosesFile& name : source->names_) {
    ASSIGN_OR_RETURN(source->files_.emplace_back(), File::Open(name));
  }
  return source;
}

Status MosesSource::Compare() {
  std::vector<int64_t> counts;
  for (const MosesFile& name : names_) {
    ASSIGN_OR_RETURN(const std::unique_ptr<File> file, File::Open(name));
    while (true) {
      ASSIGN_OR_RETURN(const std::optional<std::string_view> line,
                       file->Next());
      file->TakeProblems(problems_);
      if (!line.has_value()) break;
      total_bytes_ += static_cast<int64_t>(line->size());
    }
    counts.push_back(file->line_count());
  }
  const auto least = std::ranges::min_element(counts);
  const auto most = std::ranges::max_element(counts);
  if (*least == *most) return OkStatus();
  return WrongLine(
      names_[least - counts.begin()], *least + 1,
      fmt::format("the file ends before this line, but {} has {} lines; files "
                  "of Moses text must have as many lines as each other",
                  names_[most - counts.begin()].path, *most));
}

StatusOr<bool> MosesSource::AddRound() {
  size_t ended = 0;
  for (size_t i = 0; i < files_.size(); ++i) {
    ASSIGN_OR_RETURN(const std::optional<std::string_view> line,
                     files_[i]->Next());
    if (!line.has_value()) {
      ++ended;
      continue;
    }
    // Not so a moment ago.
    if (ended > 0) {
      return WrongLine(names_[i], files_[i]->line_count(),
                       "a file has changed while it was read");
    }
    ready_ += *line;
  }
  if (ended == 0) return true;
  if (ended == files_.size()) return false;
  return WrongLine(names_.back(), files_.back()->line_count() + 1,
                   "a file has changed while it was read");
}

StatusOr<size_t> MosesSource::Read(std::span<char> buffer,
                                   const std::stop_token& stop) {
  if (given_ == ready_.size()) {
    ready_.clear();
    given_ = 0;
  }
  while (ready_.size() - given_ < buffer.size() && !stop.stop_requested()) {
    ASSIGN_OR_RETURN(const bool more, AddRound());
    if (!more) break;
  }
  const size_t count = std::min(buffer.size(), ready_.size() - given_);
  std::copy_n(ready_.begin() + static_cast<ptrdiff_t>(given_), count,
              buffer.begin());
  given_ += count;
  return count;
}

}  // namespace tercet
