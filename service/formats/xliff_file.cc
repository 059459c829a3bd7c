// XLIFF 1.2 and 2.x, one translation unit at a time.
#include <map>
#include <utility>

#include "fmt/format.h"
#include "service/base/utf8.h"
#include "service/formats/bilingual_files.h"
#include "service/formats/date.h"
#include "service/formats/readers.h"
#include "service/formats/xliff_layout.h"
#include "service/formats/xliff_state.h"
#include "service/model/limits.h"
#include "service/text/language.h"

namespace tercet {
namespace {

constexpr size_t kShownBytes = 64;

// What tools of translators call a segment that nobody is to change.
bool IsLocked(const XmlEvent& event, std::string_view attribute) {
  const std::string_view value = FindAttribute(event, attribute).value_or("");
  return value == "true" || value == "locked";
}

// What of an element goes for all below it.
struct Scope {
  bool keeps_space = false;
  bool is_translatable = true;
};

Scope ScopeOf(const XmlEvent& event, Scope outer) {
  if (const auto space = FindAttribute(event, "xml:space")) {
    outer.keeps_space = *space == "preserve";
  }
  if (const auto translate = FindAttribute(event, "translate")) {
    outer.is_translatable = *translate != "no";
  }
  return outer;
}

// A unit while it is being read.
struct UnitDraft {
  Scope scope;
  std::string id;
  BilingualSegment common;  // What its segments share.
  std::string state_name;
  LanguageTag target_language;  // 1.2: where it is another than the file's.
  bool is_approved = false;
  bool keeps_space = false;  // The source says so.
  XliffNumbers numbers;
  XliffContent source;
  std::optional<XliffContent> seg_source;
  std::map<std::string, BilingualSegment, std::less<>> by_mark;  // Trados.
  std::map<std::string, XliffRange, std::less<>> state_tags;     // Trados.
};

class XliffFile final : public BilingualFile {
 public:
  XliffFile(ByteSource& source, const ReadOptions& options)
      : xml_(source), options_(options), cursor_(xml_, piece_.problems) {}

  StatusOr<std::optional<FilePiece>> Next() override {
    while (!ended_) {
      ASSIGN_OR_RETURN(const XmlEvent* event, cursor_.Next());
      if (event == nullptr) {
        ended_ = true;
        if (cursor_.bytes.empty() && piece_.problems.empty()) break;
        return TakePiece();
      }
      if (is_passing_) {
        PassOver();
      } else if (event->kind == XmlEvent::Kind::kStart) {
        ASSIGN_OR_RETURN(const bool is_unit, Start(*event));
        if (is_unit) return TakePiece();
      } else if (event->kind == XmlEvent::Kind::kEnd) {
        scopes_.pop_back();
      }
      if (cursor_.bytes.size() >= kPieceBytes) return TakePiece();
    }
    return std::optional<FilePiece>();
  }

  std::string Fill(const FilePiece& piece,
                   std::span<const TargetFill> fills) const override {
    if (piece.layout == nullptr) return piece.bytes;
    return FillXliff(piece, static_cast<const XliffLayout&>(*piece.layout),
                     fills);
  }

 private:
  std::optional<FilePiece> TakePiece() {
    FilePiece piece = std::exchange(piece_, FilePiece());
    piece.bytes = std::exchange(cursor_.bytes, std::string());
    return piece;
  }

  Scope InnerScope(const XmlEvent& event) const {
    return ScopeOf(event, scopes_.empty() ? Scope() : scopes_.back());
  }

  // Whether the element was a unit, which was read whole.
  StatusOr<bool> Start(const XmlEvent& event) {
    const std::string_view name = LocalName(event.name);
    if (scopes_.empty()) RETURN_IF_ERROR(StartRoot(event, name));
    if (name == "file") StartFile(event);
    if (name != (is_version_2_ ? "unit" : "trans-unit")) {
      scopes_.push_back(InnerScope(event));
      return false;
    }
    const FilePosition position = event.position;
    cursor_.BeginUnit();
    const Status read = ReadUnitElement(event);
    if (cursor_.is_too_large()) {
      BeginPassing(position);
      return true;
    }
    RETURN_IF_ERROR(read);
    piece_.is_mended = piece_.problems.size() > cursor_.first_problem();
    cursor_.EndUnit();
    return true;
  }

