// gettext's PO, one entry at a time.
#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "fmt/format.h"
#include "service/base/utf8.h"
#include "service/formats/bilingual_files.h"
#include "service/formats/line_reader.h"
#include "service/formats/names.h"
#include "service/formats/po_entry.h"
#include "service/formats/po_layout.h"
#include "service/model/limits.h"

namespace tercet {
namespace {

constexpr char kLineInvalid[] = "LINE_INVALID";

// The value of a field of the header; empty where it has none.
std::string_view HeaderField(std::string_view header, std::string_view name) {
  while (!header.empty()) {
    const size_t end = std::min(header.find('\n'), header.size());
    std::string_view line = header.substr(0, end);
    header.remove_prefix(std::min(end + 1, header.size()));
    if (line.size() <= name.size() || line[name.size()] != ':' ||
        !EqualsIgnoringCase(line.substr(0, name.size()), name)) {
      continue;
    }
    line.remove_prefix(name.size() + 1);
    while (line.starts_with(' ')) line.remove_prefix(1);
    return line;
  }
  return "";
}

// `3` of `nplurals=3; plural=...`; 0 where it does not say.
int PluralCount(std::string_view value) {
  constexpr std::string_view kName = "nplurals=";
  const size_t at = value.find(kName);
  if (at == std::string_view::npos) return 0;
  int count = 0;
  std::from_chars(value.data() + at + kName.size(), value.data() + value.size(),
                  count);
  return count;
}

// What a piece takes: each line that is wrong takes memory, too.
size_t SizeOf(const FilePiece& piece) {
  return piece.bytes.size() +
         piece.problems.size() * (sizeof(ReadProblem) + kExcerptBytes);
}

class PoFile final : public BilingualFile {
 public:
  PoFile(ByteSource& source, const ReadOptions& options)
      : lines_(source),
        source_language_(options.source_language()),
        target_language_(options.target_language()) {
    // What gettext's texts are in, unless something says otherwise.
    if (source_language_.empty()) source_language_ = *LanguageTag::Parse("en");
  }

  StatusOr<std::optional<FilePiece>> Next() override {
    if (ended_) return std::optional<FilePiece>();
    FilePiece piece;
    if (passing_.has_value()) return PassOver(std::move(piece));
    PoEntryBuilder builder;
    const std::string held = std::exchange(held_, std::string());
    if (std::exchange(held_is_too_long_, false)) {
      return BeginPassing(
          {.position = held_position_, .too_long = true, .beginning = held},
          builder, std::move(piece));
    }
    if (!held.empty()) Add(held, held_position_, builder, piece);
    while (true) {
      ASSIGN_OR_RETURN(const std::optional<Line> line, lines_.Next());
      if (!line) {
        ended_ = true;
        RETURN_IF_ERROR(CheckEnd(builder));
        RETURN_IF_ERROR(CheckCut(builder.entry()));
        break;
      }
      if (HoldIfNext(*line, builder)) break;
      if (line->too_long || SizeOf(piece) > kMaxReadBytes) {
        return BeginPassing(*line, builder, std::move(piece));
      }
      Add(line->raw, line->position, builder, piece);
    }
    TakeEntry(builder.entry(), piece);
    // A line that was left out may have been part of the translation.
    for (ReadProblem& problem : piece.problems) {
      if (problem.reason == kLineInvalid) {
        problem.of_file = piece.segments.empty();
      }
    }
    return std::optional<FilePiece>(std::move(piece));
  }

  std::string Fill(const FilePiece& piece,
                   std::span<const TargetFill> fills) const override {
    if (piece.layout == nullptr) return piece.bytes;
    return FillPo(piece, static_cast<const PoLayout&>(*piece.layout), fills);
  }

 private:
  void Add(std::string_view raw, const FilePosition& position,
           PoEntryBuilder& builder, FilePiece& piece) {
    if (!builder.Add(raw, piece.bytes.size(), position)) {
      // Only the last line has no end.
      if (!raw.ends_with('\n') && raw.find('"') != std::string_view::npos) {
        cut_line_ = position;
      }
      piece.problems.push_back(
          {.line = position.line,
           .offset = position.offset,
           .reason = kLineInvalid,
           .message = "the line is nothing that PO knows and was left out",
           .of_file = true,
           .excerpt = PrintableUtf8(raw, kExcerptBytes)});
    }
    piece.bytes += raw;
  }

