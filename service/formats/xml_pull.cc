#include "service/formats/xml_pull.h"

#include <algorithm>
#include <array>
#include <deque>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "service/base/utf8.h"
#include "service/formats/xml_reference.h"
#include "service/formats/xml_tag.h"

namespace tercet {
namespace {

using Kind = XmlEvent::Kind;

constexpr size_t kShownBytes = 64;  // Of a name or the like, in a message.
constexpr size_t kCompactBytes = 64 * 1024;
constexpr size_t kMaxInvalidRun = 63;  // A multiple of 3, as of U+FFFE's bytes.
constexpr char kControlMessage[] =
    "a control character that XML does not allow was left out";
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// What ends a run of plain text.
enum class Class : uint8_t {
  kPlain,
  kMarkup,
  kReturn,
  kInvalid,
  kMaybeInvalid
};

constexpr std::array<Class, 256> kClasses = [] {
  std::array<Class, 256> classes{};
  for (size_t i = 0; i < 0x20; ++i) classes[i] = Class::kInvalid;
  classes['\t'] = classes['\n'] = Class::kPlain;
  classes['\r'] = Class::kReturn;
  classes['<'] = classes['&'] = Class::kMarkup;
  classes[0xEF] = Class::kMaybeInvalid;  // U+FFFE, U+FFFF.
  return classes;
}();

Class ClassOf(char c) { return kClasses[static_cast<unsigned char>(c)]; }

bool IsNonCharacter(std::string_view text) {
  return text.starts_with("\xEF\xBF\xBE") || text.starts_with("\xEF\xBF\xBF");
}

// So many of the leading bytes are plain text: whole characters, where there
// are enough bytes to tell.
size_t PlainLength(std::string_view text) {
  size_t end = 0;
  while (end < text.size()) {
    const Class next = ClassOf(text[end]);
    if (next == Class::kPlain) {
      ++end;
    } else if (next == Class::kMaybeInvalid && text.size() - end >= 3 &&
               !IsNonCharacter(text.substr(end))) {
      end += 3;
    } else {
      break;
    }
  }
  return end;
}

// So many of the leading bytes are no characters of XML.
size_t InvalidLength(std::string_view text) {
  size_t end = 0;
  while (end < text.size()) {
    if (ClassOf(text[end]) == Class::kInvalid) {
      ++end;
    } else if (IsNonCharacter(text.substr(end))) {
      end += 3;
    } else {
      break;
    }
  }
  return end;
}

// So many lines end in `text`: with LF, CR LF or CR.
int64_t CountLines(std::string_view text) {
  int64_t lines = std::ranges::count(text, '\n');
  for (size_t at = text.find('\r'); at != std::string_view::npos;
       at = text.find('\r', at + 1)) {
    if (at + 1 == text.size() || text[at + 1] != '\n') ++lines;
  }
  return lines;
}

std::string ToLower(std::string_view name) {
  std::string lower(name);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

}  // namespace

std::optional<std::string_view> FindAttribute(const XmlEvent& event,
                                              std::string_view name) {
  const auto found =
      std::ranges::find(event.attributes, name, &XmlAttribute::name);
  if (found == event.attributes.end()) return std::nullopt;
  return found->value;
}

// Cuts the text into tokens; each gives one event or several.
class XmlPull::Parser {
 public:
  explicit Parser(ByteSource& source) : source_(source) {}

  StatusOr<const XmlEvent*> Next() {
    if (next_event_ == events_.size()) Clear();
    while (events_.empty()) {
      if (!status_.ok()) return status_;
      if (ended_) return static_cast<const XmlEvent*>(nullptr);
      status_ = ScanToken();
    }
    return &events_[next_event_++];
  }

 private:
  // An element that is open; `name` as in the tag, found in any case.
  struct Open {
    std::string name;
    int* count = nullptr;  // Of the open elements of that name.
  };

  std::string_view Rest() const {
    return std::string_view(buffer_).substr(begin_);
  }

  void Clear();
  // Whether the rest has so many bytes, after reading more where it has not.
  bool Ensure(size_t bytes);
  // Where `end` begins behind `from`, after reading as much as is needed.
  StatusOr<size_t> Find(std::string_view end, size_t from);
  Status TooLong() const;
  Status CutOff() const;

  Status ScanToken();
  Status ScanText();
  Status ScanOutside();
  void TakeOutside(size_t bytes);
  Status ScanMarkup();
  Status ScanReference();
  Status ScanCdata();
  Status ScanDoctype();
  Status ScanStartTag();
  Status ScanEndTag();
  // `length` bytes that say nothing, up to and with `end`.
  Status ScanOther(std::string_view end, size_t from);
  Status TakeBareMarkup();
  StatusOr<Open*> Push(std::string_view name);
  void Pop(size_t raw_bytes);
  Status AtEnd();