  // A unit that is too large is passed over: its bytes go on as they are.
  void BeginPassing(const FilePosition& position) {
    is_passing_ = !cursor_.is_behind_unit();
    if (!is_passing_) cursor_.EndUnit();
    piece_.segments.clear();
    piece_.problems.erase(piece_.problems.begin() +
                              static_cast<ptrdiff_t>(cursor_.first_problem()),
                          piece_.problems.end());
    piece_.problems.push_back(
        {.line = position.line,
         .offset = position.offset,
         .reason = "UNIT_TOO_LARGE",
         .message =
             fmt::format("the unit takes more than {} bytes", kMaxReadBytes),
         .skipped = true});
  }

  void PassOver() {
    // What is odd in it is of no interest any more.
    std::erase_if(piece_.problems, [](const ReadProblem& problem) {
      return !problem.of_file && !problem.skipped;
    });
    if (!cursor_.is_behind_unit()) return;
    is_passing_ = false;
    cursor_.EndUnit();
  }

  Status StartRoot(const XmlEvent& event, std::string_view name) {
    if (name != "xliff") {
      return MalformedFile(
          event.position,
          fmt::format("this is no XLIFF file: it begins with <{}>, not <xliff>",
                      PrintableUtf8(event.name, kShownBytes)));
    }
    is_version_2_ =
        FindAttribute(event, "version").value_or("").starts_with('2') ||
        FindAttribute(event, "srcLang").has_value();
    source_language_ = LanguageOf(event, "srcLang", options_.source_language());
    target_language_ = LanguageOf(event, "trgLang", options_.target_language());
    return OkStatus();
  }

  void StartFile(const XmlEvent& event) {
    document_ = FindAttribute(event, "original").value_or("");
    if (is_version_2_) return;
    source_language_ =
        LanguageOf(event, "source-language", options_.source_language());
    target_language_ =
        LanguageOf(event, "target-language", options_.target_language());
  }

  // The language that an attribute names; `otherwise` where it names none.
  LanguageTag LanguageOf(const XmlEvent& event, std::string_view attribute,
                         const LanguageTag& otherwise) {
    const std::string_view code = FindAttribute(event, attribute).value_or("");
    if (code.empty()) return otherwise;
    StatusOr<LanguageTag> language = LanguageTag::Parse(code);
    if (language.ok()) return *std::move(language);
    piece_.problems.push_back(
        {.line = event.position.line,
         .offset = event.position.offset,
         .reason = "LANGUAGE_INVALID",
         .message =
             fmt::format("{}: {}", attribute, MessageOf(language.status())),
         .of_file = true});
    return otherwise;
  }

  // What a `target` says it is in; empty where that is the file's language, in
  // whatever region: the file knows that one better.
  LanguageTag OtherLanguageOf(const XmlEvent& event) const {
    StatusOr<LanguageTag> language =
        LanguageTag::Parse(FindAttribute(event, "xml:lang").value_or(""));
    if (!language.ok() || target_language_.empty() ||
        ResolveLanguage(*language).base ==
            ResolveLanguage(target_language_).base) {
      return {};
    }
    return *std::move(language);
  }

  Status ReadUnitElement(const XmlEvent& event) {
    auto layout = std::make_unique<XliffLayout>();
    layout->is_version_2 = is_version_2_;
    layout->unit_tag = {cursor_.begin(), cursor_.end()};
    layout->suggest_at = cursor_.end();
    UnitDraft draft{.scope = InnerScope(event)};
    StartUnit(event, draft);
    const bool is_empty = event.raw.ends_with("/>");
    std::string before;  // White space before a child.
    while (true) {
      ASSIGN_OR_RETURN(const XmlEvent* child, cursor_.NextInside());
      if (child->kind == XmlEvent::Kind::kEnd) break;
      if (child->kind == XmlEvent::Kind::kText) {
        before += child->raw;
        continue;
      }
      const std::string indent = std::exchange(before, std::string());
      if (is_version_2_) {
        RETURN_IF_ERROR(ReadChild2(*child, draft, *layout));
      } else {
        RETURN_IF_ERROR(ReadChild1(*child, indent, draft, *layout));
      }
    }
    if (is_empty) return OkStatus();
    if (!is_version_2_) FinishUnit1(draft, *layout);
    for (BilingualSegment& segment : piece_.segments) {
      segment.notes = draft.common.notes;
    }
    piece_.layout = std::move(layout);
    return OkStatus();
  }

