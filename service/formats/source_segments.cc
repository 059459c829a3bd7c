#include "service/formats/source_segments.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <string>
#include <utility>

#include "service/base/utf8.h"
#include "service/formats/source_text.h"
#include "service/formats/utf8_source.h"
#include "service/text/language.h"

namespace tercet {
namespace {

// So much of a file is looked at to tell what it is. XML may begin with a long
// comment; behind more it is not recognised.
constexpr size_t kHeadBytes = 16 * 1024;

struct FormatWord {
  std::string_view word;
  SourceFormat format;
};
constexpr FormatWord kNames[] = {{"text", SourceFormat::kText},
                                 {"tmx", SourceFormat::kTmx}};

// Gives the beginning of a source once more.
class PeekedSource final : public ByteSource {
 public:
  explicit PeekedSource(ByteSource& source) : source_(source) {}

  // REQUIRES: called once, before Read.
  StatusOr<std::string_view> Peek() {
    while (head_.size() < kHeadBytes) {
      ASSIGN_OR_RETURN(const std::string_view bytes, source_.Read());
      if (bytes.empty()) break;
      head_ += bytes;
    }
    return std::string_view(head_);
  }

  StatusOr<std::string_view> Read() override {
    if (std::exchange(is_read_, true) || head_.empty()) return source_.Read();
    return std::string_view(head_);
  }

 private:
  ByteSource& source_;
  std::string head_;
  bool is_read_ = false;
};

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

class TmxSource final : public SourceReader {
 public:
  TmxSource(std::unique_ptr<PeekedSource> source, const SourceOptions& options)
      : source_(std::move(source)),
        options_(options),
        reader_(MakeReader(FileFormat::kTmx, *source_)) {}

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
      return std::optional<SourceItem>(SourceSegment{
          .line = read.line,
          .source_language =
              FirstOf(options_.source_language, source->language),
          .target_language = FirstOf(options_.target_language,
                                     options_.default_target_language),
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

  const std::unique_ptr<PeekedSource> source_;
  const SourceOptions options_;
  const std::unique_ptr<UnitReader> reader_;
};

// Sentences of plain text.
class PlainTextSource final : public SourceReader {
 public:
  PlainTextSource(std::unique_ptr<PeekedSource> source,
                  const SourceOptions& options)
      : source_(std::move(source)),
        source_language_(
            FirstOf(options.source_language, options.default_source_language)),
        target_language_(
            FirstOf(options.target_language, options.default_target_language)),
        utf8_(*source_, ""),
        text_(utf8_, ResolveLanguage(source_language_).base,
              options.is_wrapped) {}

  StatusOr<std::optional<SourceItem>> Next() override {
    while (true) {
      if (problem_.has_value()) {
        return std::optional<SourceItem>(
            *std::exchange(problem_, std::nullopt));
      }
      constexpr int64_t kAll = std::numeric_limits<int64_t>::max();
      if (std::optional<ReadProblem> mended = utf8_.TakeProblem(kAll)) {
        return std::optional<SourceItem>(*std::move(mended));
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
    problem_ = std::move(paragraph->problem);
    for (TextSentence& sentence : paragraph->sentences) {
      queue_.Push({.line = sentence.line,
                   .source_language = source_language_,
                   .target_language = target_language_,
                   .source = {.text = std::move(sentence.text)}});
    }
    return OkStatus();
  }

  const std::unique_ptr<PeekedSource> source_;
  const LanguageTag source_language_;
  const LanguageTag target_language_;
  Utf8Source utf8_;
  SourceTextReader text_;
  NeighbourQueue queue_;
  std::optional<ReadProblem> problem_;
  bool ended_ = false;
};

Status UnknownFormat() {
  return MakeError(StatusCode::kInvalidArgument,
                   "this is no file to translate: neither plain text nor TMX",
                   {.reason = "FILE_FORMAT_UNKNOWN"});
}

// The first bytes as ASCII in lower case, whatever the encoding: what UTF-16
// puts between them is left out.
std::string Skeleton(std::string_view head) {
  std::string skeleton;
  for (const char c : head.substr(0, kHeadBytes)) {
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

// The local name of the first element; empty where there is none.
std::string_view RootName(std::string_view xml) {
  size_t at = 0;
  while ((at = xml.find('<', at)) != std::string_view::npos) {
    if (xml.substr(at).starts_with("<!--")) {
      at = std::min(xml.find("-->", at), xml.size());
    } else if (xml.substr(at).starts_with("<!") ||
               xml.substr(at).starts_with("<?")) {
      ++at;
    } else {
      const size_t end = xml.find_first_of(" \t\r\n/>", at);
      std::string_view name = xml.substr(at + 1, end - at - 1);
      return name.substr(name.rfind(':') + 1);
    }
  }
  return {};
}

}  // namespace

std::optional<SourceFormat> SourceFormatFromName(std::string_view name) {
  const auto* found = std::ranges::find(kNames, name, &FormatWord::word);
  if (found == std::end(kNames)) return std::nullopt;
  return found->format;
}

std::string_view SourceFormatName(SourceFormat format) {
  return std::ranges::find(kNames, format, &FormatWord::format)->word;
}

std::optional<SourceFormat> DetectSourceFormat(std::string_view head) {
  if (IsBinary(head)) return std::nullopt;
  const std::string skeleton = Skeleton(head);
  std::string_view text = skeleton;
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  const bool is_markup = text.starts_with("<?xml") || text.starts_with("<!") ||
                         text.starts_with("<html") || text.starts_with("<tmx");
  if (!is_markup) return SourceFormat::kText;
  if (RootName(text) == "tmx") return SourceFormat::kTmx;
  return std::nullopt;
}

StatusOr<std::unique_ptr<SourceReader>> OpenSourceReader(
    ByteSource& source, const SourceOptions& options) {
  auto peeked = std::make_unique<PeekedSource>(source);
  ASSIGN_OR_RETURN(const std::string_view head, peeked->Peek());
  const std::optional<SourceFormat> format =
      options.format.has_value() ? options.format : DetectSourceFormat(head);
  if (!format.has_value()) return UnknownFormat();
  if (format == SourceFormat::kTmx) {
    return std::make_unique<TmxSource>(std::move(peeked), options);
  }
  if (FirstOf(options.source_language, options.default_source_language)
          .empty()) {
    return MakeError(StatusCode::kInvalidArgument,
                     "nothing says what language the text is in",
                     {.reason = "FILE_LANGUAGE_UNKNOWN"});
  }
  return std::make_unique<PlainTextSource>(std::move(peeked), options);
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