  // Keeps a line that begins the next entry for that one.
  bool HoldIfNext(const Line& line, const PoEntryBuilder& builder) {
    const std::string_view text = line.too_long ? line.beginning : line.raw;
    if (!builder.BeginsNext(text)) return false;
    held_ = text;
    held_is_too_long_ = line.too_long;
    held_position_ = line.position;
    return true;
  }

  // An entry that is too large is passed over: its lines go on as they are.
  StatusOr<std::optional<FilePiece>> BeginPassing(const Line& line,
                                                  const PoEntryBuilder& builder,
                                                  FilePiece piece) {
    const FilePosition position =
        piece.bytes.empty() ? line.position : builder.entry().position;
    piece.problems = {{.line = position.line,
                       .offset = position.offset,
                       .reason = "UNIT_TOO_LARGE",
                       .message = fmt::format(
                           "the entry takes more than {} bytes", kMaxReadBytes),
                       .skipped = true}};
    has_entry_ = true;
    passing_.emplace();
    if (!builder.entry().translations.empty()) WaitForNext();
    TakePassed(line, piece);
    return PassOver(std::move(piece));
  }

  // From now on the next entry may begin.
  void WaitForNext() {
    if (passing_->has_strings()) return;
    passing_->Add("msgid \"\"\n", 0, {});
    passing_->Add("msgstr \"\"\n", 0, {});
  }

  void TakePassed(const Line& line, FilePiece& piece) {
    piece.is_cut = piece.is_cut || line.too_long;
    piece.bytes += line.raw;
    const std::string_view text = line.too_long ? line.beginning : line.text;
    const bool is_comment = text.starts_with('#') && !text.starts_with("#~");
    if (!is_comment && text.find("msgstr") < text.find('"')) WaitForNext();
  }

  StatusOr<std::optional<FilePiece>> PassOver(FilePiece piece) {
    while (piece.bytes.size() < kPieceBytes) {
      ASSIGN_OR_RETURN(const std::optional<Line> line, lines_.Next());
      ended_ = !line.has_value();
      if (ended_) break;
      if (HoldIfNext(*line, *passing_)) {
        passing_.reset();
        break;
      }
      TakePassed(*line, piece);
    }
    return std::optional<FilePiece>(std::move(piece));
  }

  Status CheckEnd(const PoEntryBuilder& builder) {
    has_entry_ = has_entry_ || builder.has_strings();
    if (has_entry_) return OkStatus();
    return MalformedFile({}, "this is no PO file: it has no msgid");
  }

  // A file that was cut off ends in a string, or before the translation of its
  // last entry: half an entry is none.
  Status CheckCut(const PoEntry& entry) const {
    const bool is_half = entry.id.has_value() && entry.translations.empty();
    if (!is_half && !cut_line_.has_value()) return OkStatus();
    return MalformedFile(cut_line_.value_or(entry.position),
                         "the file ends inside an entry; it was cut off");
  }

  void TakeEntry(const PoEntry& entry, FilePiece& piece) {
    if (!entry.id || entry.translations.empty()) return;
    has_entry_ = true;
    if (entry.id->text.empty() && !entry.context) {
      ReadHeader(entry, piece);
      return;
    }
    auto layout = std::make_unique<PoLayout>();
    layout->entry = entry;
    const size_t count = entry.translations.size();
    std::vector<size_t> all(count);
    for (size_t i = 0; i < count; ++i) all[i] = i;
    if (!entry.plural) {
      AddSegment(entry, *entry.id, {0}, *layout, piece);
    } else if (count == 1 || plural_count_ == 1) {
      // A language without a plural.
      AddSegment(entry, *entry.plural, all, *layout, piece);
    } else {
      AddSegment(entry, *entry.id, {0}, *layout, piece);
      all.erase(all.begin());
      AddSegment(entry, *entry.plural, all, *layout, piece);
    }
    piece.layout = std::move(layout);
  }

