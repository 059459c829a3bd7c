#include "service/formats/xliff_content.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <optional>
#include <utility>

#include "service/base/utf8.h"
#include "service/formats/names.h"
#include "service/formats/utf8_source.h"

namespace tercet {
namespace {

using Kind = InlineCode::Kind;

// What an inline element is to us.
enum class Role : uint8_t {
  kPair,      // g, pc: begins and ends around text.
  kMark,      // mrk, likewise.
  kAlone,     // x, bx, ex, ph, sc, ec ...: nothing in it.
  kNative,    // bpt, ept, ph, it of 1.2: the native code is in it.
  kCharacter  // cp of 2.x: a character that XML cannot hold.
};

Role RoleOf(std::string_view name, bool is_version_2, bool is_empty) {
  if (name == "mrk") return Role::kMark;
  if (is_version_2) {
    if (name == "cp") return Role::kCharacter;
  } else if (name == "bpt" || name == "ept" || name == "ph" || name == "it") {
    return Role::kNative;
  }
  constexpr std::string_view kAlone[] = {"x",  "bx", "ex", "ph",
                                         "sc", "ec", "sm", "em"};
  return is_empty || std::ranges::find(kAlone, name) != std::end(kAlone)
             ? Role::kAlone
             : Role::kPair;
}

// `<x id="1"/>` of `<x id="1">`, which may be written, too.
std::string EmptyTag(std::string_view tag) {
  if (tag.ends_with("/>")) return std::string(tag);
  return std::string(tag.substr(0, tag.size() - 1)) + "/>";
}

std::string_view ValueOf(const XmlEvent& event, std::string_view name) {
  return FindAttribute(event, name).value_or("");
}

// The id that the two ends of a pair share.
std::string_view PairId(const XmlEvent& event) {
  for (const std::string_view name : {"rid", "startRef", "id", "mid"}) {
    if (const auto value = FindAttribute(event, name)) return *value;
  }
  return "";
}

enum class Change : uint8_t { kNone, kAdded, kDeleted };

// A change that a tool has tracked: Trados' `x-sdl-deleted`, memoQ's `x-mq-tc`.
Change ChangeOf(const XmlEvent& event) {
  const std::string_view type = ValueOf(event, "mtype");
  if (type == "x-sdl-deleted") return Change::kDeleted;
  if (type == "x-sdl-added") return Change::kAdded;
  if (type != "x-mq-tc") return Change::kNone;
  return ValueOf(event, "mq:tctype") == "del" ? Change::kDeleted
                                              : Change::kAdded;
}

// Reads a content piece by piece.
class ContentReader {
 public:
  ContentReader(XliffCursor& cursor, const XliffContentOptions& options,
                XliffNumbers& numbers)
      : cursor_(cursor), options_(options), numbers_(numbers) {}

  StatusOr<XliffContent> Read() {
    content_.begin = cursor_.end();
    while (true) {
      ASSIGN_OR_RETURN(const XmlEvent* event, cursor_.NextInside());
      if (event->kind == XmlEvent::Kind::kText) {
        Append(event->text);
      } else if (event->kind == XmlEvent::Kind::kStart) {
        RETURN_IF_ERROR(Start(*event));
      } else if (open_.empty()) {
        content_.is_empty_tag = event->raw.empty();
        content_.end = cursor_.begin();
        return Finish();
      } else {
        End(*event);
      }
    }
  }

 private:
  struct Open {
    Role role = Role::kPair;
    int number = 0;
    bool is_segment = false;
  };

  void Append(std::string_view text) {
    content_.text.segment.text += text;
    if (XliffText* mark = CurrentMark()) mark->segment.text += text;
  }

  XliffText* CurrentMark() {
    return in_mark_ ? &content_.marks.back().text : nullptr;
  }

  static void AddTo(XliffText& text, InlineCode code, std::string markup) {
    code.offset = static_cast<uint32_t>(text.segment.text.size());
    text.segment.codes.push_back(std::move(code));
    text.markup.push_back(std::move(markup));
  }

  void Add(InlineCode code, std::string_view markup) {
    if (XliffText* mark = CurrentMark()) {
      AddTo(*mark, code, std::string(markup));
    }
    AddTo(content_.text, std::move(code), std::string(markup));
  }

  int NumberOf(std::string_view id) {
    if (id.empty()) return static_cast<int>(numbers_.size()) + 1000;
    const auto found = numbers_.find(id);
    if (found != numbers_.end()) return found->second;
    const int number = static_cast<int>(numbers_.size()) + 1;
    numbers_.emplace(id, number);
    return number;
  }

  static Property NumberProperty(Kind kind, int number) {
    const bool is_pair = kind == Kind::kBeginPaired || kind == Kind::kEndPaired;
    return {.type = is_pair ? "i" : "x", .value = std::to_string(number)};
  }