  void StartUnit(const XmlEvent& event, UnitDraft& draft) {
    draft.id = FindAttribute(event, "id").value_or("");
    BilingualSegment& common = draft.common;
    common.line = event.position.line;
    common.offset = event.position.offset;
    common.document = document_;
    common.source_language = source_language_;
    common.target_language = target_language_;
    // memoQ's and Phrase's locks.
    common.is_translatable = draft.scope.is_translatable &&
                             !IsLocked(event, "mq:locked") &&
                             !IsLocked(event, "m:locked");
    draft.is_approved = FindAttribute(event, "approved") == "yes";
    ReadMemoQ(event, draft);
  }

  static void ReadMemoQ(const XmlEvent& event, UnitDraft& draft) {
    if (const auto status = FindAttribute(event, "mq:status")) {
      draft.state_name = *status;
    }
    draft.common.attribution.changer =
        FindAttribute(event, "mq:lastchanginguser").value_or("");
    draft.common.attribution.change_micros =
        ParseDate(FindAttribute(event, "mq:lastchangedtimestamp").value_or(""));
  }

  // The key of a segment: empty where it would not tell it from those of other
  // files, or be too long.
  std::string KeyOf(const UnitDraft& draft, std::string_view part) const {
    if (document_.empty() || draft.id.empty()) return "";
    std::string key = document_ + "#" + IdOf(draft, part);
    return key.size() <= kMaxNameBytes ? key : "";
  }

  static std::string IdOf(const UnitDraft& draft, std::string_view part) {
    return part.empty() ? draft.id : fmt::format("{}/{}", draft.id, part);
  }

  StatusOr<XliffContent> ReadContent(const XmlEvent& event, UnitDraft& draft) {
    const XliffContentOptions options = {
        .is_version_2 = is_version_2_,
        .keeps_space = ScopeOf(event, draft.scope).keeps_space};
    return ReadXliffContent(cursor_, options, draft.numbers);
  }

  StatusOr<XliffTarget> ReadTarget(const XmlEvent& event, UnitDraft& draft) {
    XliffTarget target;
    target.tag = {cursor_.begin(), cursor_.end()};
    ASSIGN_OR_RETURN(target.content, ReadContent(event, draft));
    target.element = {target.tag.begin, cursor_.end()};
    return target;
  }

  // Reads up to the end of the element that was started last.
  Status Skip() {
    for (int depth = 1; depth > 0;) {
      ASSIGN_OR_RETURN(const XmlEvent* event, cursor_.NextInside());
      if (event->kind == XmlEvent::Kind::kStart) ++depth;
      if (event->kind == XmlEvent::Kind::kEnd) --depth;
    }
    return OkStatus();
  }

  StatusOr<std::string> ReadText() {
    std::string text;
    for (int depth = 1; depth > 0;) {
      ASSIGN_OR_RETURN(const XmlEvent* event, cursor_.NextInside());
      if (event->kind == XmlEvent::Kind::kStart) ++depth;
      if (event->kind == XmlEvent::Kind::kEnd) --depth;
      if (event->kind == XmlEvent::Kind::kText) text += event->text;
    }
    return text;
  }

  Status ReadNote(UnitDraft& draft) {
    ASSIGN_OR_RETURN(std::string note, ReadText());
    if (note.find_first_not_of(" \t\n") != std::string::npos) {
      draft.common.notes.push_back(std::move(note));
    }
    return OkStatus();
  }

  // A child of a `trans-unit`.
  Status ReadChild1(const XmlEvent& event, const std::string& before,
                    UnitDraft& draft, XliffLayout& layout) {
    const std::string_view name = LocalName(event.name);
    if (name == "source") {
      layout.indent = before;
      const bool has_language = FindAttribute(event, "xml:lang").has_value();
      if (has_language) layout.language = target_language_.code();
      draft.keeps_space = FindAttribute(event, "xml:space") == "preserve";
      ASSIGN_OR_RETURN(draft.source, ReadContent(event, draft));
      layout.insert_at = layout.suggest_at = cursor_.end();
      return OkStatus();
    }
    if (name == "seg-source") {
      ASSIGN_OR_RETURN(draft.seg_source, ReadContent(event, draft));
      layout.seg_source = {draft.seg_source->begin, draft.seg_source->end};
      layout.insert_at = layout.suggest_at = cursor_.end();
      return OkStatus();
    }
    if (name == "target") {
      if (const auto state = FindAttribute(event, "state")) {
        draft.state_name = *state;
      }
      draft.target_language = OtherLanguageOf(event);
      ASSIGN_OR_RETURN(layout.target, ReadTarget(event, draft));
      layout.suggest_at = cursor_.end();
      return OkStatus();
    }
    if (name == "note") return ReadNote(draft);
    if (name == "alt-trans") {
      RETURN_IF_ERROR(ReadSuggestion(event, "mid", layout));
      layout.suggest_at = cursor_.end();
      return OkStatus();
    }
    if (event.name == "sdl:seg-defs") return ReadTradosStates(draft);
    return Skip();
  }

