#include "service/formats/source_segments.h"

#include <algorithm>
#include <deque>
#include <iterator>
#include <limits>
#include <string>
#include <utility>

#include "service/base/utf8.h"
#include "service/formats/decompress.h"
#include "service/formats/detect_format.h"
#include "service/formats/peek_source.h"
#include "service/formats/source_text.h"
#include "service/formats/utf8_source.h"
#include "service/text/icu.h"
#include "service/text/language.h"

namespace tercet {
namespace {

struct FormatWord {
  std::string_view word;
  SourceFormat format;
};
constexpr FormatWord kNames[] = {{"text", SourceFormat::kText},
                                 {"tmx", SourceFormat::kTmx},
                                 {"xliff", SourceFormat::kXliff},
                                 {"po", SourceFormat::kPo}};

// A file without its compression, whose beginning can be looked at.
class OpenFile final : public ByteSource {
 public:
  explicit OpenFile(ByteSource& source)
      : unpacked_(MakeDecompressingSource(source)), peek_(*unpacked_) {}

  std::string_view Peek() { return peek_.Peek(kSourceHeadBytes); }
  StatusOr<std::string_view> Read() override { return peek_.Read(); }

 private:
  const std::unique_ptr<ByteSource> unpacked_;
  PeekSource peek_;
};

constexpr int64_t kAnywhere = std::numeric_limits<int64_t>::max();

// The first that is not empty.
LanguageTag FirstOf(const LanguageTag& a, const LanguageTag& b) {
  return a.empty() ? b : a;
}

// The variant to translate from.
const Variant* FindSource(const Unit& unit, const LanguageTag& wanted) {
  if (wanted.empty()) return &SourceVariant(unit);
  const Language language = ResolveLanguage(wanted);
  const Variant* same_base = nullptr;
  for (const Variant& variant : unit.variants) {
    const Language other = ResolveLanguage(variant.language);
    if (other == language) return &variant;
    if (other.base == language.base && same_base == nullptr) {
      same_base = &variant;
    }
  }
  return same_base;
}

Status UnknownSource(const LanguageTag& target) {
  return MakeError(StatusCode::kInvalidArgument,
                   "nothing says what language to translate from: the first "
                   "text of a unit is in '" +
                       target.code() + "' itself",
                   {.reason = "FILE_LANGUAGE_UNKNOWN"});
}

class TmxSource final : public SourceReader {
 public:
  TmxSource(std::unique_ptr<OpenFile> source, const SourceOptions& options)
      : source_(std::move(source)),
        options_(options),
        reader_(
            MakeReader(FileFormat::kTmx, *source_, ReadOptionsOf(options))) {}

  StatusOr<std::optional<SourceItem>> Next() override {
    while (true) {
      ASSIGN_OR_RETURN(std::optional<ReadItem> item, reader_->Next());
      if (!item.has_value()) return std::optional<SourceItem>();
      if (auto* problem = std::get_if<ReadProblem>(&*item)) {
        return std::optional<SourceItem>(std::move(*problem));
      }
      auto& read = std::get<ReadUnit>(*item);
      const Variant* source = FindSource(read.unit, options_.source_language);
      if (source == nullptr) return std::optional<SourceItem>(Lacking(read));
      if (IsBlank(source->segment.text)) continue;
      const LanguageTag target =
          FirstOf(options_.target_language, options_.default_target_language);
      // As of a file whose source is `*all*`.
      if (options_.source_language.empty() && !target.empty() &&
          IsIn(source->language, target)) {
        return UnknownSource(target);
      }
      return std::optional<SourceItem>(
          SourceSegment{.line = read.line,
                        .source_language =
                            FirstOf(options_.source_language, source->language),
                        .target_language = target,
                        .source = source->segment,
                        .context = std::move(read.unit.origin)});
    }
  }

 private:
  ReadProblem Lacking(const ReadUnit& read) const {
    return {
        .line = read.line,
        .reason = "SOURCE_MISSING",
        .message = "the unit has no text in " + options_.source_language.code(),
        .skipped = true};
  }

  const std::unique_ptr<OpenFile> source_;
  const SourceOptions options_;
  const std::unique_ptr<UnitReader> reader_;
};

// Sentences of plain text.
class PlainTextSource final : public SourceReader {
 public:
  PlainTextSource(std::unique_ptr<OpenFile> source,
                  const SourceOptions& options)
      : source_(std::move(source)),
        source_language_(
            FirstOf(options.source_language, options.default_source_language)),
        target_language_(
            FirstOf(options.target_language, options.default_target_language)),
        utf8_(*source_, /*declared=*/"",
              {ResolveLanguage(source_language_).base}),
        text_(utf8_, ResolveLanguage(source_language_).base,
              options.is_wrapped) {}