  Status Start(const XmlEvent& event) {
    const std::string_view name = LocalName(event.name);
    const bool is_empty = event.raw.ends_with("/>");
    const Role role = RoleOf(name, options_.is_version_2, is_empty);
    switch (role) {
      case Role::kNative:
        return ReadNative(event);
      case Role::kCharacter:
        AppendCharacter(ValueOf(event, "hex"));
        break;
      case Role::kAlone:
        AddAlone(event, name);
        break;
      case Role::kMark:
        if (ChangeOf(event) == Change::kDeleted) return SkipDeleted();
        StartMark(event);
        return OkStatus();
      case Role::kPair:
        break;
    }
    const int number = NumberOf(PairId(event));
    open_.push_back({.role = role, .number = number});
    if (role == Role::kPair) {
      Add({.kind = Kind::kBeginPaired,
           .content = std::string(event.raw),
           .attributes = {NumberProperty(Kind::kBeginPaired, number)}},
          event.raw);
    }
    return OkStatus();
  }

  void AppendCharacter(std::string_view hex) {
    uint32_t character = 0;
    const char* end = hex.data() + hex.size();
    const auto [parsed, error] =
        std::from_chars(hex.data(), end, character, 16);
    if (error != std::errc() || parsed != end || character > 0x10FFFF ||
        (character >= 0xD800 && character < 0xE000)) {
      return;
    }
    std::string text;
    AppendUtf8(text, character);
    Append(text);
  }

  // An element without content.
  void AddAlone(const XmlEvent& event, std::string_view name) {
    Kind kind = Kind::kPlaceholder;
    const bool is_isolated = ValueOf(event, "isolated") == "yes";
    if (name == "bx" || name == "sc") kind = Kind::kBeginPaired;
    if (name == "ex" || name == "ec") kind = Kind::kEndPaired;
    const std::string tag = EmptyTag(event.raw);
    InlineCode code{.kind = kind, .content = tag};
    if (is_isolated && kind != Kind::kPlaceholder) {
      code.kind = Kind::kIsolated;
      code.attributes.push_back(
          {.type = "pos",
           .value = kind == Kind::kBeginPaired ? "begin" : "end"});
    }
    code.attributes.push_back(
        NumberProperty(code.kind, NumberOf(PairId(event))));
    Add(std::move(code), tag);
  }

  // Text and codes that somebody has taken away are none any more.
  Status SkipDeleted() {
    for (int depth = 1; depth > 0;) {
      ASSIGN_OR_RETURN(const XmlEvent* event, cursor_.NextInside());
      if (event->kind == XmlEvent::Kind::kStart) ++depth;
      if (event->kind == XmlEvent::Kind::kEnd) --depth;
    }
    return OkStatus();
  }

  void StartMark(const XmlEvent& event) {
    if (ChangeOf(event) == Change::kAdded) {
      // As if it had always been there; its end adds nothing either.
      open_.push_back({.role = Role::kAlone});
      return;
    }
    const std::string_view id = PairId(event);
    if (!options_.is_version_2 && ValueOf(event, "mtype") == "seg") {
      content_.marks.push_back({.id = std::string(id), .begin = cursor_.end()});
      in_mark_ = true;
      open_.push_back({.role = Role::kMark, .is_segment = true});
      return;
    }
    open_.push_back({.role = Role::kMark});
    InlineCode code{.kind = Kind::kHighlightBegin};
    code.attributes.push_back(NumberProperty(code.kind, NumberOf(id)));
    const std::string_view type =
        ValueOf(event, options_.is_version_2 ? "type" : "mtype");
    if (!type.empty()) {
      code.attributes.push_back({.type = "type", .value = std::string(type)});
    }
    // An empty one is closed by its own end, which adds nothing to the markup.
    Add(std::move(code), event.raw);
  }

  // An element of 1.2 with the native code in it.
  Status ReadNative(const XmlEvent& start) {
    const std::string name(LocalName(start.name));
    InlineCode code = NativeCode(start, name);
    const size_t begin = cursor_.begin();
    std::string xml;
    bool has_elements = false;
    for (int depth = 1; depth > 0;) {
      ASSIGN_OR_RETURN(const XmlEvent* event, cursor_.NextInside());
      if (event->kind == XmlEvent::Kind::kText) {
        code.content += event->text;
      } else if (event->kind == XmlEvent::Kind::kStart) {
        has_elements = true;
        ++depth;
      } else {
        --depth;
      }
      if (depth > 0) xml += event->raw;
    }
    if (has_elements) {
      code.content = std::move(xml);
      code.content_is_xml = true;
    }
    const std::string markup = cursor_.bytes.substr(begin);
    Add(std::move(code), markup);
    return OkStatus();
  }