  // Remembers where one is that is ours.
  Status ReadSuggestion(const XmlEvent& event, std::string_view segment,
                        XliffLayout& layout) {
    const bool is_own =
        FindAttribute(event, "origin").value_or("").starts_with(kOwnOrigin);
    std::string_view id = FindAttribute(event, segment).value_or("");
    if (id.starts_with('#')) id.remove_prefix(1);
    XliffSuggestion own{.element = {.begin = cursor_.begin()},
                        .segment = std::string(id)};
    RETURN_IF_ERROR(Skip());
    own.element.end = cursor_.end();
    if (is_own) layout.own_suggestions.push_back(std::move(own));
    return OkStatus();
  }

  // <sdl:seg id="1" conf="Translated"><sdl:value key="created_by">...
  Status ReadTradosStates(UnitDraft& draft) {
    BilingualSegment* segment = nullptr;
    for (int depth = 1; depth > 0;) {
      ASSIGN_OR_RETURN(const XmlEvent* event, cursor_.NextInside());
      if (event->kind == XmlEvent::Kind::kEnd) --depth;
      if (event->kind != XmlEvent::Kind::kStart) continue;
      ++depth;
      if (event->name == "sdl:seg") {
        const std::string id(FindAttribute(*event, "id").value_or(""));
        segment = &draft.by_mark[id];
        segment->state_name =
            FindAttribute(*event, "conf").value_or("Unspecified");
        segment->is_translatable = !IsLocked(*event, "locked");
        draft.state_tags[id] = {cursor_.begin(), cursor_.end()};
      } else if (event->name == "sdl:value" && segment != nullptr) {
        const std::string key(FindAttribute(*event, "key").value_or(""));
        ASSIGN_OR_RETURN(const std::string value, ReadText());
        --depth;
        ReadTradosValue(key, value, segment->attribution);
      }
    }
    return OkStatus();
  }

  // Makes the segments of a `trans-unit`.
  void FinishUnit1(UnitDraft& draft, XliffLayout& layout) {
    const bool is_cut =
        draft.seg_source.has_value() && !draft.seg_source->marks.empty();
    if (!is_cut) {
      XliffSlot& slot = layout.slots.emplace_back();
      slot.source = draft.source.text;
      slot.keeps_space = draft.keeps_space;
      AddSegment(
          draft, "", draft.source.text.segment,
          layout.target ? layout.target->content.text.segment : Segment());
      return;
    }
    for (XliffMark& mark : draft.seg_source->marks) {
      XliffSlot slot;
      slot.source = std::move(mark.text);
      slot.source_mark = XliffRange{mark.begin, mark.end};
      slot.mark_id = mark.id;
      Segment target;
      if (layout.target) {
        for (const XliffMark& other : layout.target->content.marks) {
          if (other.id != mark.id || slot.target_mark) continue;
          slot.target_mark = XliffRange{other.begin, other.end};
          target = other.text.segment;
        }
      }
      // A target without segments belongs to a source of one.
      if (layout.target && layout.target->content.marks.empty() &&
          draft.seg_source->marks.size() == 1) {
        target = layout.target->content.text.segment;
      }
      const auto tag = draft.state_tags.find(mark.id);
      if (tag != draft.state_tags.end()) slot.state_tag = tag->second;
      AddSegment(draft, mark.id, slot.source.segment, std::move(target));
      layout.slots.push_back(std::move(slot));
    }
  }