  void ReadHeader(const PoEntry& entry, FilePiece& piece) {
    const PoString& header = entry.translations.front();
    plural_count_ = PluralCount(HeaderField(header.text, "Plural-Forms"));
    SetLanguage(HeaderField(header.text, "Language"), entry, target_language_,
                piece);
    SetLanguage(HeaderField(header.text, "X-Source-Language"), entry,
                source_language_, piece);
    // What is UTF-8 now must say so.
    constexpr std::string_view kCharset = "charset=";
    const size_t at = piece.bytes.find(kCharset, header.begin);
    if (at == std::string::npos || at >= header.end) return;
    const size_t begin = at + kCharset.size();
    const size_t end = piece.bytes.find_first_of("\\\" ;\n", begin);
    if (end == std::string::npos ||
        EqualsIgnoringCase(
            std::string_view(piece.bytes).substr(begin, end - begin),
            "utf-8")) {
      return;
    }
    piece.bytes.replace(begin, end - begin, "UTF-8");
  }

  static void SetLanguage(std::string_view code, const PoEntry& entry,
                          LanguageTag& language, FilePiece& piece) {
    // `ca@valencia`: the part behind is no language.
    code = code.substr(0, code.find('@'));
    if (code.empty()) return;
    StatusOr<LanguageTag> read = LanguageTag::Parse(code);
    if (read.ok()) {
      language = *std::move(read);
      return;
    }
    piece.problems.push_back({.line = entry.position.line,
                              .offset = entry.position.offset,
                              .reason = "LANGUAGE_INVALID",
                              .message = std::string(MessageOf(read.status())),
                              .of_file = true});
  }

  void AddSegment(const PoEntry& entry, const PoString& source,
                  std::vector<size_t> targets, PoLayout& layout,
                  FilePiece& piece) const {
    BilingualSegment segment{.line = entry.position.line,
                             .offset = entry.position.offset,
                             .source_language = source_language_,
                             .target_language = target_language_};
    segment.source.text = source.text;
    for (const size_t i : targets) {
      const std::string& text = entry.translations[i].text;
      if (!text.empty()) segment.targets.push_back({.text = text, .codes = {}});
    }
    segment.is_translatable = !entry.is_obsolete;
    if (entry.HasFlag(kPoFuzzy)) {
      segment.state = TargetState::kDraft;
      segment.state_name = kPoFuzzy;
    } else if (!segment.targets.empty()) {
      segment.state = TargetState::kTranslated;
    }
    AddContext(entry, segment);
    AddComments(entry, segment);
    piece.segments.push_back(std::move(segment));
    layout.targets.push_back(std::move(targets));
  }

  static void AddContext(const PoEntry& entry, BilingualSegment& segment) {
    if (entry.is_obsolete) {
      segment.properties.push_back({.type = "x-po-obsolete", .value = "yes"});
    }
    if (!entry.context) return;
    segment.unit_id = entry.context->text;
    if (entry.context->text.size() <= kMaxNameBytes) {
      segment.key = entry.context->text;
    } else {
      segment.properties.push_back(
          {.type = "x-po-context", .value = entry.context->text});
    }
  }

  static void AddComments(const PoEntry& entry, BilingualSegment& segment) {
    for (const PoComment& comment : entry.comments) {
      if (comment.text.empty()) continue;
      switch (comment.kind) {
        case ':':
          segment.properties.push_back(
              {.type = "x-po-reference", .value = comment.text});
          break;
        case ',':
          if (comment.text != kPoFuzzy) {
            segment.properties.push_back(
                {.type = "x-po-flags", .value = comment.text});
          }
          break;
        case '|':
          break;  // What the text was once.
        default:
          segment.notes.push_back(comment.text);
          break;
      }
    }
  }

  LineReader lines_;
  LanguageTag source_language_;
  LanguageTag target_language_;
  int plural_count_ = 0;
  // While an entry that is too large is passed over: tells where the next one
  // begins.
  std::optional<PoEntryBuilder> passing_;
  std::string held_;               // The first line of the next entry, ...
  bool held_is_too_long_ = false;  // ... or its beginning.
  FilePosition held_position_;
  std::optional<FilePosition> cut_line_;  // The last, if no string ends there.
  bool has_entry_ = false;
  bool ended_ = false;
};

}  // namespace

std::unique_ptr<BilingualFile> MakePoFile(ByteSource& source,
                                          const ReadOptions& options) {
  return std::make_unique<PoFile>(source, options);
}

}  // namespace tercet