  InlineCode NativeCode(const XmlEvent& start, std::string_view name) {
    InlineCode code;
    if (name == "bpt") code.kind = Kind::kBeginPaired;
    if (name == "ept") code.kind = Kind::kEndPaired;
    if (name == "it") {
      code.kind = Kind::kIsolated;
      const bool opens = ValueOf(start, "pos") != "close";
      code.attributes.push_back(
          {.type = "pos", .value = opens ? "begin" : "end"});
    }
    code.attributes.push_back(
        NumberProperty(code.kind, NumberOf(PairId(start))));
    const std::string_view type = ValueOf(start, "ctype");
    if (!type.empty() && code.kind != Kind::kEndPaired) {
      code.attributes.push_back({.type = "type", .value = std::string(type)});
    }
    return code;
  }

  void End(const XmlEvent& event) {
    const Open ended = open_.back();
    open_.pop_back();
    if (ended.is_segment) {
      content_.marks.back().end = cursor_.begin();
      in_mark_ = false;
    } else if (ended.role == Role::kMark) {
      Add({.kind = Kind::kHighlightEnd}, event.raw);
    } else if (ended.role == Role::kPair) {
      Add({.kind = Kind::kEndPaired,
           .content = "</" + std::string(event.name) + ">",
           .attributes = {NumberProperty(Kind::kEndPaired, ended.number)}},
          event.raw);
    }
  }

  XliffContent Finish() {
    if (!options_.keeps_space) TrimLines(content_.text.segment);
    return std::move(content_);
  }

  // Takes away the line breaks and the indentation of a file that was laid out
  // for people.
  static void TrimLines(Segment& segment) {
    constexpr std::string_view kSpaces = " \t\n";
    const size_t first = segment.text.find_first_not_of(kSpaces);
    if (first == std::string::npos) return;
    const size_t last = segment.text.find_last_not_of(kSpaces) + 1;
    if (segment.text.find('\n', last) != std::string::npos) {
      segment.text.resize(last);
    }
    const bool has_break = segment.text.find('\n') < first;
    const size_t cut = has_break ? first : 0;
    segment.text.erase(0, cut);
    for (InlineCode& code : segment.codes) {
      const size_t offset = code.offset > cut ? code.offset - cut : 0;
      code.offset =
          static_cast<uint32_t>(std::min(offset, segment.text.size()));
    }
  }

  XliffCursor& cursor_;
  const XliffContentOptions& options_;
  XliffNumbers& numbers_;
  XliffContent content_;
  std::vector<Open> open_;
  bool in_mark_ = false;
};

// An XML declaration for what is UTF-8 now.
std::string DeclarationInUtf8(std::string_view declaration) {
  std::string out(declaration);
  const std::string_view charset = DeclaredCharset(declaration);
  if (charset.empty() || EqualsIgnoringCase(charset, "utf-8") ||
      EqualsIgnoringCase(charset, "utf8")) {
    return out;
  }
  out.replace(static_cast<size_t>(charset.data() - declaration.data()),
              charset.size(), "UTF-8");
  return out;
}

}  // namespace

std::string_view LocalName(std::string_view name) {
  // npos + 1 is 0: without a prefix the name is the whole.
  return name.substr(name.rfind(':') + 1);
}

StatusOr<const XmlEvent*> XliffCursor::Next() {
  while (true) {
    ASSIGN_OR_RETURN(const XmlEvent* event, xml_.Next());
    if (event == nullptr) return event;
    begin_ = bytes.size();
    bytes += event->raw.starts_with("<?xml ") ? DeclarationInUtf8(event->raw)
                                              : std::string(event->raw);
    if (event->kind == XmlEvent::Kind::kOddity) {
      problems_.push_back({.line = event->position.line,
                           .offset = event->position.offset,
                           .reason = std::string(event->reason),
                           .message = std::string(event->text),
                           .of_file = outside_ < 0});
    } else if (event->kind != XmlEvent::Kind::kOther) {
      if (event->kind == XmlEvent::Kind::kStart) ++depth_;
      if (event->kind == XmlEvent::Kind::kEnd) --depth_;
      return event;
    }
  }
}

StatusOr<const XmlEvent*> XliffCursor::NextInside() {
  ASSIGN_OR_RETURN(const XmlEvent* event, Next());
  if (event == nullptr) return MalformedFile({}, "the file ends too early");
  // Each oddity takes memory, too: a megabyte of bare `&` is a million.
  const size_t odd_bytes = problems_.size() * sizeof(ReadProblem);
  is_too_large_ = outside_ >= 0 && bytes.size() + odd_bytes > kMaxReadBytes;
  if (is_too_large_) {
    return MalformedFile(event->position, "a translation unit is too large");
  }
  return event;
}

void XliffCursor::BeginUnit() {
  outside_ = depth_ - 1;
  first_problem_ = problems_.size();
  is_too_large_ = false;
}

void XliffCursor::EndUnit() {
  outside_ = -1;
  is_too_large_ = false;
}

StatusOr<XliffContent> ReadXliffContent(XliffCursor& cursor,
                                        const XliffContentOptions& options,
                                        XliffNumbers& numbers) {
  return ContentReader(cursor, options, numbers).Read();
}

}  // namespace tercet