  void AddSegment(const UnitDraft& draft, const std::string& mark,
                  const Segment& source, Segment target) {
    BilingualSegment segment = draft.common;
    segment.key = KeyOf(draft, mark);
    segment.unit_id = IdOf(draft, mark);
    segment.source = source;
    if (!target.text.empty()) {
      segment.targets.push_back(std::move(target));
      if (!draft.target_language.empty()) {
        segment.target_language = draft.target_language;
      }
    }
    segment.state_name = draft.state_name;
    const auto known = draft.by_mark.find(mark);
    if (known != draft.by_mark.end()) {
      segment.state_name = known->second.state_name;
      segment.attribution = known->second.attribution;
      segment.is_translatable =
          segment.is_translatable && known->second.is_translatable;
    }
    segment.state = draft.is_approved ? TargetState::kApproved
                                      : XliffStateOf(segment.state_name);
    segment.is_copied = !draft.is_approved && !segment.targets.empty() &&
                        segment.targets[0].text == source.text &&
                        IsUntouchedState(segment.state_name);
    piece_.segments.push_back(std::move(segment));
  }

  // A child of a `unit`.
  Status ReadChild2(const XmlEvent& event, UnitDraft& draft,
                    XliffLayout& layout) {
    const std::string_view name = LocalName(event.name);
    if (name == "segment") return ReadSegment2(event, draft, layout);
    if (name == "notes") {
      while (true) {
        ASSIGN_OR_RETURN(const XmlEvent* child, cursor_.NextInside());
        if (child->kind == XmlEvent::Kind::kEnd) return OkStatus();
        if (child->kind == XmlEvent::Kind::kStart) {
          RETURN_IF_ERROR(ReadNote(draft));
        }
      }
    }
    if (name == "matches" && !event.raw.ends_with("/>")) {
      return ReadMatches(layout);
    }
    return Skip();
  }

  Status ReadMatches(XliffLayout& layout) {
    layout.has_matches = true;
    layout.matches.begin = cursor_.begin();
    while (true) {
      ASSIGN_OR_RETURN(const XmlEvent* child, cursor_.NextInside());
      if (child->kind == XmlEvent::Kind::kEnd) break;
      if (child->kind != XmlEvent::Kind::kStart) continue;
      ++layout.match_count;
      RETURN_IF_ERROR(ReadSuggestion(*child, "ref", layout));
    }
    layout.suggest_at = cursor_.begin();
    layout.matches.end = cursor_.end();
    return OkStatus();
  }

  Status ReadSegment2(const XmlEvent& event, UnitDraft& draft,
                      XliffLayout& layout) {
    const std::string id(FindAttribute(event, "id").value_or(""));
    draft.state_name = FindAttribute(event, "state").value_or("");
    XliffSlot slot;
    slot.state_tag = XliffRange{cursor_.begin(), cursor_.end()};
    slot.segment_id = id;
    std::string before;  // White space before a child.
    while (true) {
      ASSIGN_OR_RETURN(const XmlEvent* child, cursor_.NextInside());
      if (child->kind == XmlEvent::Kind::kEnd) break;
      if (child->kind != XmlEvent::Kind::kStart) {
        before += child->raw;
        continue;
      }
      const std::string_view name = LocalName(child->name);
      const std::string indent = std::exchange(before, std::string());
      if (name == "source") {
        slot.indent = indent;
        slot.keeps_space = FindAttribute(*child, "xml:space") == "preserve";
        ASSIGN_OR_RETURN(XliffContent content, ReadContent(*child, draft));
        slot.source = std::move(content.text);
        slot.insert_at = cursor_.end();
      } else if (name == "target") {
        ASSIGN_OR_RETURN(slot.target, ReadTarget(*child, draft));
      } else {
        RETURN_IF_ERROR(Skip());
      }
    }
    if (slot.insert_at == 0) return OkStatus();  // No source: not for us.
    AddSegment(draft, id, slot.source.segment,
               slot.target ? slot.target->content.text.segment : Segment());
    layout.slots.push_back(std::move(slot));
    return OkStatus();
  }

  XmlPull xml_;
  const ReadOptions options_;
  FilePiece piece_;  // The one that is being read; its bytes are the cursor's.
  XliffCursor cursor_;
  std::vector<Scope> scopes_;  // Of the open elements.
  bool is_passing_ = false;    // Over a unit that is too large.
  bool is_version_2_ = false;
  std::string document_;
  LanguageTag source_language_;
  LanguageTag target_language_;
  bool ended_ = false;
};

}  // namespace

std::unique_ptr<BilingualFile> MakeXliffFile(ByteSource& source,
                                             const ReadOptions& options) {
  return std::make_unique<XliffFile>(source, options);
}

}  // namespace tercet
