// gettext's PO, one entry at a time.
#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <utility>

#include "fmt/format.h"
#include "service/base/utf8.h"
#include "service/formats/bilingual_files.h"
#include "service/formats/code_match.h"
#include "service/formats/line_reader.h"
#include "service/formats/names.h"
#include "service/formats/po_entry.h"
#include "service/formats/po_text.h"
#include "service/model/limits.h"

namespace tercet {
namespace {

constexpr std::string_view kFuzzy = "fuzzy";
constexpr char kLineInvalid[] = "LINE_INVALID";

struct PoLayout final : PieceLayout {
  PoEntry entry;
  // Of each segment of the piece, the translations that are its targets.
  std::vector<std::vector<size_t>> targets;
};

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
                   std::span<const TargetFill> fills) const override;

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
    if (entry.HasFlag(kFuzzy)) {
      segment.state = TargetState::kDraft;
      segment.state_name = kFuzzy;
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
          if (comment.text != kFuzzy) {
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

// The codes of a target that are in the source, too, which has them as text.
class KnownCodes {
 public:
  KnownCodes(const Segment& target, std::string_view source)
      : codes_(target.codes), source_(source), known_(codes_.size()) {
    const CodeMatches partners = PairCodes(codes_);
    for (size_t i = 0; i < codes_.size(); ++i) {
      if (!partners[i].has_value()) {
        known_[i] = Take(i);
      } else if (i < *partners[i] && Take(i)) {
        // Both or none.
        known_[i] = known_[*partners[i]] = Take(*partners[i]);
        if (!known_[i]) --taken_[codes_[i].content];
      }
    }
  }

  bool Has(size_t i) const { return known_[i]; }

 private:
  bool Take(size_t i) {
    const std::string& content = codes_[i].content;
    if (content.empty() || codes_[i].content_is_xml) return false;
    int count = 0;
    for (size_t at = source_.find(content); at != std::string_view::npos;
         at = source_.find(content, at + content.size())) {
      ++count;
    }
    if (taken_[content] >= count) return false;
    ++taken_[content];
    return true;
  }

  const std::vector<InlineCode>& codes_;
  const std::string_view source_;
  std::map<std::string, int> taken_;
  std::vector<bool> known_;
};

// A target as PO has it: with the native codes in it, if `source` has them.
std::string PlainTextOf(const Segment& target, std::string_view source) {
  const KnownCodes known(target, source);
  std::string out;
  size_t written = 0;
  for (size_t i = 0; i < target.codes.size(); ++i) {
    const size_t offset =
        std::clamp<size_t>(target.codes[i].offset, written, target.text.size());
    out += std::string_view(target.text).substr(written, offset - written);
    if (known.Has(i)) out += target.codes[i].content;
    written = offset;
  }
  out += std::string_view(target.text).substr(written);
  return out;
}

// The flags of a line with or without `fuzzy`; empty where none is left.
std::string FlagsWith(std::string_view flags, bool fuzzy) {
  std::string out = fuzzy ? std::string(kFuzzy) : "";
  while (!flags.empty()) {
    const size_t comma = std::min(flags.find(','), flags.size());
    std::string_view flag = flags.substr(0, comma);
    flags.remove_prefix(std::min(comma + 1, flags.size()));
    while (flag.starts_with(' ')) flag.remove_prefix(1);
    while (flag.ends_with(' ')) flag.remove_suffix(1);
    if (flag.empty() || flag == kFuzzy) continue;
    if (!out.empty()) out += ", ";
    out += flag;
  }
  return out;
}

std::string KeywordOf(const PoEntry& entry, size_t i) {
  return entry.plural ? fmt::format("msgstr[{}]", i) : "msgstr";
}

std::string PoFile::Fill(const FilePiece& piece,
                         std::span<const TargetFill> fills) const {
  if (piece.layout == nullptr) return piece.bytes;
  const auto& layout = static_cast<const PoLayout&>(*piece.layout);
  const PoEntry& entry = layout.entry;
  std::vector<Edit> edits;
  bool fuzzy = false;
  std::string previous;
  for (const TargetFill& fill : fills) {
    if (!fill.target || entry.is_obsolete) continue;
    constexpr int kExactScore = 100;
    if (fill.score < kExactScore) {
      fuzzy = true;
      if (previous.empty()) previous = fill.fuzzy_source;
    }
    const std::string text =
        PlainTextOf(*fill.target, piece.segments[fill.segment].source.text);
    for (const size_t i : layout.targets[fill.segment]) {
      const PoString& old = entry.translations[i];
      edits.push_back({old.begin, old.end,
                       PoStatement(KeywordOf(entry, i), text, entry.line_end)});
    }
  }
  if (edits.empty()) return piece.bytes;
  bool has_flags = false;
  for (const PoComment& comment : entry.comments) {
    if (comment.kind == '|') {
      edits.push_back({comment.begin, comment.end, ""});
    } else if (comment.kind == ',') {
      const std::string flags = FlagsWith(comment.text, fuzzy && !has_flags);
      has_flags = true;
      edits.push_back({comment.begin, comment.end,
                       flags.empty() ? "" : "#, " + flags + entry.line_end});
    }
  }
  std::string added;
  if (fuzzy && !has_flags) added += "#, fuzzy" + entry.line_end;
  if (!previous.empty()) {
    std::string was = PoStatement("msgid", previous, entry.line_end);
    for (size_t at = 0; at < was.size();) {
      const size_t end = was.find('\n', at) + 1;
      added += "#| " + was.substr(at, end - at);
      at = end;
    }
  }
  const size_t at = entry.context ? entry.context->begin : entry.id->begin;
  if (!added.empty()) edits.push_back({at, at, std::move(added)});
  return ApplyEdits(piece.bytes, std::move(edits));
}

}  // namespace

std::unique_ptr<BilingualFile> MakePoFile(ByteSource& source,
                                          const ReadOptions& options) {
  return std::make_unique<PoFile>(source, options);
}

}  // namespace tercet