  StatusOr<std::optional<SourceItem>> Next() override {
    while (true) {
      if (!problems_.empty()) {
        ReadProblem problem = std::move(problems_.front());
        problems_.pop_front();
        return std::optional<SourceItem>(std::move(problem));
      }
      if (std::optional<SourceSegment> segment = queue_.Pop()) {
        return std::optional<SourceItem>(*std::move(segment));
      }
      if (ended_) return std::optional<SourceItem>();
      RETURN_IF_ERROR(Read());
    }
  }

 private:
  Status Read() {
    ASSIGN_OR_RETURN(std::optional<Paragraph> paragraph, text_.Next());
    if (!paragraph.has_value()) {
      ended_ = true;
      queue_.Finish();
      return OkStatus();
    }
    if (paragraph->problem.has_value()) {
      problems_.push_back(*std::move(paragraph->problem));
    }
    while (auto problem = utf8_.TakeProblem(kAnywhere)) {
      problems_.push_back(*std::move(problem));
    }
    for (TextSentence& sentence : paragraph->sentences) {
      queue_.Push({.line = sentence.line,
                   .source_language = source_language_,
                   .target_language = target_language_,
                   .source = {.text = std::move(sentence.text)}});
    }
    return OkStatus();
  }

  const std::unique_ptr<OpenFile> source_;
  const LanguageTag source_language_;
  const LanguageTag target_language_;
  Utf8Source utf8_;
  SourceTextReader text_;
  NeighbourQueue queue_;
  std::deque<ReadProblem> problems_;
  bool ended_ = false;
};

// XLIFF and PO.
class BilingualSource final : public SourceReader {
 public:
  BilingualSource(std::unique_ptr<OpenFile> source, SourceFormat format,
                  const SourceOptions& options)
      : source_(std::move(source)),
        options_(options),
        format_(format),
        file_(MakeBilingualFile(format == SourceFormat::kXliff
                                    ? FileFormat::kXliff
                                    : FileFormat::kPo,
                                *source_, ReadOptionsOf(options))) {}

  StatusOr<std::optional<SourceItem>> Next() override {
    while (items_.empty()) {
      if (ended_) return std::optional<SourceItem>();
      RETURN_IF_ERROR(Read());
    }
    SourceItem item = std::move(items_.front());
    items_.pop_front();
    return std::optional<SourceItem>(std::move(item));
  }

 private:
  Status Read() {
    ASSIGN_OR_RETURN(std::optional<FilePiece> piece, file_->Next());
    if (piece.has_value()) {
      RETURN_IF_ERROR(Take(*std::move(piece)));
    } else {
      ended_ = true;
      queue_.Finish();
    }
    while (std::optional<SourceSegment> segment = queue_.Pop()) {
      items_.emplace_back(*std::move(segment));
    }
    return OkStatus();
  }

  Status Take(FilePiece piece) {
    for (ReadProblem& problem : piece.problems) {
      items_.emplace_back(std::move(problem));
    }
    for (const BilingualSegment& read : piece.segments) {
      if (IsBlank(read.source.text)) continue;
      // An obsolete entry of PO is no part of the job.
      if (format_ == SourceFormat::kPo && !read.is_translatable) continue;
      ASSIGN_OR_RETURN(SourceSegment segment, SourceSegmentOf(read, options_));
      if (IsRunningText(format_)) {
        queue_.Push(std::move(segment));
      } else {
        items_.emplace_back(std::move(segment));
      }
    }
    return OkStatus();
  }