  // Takes `bytes` of the rest as one event.
  XmlEvent& Take(Kind kind, size_t bytes);
  void Tell(std::string_view reason, std::string message);
  std::string_view Keep(std::string text);

  ByteSource& source_;
  std::string buffer_;
  size_t begin_ = 0;  // Of the rest, which is not yet taken, in the buffer.
  bool source_ended_ = false;
  Status source_status_;

  FilePosition position_;  // Of the rest.
  bool has_root_ = false;
  bool declares_entities_ = false;
  bool told_outside_ = false;
  bool ended_ = false;
  Status status_;
  std::vector<Open> open_;
  std::unordered_map<std::string, int> open_counts_;  // By name in lower case.

  std::vector<XmlEvent> events_;
  size_t next_event_ = 0;
  std::deque<std::string> kept_;  // What the events' views view.
  XmlTag tag_;
};

void XmlPull::Parser::Clear() {
  events_.clear();
  kept_.clear();
  next_event_ = 0;
  if (begin_ == buffer_.size() || begin_ > kCompactBytes) {
    buffer_.erase(0, begin_);
    begin_ = 0;
  }
}

bool XmlPull::Parser::Ensure(size_t bytes) {
  while (buffer_.size() - begin_ < bytes && !source_ended_) {
    const StatusOr<std::string_view> chunk = source_.Read();
    if (!chunk.ok()) source_status_ = chunk.status();
    source_ended_ = !chunk.ok() || chunk->empty();
    if (!source_ended_) buffer_ += *chunk;
  }
  return buffer_.size() - begin_ >= bytes;
}

Status XmlPull::Parser::TooLong() const {
  return MalformedFile(
      position_, fmt::format("a tag or comment of more than {} bytes; it is "
                             "probably not closed",
                             kMaxXmlTokenBytes));
}

Status XmlPull::Parser::CutOff() const {
  if (!source_status_.ok()) return source_status_;
  return MalformedFile(position_,
                       "the file ends inside a tag or comment; it was cut off");
}

StatusOr<size_t> XmlPull::Parser::Find(std::string_view end, size_t from) {
  while (true) {
    const size_t found = Rest().find(end, from);
    if (found != std::string_view::npos) return found;
    const size_t size = Rest().size();
    if (size > kMaxXmlTokenBytes) return TooLong();
    from = std::max(from, size - std::min(size, end.size() - 1));
    if (!Ensure(size + 1)) return CutOff();
  }
}

XmlEvent& XmlPull::Parser::Take(Kind kind, size_t bytes) {
  XmlEvent& event = events_.emplace_back();
  event.kind = kind;
  event.raw = Rest().substr(0, bytes);
  event.position = position_;
  begin_ += bytes;
  position_.offset += static_cast<int64_t>(bytes);
  position_.line += CountLines(event.raw);
  return event;
}

std::string_view XmlPull::Parser::Keep(std::string text) {
  return kept_.emplace_back(std::move(text));
}

void XmlPull::Parser::Tell(std::string_view reason, std::string message) {
  XmlEvent& event = Take(Kind::kOddity, 0);
  event.reason = reason;
  event.text = Keep(std::move(message));
}

Status XmlPull::Parser::ScanToken() {
  if (!Ensure(1)) return AtEnd();
  if (Rest().front() == '<') return ScanMarkup();
  if (open_.empty()) return ScanOutside();
  return Rest().front() == '&' ? ScanReference() : ScanText();
}

Status XmlPull::Parser::AtEnd() {
  if (!source_status_.ok()) return source_status_;
  if (!has_root_) return MalformedFile(position_, "the file is empty");
  if (!open_.empty()) {
    return MalformedFile(
        position_, "the file ends before all its elements do; it was cut off");
  }
  ended_ = true;
  return OkStatus();
}

// What stands before and behind the root element.
Status XmlPull::Parser::ScanOutside() {
  Ensure(kByteOrderMark.size());
  const std::string_view rest = Rest();
  size_t end = 0;
  while (end < rest.size() && (IsSpace(rest[end]) || rest[end] == '\0')) ++end;
  if (end == 0 && rest.starts_with(kByteOrderMark)) {
    end = kByteOrderMark.size();
  }
  if (end > 0) {
    Take(Kind::kOther, end);
    return OkStatus();
  }
  if (!has_root_) {
    return MalformedFile(position_, "this is not XML: it begins with text");
  }
  TakeOutside(std::min(Rest().find('<'), Rest().size()));
  return OkStatus();
}

void XmlPull::Parser::TakeOutside(size_t bytes) {
  if (!std::exchange(told_outside_, true)) {
    Tell("CONTENT_BEHIND_END",
         "something follows behind the end of the document; it was left out");
  }
  Take(Kind::kOther, bytes);
}

Status XmlPull::Parser::ScanText() {
  size_t end = PlainLength(Rest());
  if (end == 0) {
    // As many as are told in one go, whatever the source's chunks are.
    Ensure(kMaxInvalidRun);
    if (Rest().front() == '\r') {
      Take(Kind::kText, Rest().starts_with("\r\n") ? 2 : 1).text = "\n";
      return OkStatus();
    }
    const size_t invalid = InvalidLength(Rest().substr(0, kMaxInvalidRun));
    if (invalid > 0) {
      Tell("CHARACTER_INVALID", kControlMessage);
      Take(Kind::kOther, invalid);
      return OkStatus();
    }
    end = std::max<size_t>(PlainLength(Rest()), 1);
  }
  XmlEvent& event = Take(Kind::kText, end);
  event.text = event.raw;
  return OkStatus();
}

Status XmlPull::Parser::ScanReference() {
  Ensure(kMaxXmlReferenceBytes);
  XmlReference reference = ReadXmlReference(Rest());
  const std::string shown =
      PrintableUtf8(Rest().substr(0, reference.bytes), kShownBytes);
  switch (reference.kind) {
    case XmlReference::Kind::kCharacter:
      break;
    case XmlReference::Kind::kUnknown:
      if (declares_entities_) {
        // What it stands for is not what is written.
        reference.text.clear();
        Tell("ENTITY_UNKNOWN",
             fmt::format("the entity '{}' was left out: those that a file "
                         "declares itself are never expanded",
                         shown));
      } else {
        Tell("ENTITY_UNKNOWN", UnknownEntityMessage(shown));
      }
      break;
    case XmlReference::Kind::kInvalid:
      Tell("CHARACTER_INVALID", InvalidReferenceMessage(shown));
      break;
    case XmlReference::Kind::kBare:
      Tell("MARKUP_BARE", "a bare '&' was taken for text");
      break;
  }
  const bool is_text = !reference.text.empty();
  XmlEvent& event = Take(is_text ? Kind::kText : Kind::kOther, reference.bytes);
  if (is_text) event.text = Keep(std::move(reference.text));
  return OkStatus();
}

// A `<` that begins nothing: `a < b`.
Status XmlPull::Parser::TakeBareMarkup() {
  if (!has_root_) return MalformedFile(position_, "this is not XML");
  if (open_.empty()) {
    TakeOutside(1);
    return OkStatus();
  }
  Tell("MARKUP_BARE", "a bare '<' was taken for text");
  XmlEvent& event = Take(Kind::kText, 1);
  event.text = event.raw;
  return OkStatus();
}

Status XmlPull::Parser::ScanMarkup() {
  constexpr std::string_view kComment = "<!--";
  constexpr std::string_view kCdata = "<![CDATA[";
  Ensure(kCdata.size());
  const std::string_view rest = Rest();
  if (rest.size() == 1) return CutOff();
  if (IsXmlNameStart(rest[1])) return ScanStartTag();
  if (rest[1] == '/') return ScanEndTag();
  if (rest[1] == '?') return ScanOther("?>", 2);
  if (rest.starts_with(kComment)) return ScanOther("-->", kComment.size());
  if (rest.starts_with(kCdata) && !open_.empty()) return ScanCdata();
  if (rest[1] == '!' && !has_root_) return ScanDoctype();
  return TakeBareMarkup();
}

Status XmlPull::Parser::ScanOther(std::string_view end, size_t from) {
  ASSIGN_OR_RETURN(const size_t found, Find(end, from));
  Take(Kind::kOther, found + end.size());
  return OkStatus();
}

Status XmlPull::Parser::ScanCdata() {
  constexpr std::string_view kBegin = "<![CDATA[";
  constexpr std::string_view kEnd = "]]>";
  ASSIGN_OR_RETURN(const size_t end, Find(kEnd, kBegin.size()));
  CleanXmlText clean =
      CleanCdata(Rest().substr(kBegin.size(), end - kBegin.size()));
  if (clean.has_invalid) {
    Tell("CHARACTER_INVALID", kControlMessage);
  }
  XmlEvent& event = Take(Kind::kText, end + kEnd.size());
  event.text = Keep(std::move(clean.text));
  return OkStatus();
}

// Passes over `<!DOCTYPE a SYSTEM "b" [ ... ]>`.
Status XmlPull::Parser::ScanDoctype() {
  size_t depth = 0;
  char quote = 0;
  for (size_t i = 2;; ++i) {
    if (i > kMaxXmlTokenBytes) {
      return MalformedFile(
          position_,
          fmt::format("no element in the first {} bytes", kMaxXmlTokenBytes));
    }
    if (!Ensure(i + 1)) return CutOff();
    const char c = Rest()[i];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '[' || c == '<') {
      ++depth;
    } else if ((c == ']' || c == '>') && depth > 0) {
      --depth;
    } else if (c == '>') {
      declares_entities_ = Rest().substr(0, i).find("<!ENTITY") != Rest().npos;
      Take(Kind::kOther, i + 1);
      return OkStatus();
    } else if (c == '-' && Rest().substr(0, i + 1).ends_with("<!--")) {
      ASSIGN_OR_RETURN(const size_t end, Find("-->", i + 1));
      i = end + 1;  // The `>` closes what `<` has opened.
    }
  }
}

Status XmlPull::Parser::ScanStartTag() {
  while (true) {
    const XmlTagResult result = ReadXmlStartTag(Rest(), tag_);
    if (result == XmlTagResult::kWhole) break;
    if (result == XmlTagResult::kNone) return TakeBareMarkup();
    if (Rest().size() > kMaxXmlTokenBytes) return TooLong();
    // Twice as much each time, so that a long tag is not read over and over.
    if (!Ensure(Rest().size() + 1)) return CutOff();
    Ensure(std::min(2 * Rest().size(), kMaxXmlTokenBytes + 1));
  }
  has_root_ = true;
  for (XmlTagOddity& oddity : tag_.oddities) {
    Tell(oddity.reason, std::move(oddity.message));
  }
  ASSIGN_OR_RETURN(const Open* open, Push(tag_.name));
  XmlEvent& event = Take(Kind::kStart, tag_.bytes);
  event.name = Keep(open->name);
  event.attributes = tag_.attributes;
  if (tag_.is_empty) Pop(0);
  return OkStatus();
}

StatusOr<XmlPull::Parser::Open*> XmlPull::Parser::Push(std::string_view name) {
  if (open_.size() >= kMaxXmlDepth) {
    return MalformedFile(
        position_,
        fmt::format("elements are nested more than {} deep", kMaxXmlDepth));
  }
  int& count = open_counts_[ToLower(name)];
  if (open_counts_.size() > kMaxXmlNames) {
    return MalformedFile(
        position_,
        fmt::format("more than {} different names of elements", kMaxXmlNames));
  }
  ++count;
  return &open_.emplace_back(Open{.name = std::string(name), .count = &count});
}

void XmlPull::Parser::Pop(size_t raw_bytes) {
  XmlEvent& event = Take(Kind::kEnd, raw_bytes);
  event.name = Keep(std::move(open_.back().name));
  --*open_.back().count;
  open_.pop_back();
}

Status XmlPull::Parser::ScanEndTag() {
  ASSIGN_OR_RETURN(const size_t end, Find(">", 2));
  const std::string_view inside = Rest().substr(2, end - 2);
  const std::string_view name =
      inside.substr(0, inside.find_first_of(" \t\r\n"));
  const auto found = open_counts_.find(ToLower(name));
  if (found == open_counts_.end() || found->second == 0) {
    if (!has_root_) return MalformedFile(position_, "this is not XML");
    Tell("TAG_MISMATCHED",
         fmt::format("the end tag </{}> was left out: no such element is open",
                     PrintableUtf8(name, kShownBytes)));
    // Not further than the next tag: `</ ` may be text.
    Take(Kind::kOther, std::min(Rest().find('<', 1), end + 1));
    return OkStatus();
  }
  const int* const count = &found->second;
  while (open_.back().count != count) {
    Tell("TAG_MISMATCHED",
         fmt::format("<{}> was closed by the end tag </{}>",
                     PrintableUtf8(open_.back().name, kShownBytes),
                     PrintableUtf8(name, kShownBytes)));
    Pop(0);
  }
  Pop(end + 1);
  return OkStatus();
}

XmlPull::XmlPull(ByteSource& source)
    : parser_(std::make_unique<Parser>(source)) {}

XmlPull::~XmlPull() = default;

StatusOr<const XmlEvent*> XmlPull::Next() { return parser_->Next(); }

}  // namespace tercet