  const std::unique_ptr<OpenFile> source_;
  const SourceOptions options_;
  const SourceFormat format_;
  const std::unique_ptr<BilingualFile> file_;
  NeighbourQueue queue_;
  std::deque<SourceItem> items_;
  bool ended_ = false;
};

Status UnknownFormat() {
  return MakeError(StatusCode::kInvalidArgument,
                   "this is no file to translate: neither plain text nor TMX, "
                   "XLIFF or PO",
                   {.reason = "FILE_FORMAT_UNKNOWN"});
}

Status UnknownLanguage() {
  return MakeError(StatusCode::kInvalidArgument,
                   "nothing says what language the text is in",
                   {.reason = "FILE_LANGUAGE_UNKNOWN"});
}

// The first bytes as ASCII in lower case, whatever the encoding: what UTF-16
// puts between them is left out.
std::string Skeleton(std::string_view head) {
  std::string skeleton;
  for (const char c : head) {
    if (c == '\0' || static_cast<unsigned char>(c) >= 0x80) continue;
    skeleton += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return skeleton;
}

// Text has zeros only where each character takes two bytes or four.
bool IsBinary(std::string_view head) {
  const auto zeros = static_cast<size_t>(std::ranges::count(head, '\0'));
  return zeros > 0 && zeros * 3 < head.size();
}

bool IsMarkup(std::string_view head) {
  const std::string skeleton = Skeleton(head);
  std::string_view text = skeleton;
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  return text.starts_with("<?xml") || text.starts_with("<!") ||
         text.starts_with("<html");
}

}  // namespace

std::optional<SourceFormat> SourceFormatFromName(std::string_view name) {
  const auto* found = std::ranges::find(kNames, name, &FormatWord::word);
  if (found == std::end(kNames)) return std::nullopt;
  return found->format;
}

std::optional<SourceFormat> DetectSourceFormat(std::string_view head) {
  if (IsBinary(head)) return std::nullopt;
  const std::optional<FileFormat> format = DetectFormat(head, "", {});
  if (format == FileFormat::kTmx) return SourceFormat::kTmx;
  if (format == FileFormat::kXliff) return SourceFormat::kXliff;
  if (format == FileFormat::kPo) return SourceFormat::kPo;
  if (IsMarkup(head)) return std::nullopt;
  return SourceFormat::kText;
}

StatusOr<SourceSegment> SourceSegmentOf(const BilingualSegment& segment,
                                        const SourceOptions& options) {
  SourceSegment source{
      .line = segment.line,
      .source_language = FirstOf(
          options.source_language,
          FirstOf(segment.source_language, options.default_source_language)),
      .target_language = FirstOf(
          options.target_language,
          FirstOf(segment.target_language, options.default_target_language)),
      .source = segment.source,
      .context = {.document = segment.document, .key = segment.key},
      .is_locked = !segment.is_translatable};
  if (source.source_language.empty()) return UnknownLanguage();
  source.is_translated =
      segment.state != TargetState::kDraft &&
      std::ranges::any_of(segment.targets, [](const Segment& target) {
        return !IsBlank(target.text);
      });
  return source;
}

ReadOptions ReadOptionsOf(const SourceOptions& options) {
  return {
      .default_languages = {options.source_language, options.target_language},
      .charset = {}};
}

bool IsBlank(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const char32_t c = DecodeUtf8(text, &at);
    if (unicode::Classify(c) != unicode::CharClass::kSpace) return false;
  }
  return true;
}

StatusOr<std::unique_ptr<SourceReader>> OpenSourceReader(
    ByteSource& source, const SourceOptions& options) {
  auto file = std::make_unique<OpenFile>(source);
  const std::string_view head = file->Peek();
  const std::optional<SourceFormat> format =
      options.format.has_value() ? options.format : DetectSourceFormat(head);
  if (!format.has_value()) return UnknownFormat();
  if (format == SourceFormat::kTmx) {
    return std::make_unique<TmxSource>(std::move(file), options);
  }
  if (format != SourceFormat::kText) {
    return std::make_unique<BilingualSource>(std::move(file), *format, options);
  }
  if (FirstOf(options.source_language, options.default_source_language)
          .empty()) {
    return UnknownLanguage();
  }
  return std::make_unique<PlainTextSource>(std::move(file), options);
}

void NeighbourQueue::Push(SourceSegment segment) {
  if (last_.has_value()) {
    if (last_->context.document == segment.context.document) {
      segment.context.previous = last_->source.text;
      last_->context.next = segment.source.text;
    }
    ready_.push_back(*std::move(last_));
  }
  last_ = std::move(segment);
}

void NeighbourQueue::Finish() {
  if (last_.has_value()) ready_.push_back(*std::move(last_));
  last_.reset();
}

std::optional<SourceSegment> NeighbourQueue::Pop() {
  if (ready_.empty()) return std::nullopt;
  SourceSegment segment = std::move(ready_.front());
  ready_.pop_front();
  return segment;
}

}  // namespace tercet
