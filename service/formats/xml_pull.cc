#include "service/formats/xml_pull.h"

// Debian's expat is built with XML_DTD, but its header only tells when asked.
#define XML_DTD
#include <expat.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <memory_resource>
#include <set>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "service/base/utf8.h"
#include "service/formats/html_entities.h"
#include "service/formats/names.h"

namespace tercet {
namespace {

// What expat gets at a time, whatever the chunks of the source are.
constexpr int kFeedBytes = 16 * 1024;

// Entities in attribute values are the one place where expat expands on its
// own. Beyond the first 8 MiB (its default) they may add a tenth to a file.
constexpr float kMaxAmplification = 1.1F;

constexpr int kWindows1252First = 0x80;
constexpr int kWindows1252[] = {
    0x20AC, -1,     0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, -1,     0x017D, -1,
    -1,     0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, -1,     0x017E, 0x0178,
};

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// Where in the document an error is.
enum class Place : uint8_t { kBeforeRoot, kInRoot, kBehindRoot };

// What the error means to somebody who has to repair the file.
std::string Explain(XML_Error error, Place place) {
  if (place == Place::kBehindRoot) {
    return "something follows behind the end of the document";
  }
  switch (error) {
    case XML_ERROR_NO_ELEMENTS:
      return place == Place::kInRoot
                 ? "the file ends before all its elements do; it was cut off"
                 : "the file is empty";
    case XML_ERROR_INVALID_TOKEN:
      return "this is not XML: a bare '&' or '<', a control character, or "
             "bytes that are not in the file's encoding";
    case XML_ERROR_UNCLOSED_TOKEN:
    case XML_ERROR_PARTIAL_CHAR:
    case XML_ERROR_UNCLOSED_CDATA_SECTION:
      return "the file ends inside a tag or character; it was cut off";
    case XML_ERROR_TAG_MISMATCH:
      return "this end tag does not belong to the element that is open";
    case XML_ERROR_BAD_CHAR_REF:
      return "a character reference such as '&#x1F;' to a character that XML "
             "does not allow";
    case XML_ERROR_INCORRECT_ENCODING:
      return "the file is not in the encoding that its first line names";
    case XML_ERROR_MISPLACED_XML_PI:
      return "'<?xml' is not at the beginning of the file";
    case XML_ERROR_AMPLIFICATION_LIMIT_BREACH:
      return "the file's entities expand to too much text";
    default:
      return XML_ErrorString(error);
  }
}

// Makes a set of strings searchable by views.
struct NameHash {
  using is_transparent = void;
  size_t operator()(std::string_view name) const {
    return std::hash<std::string_view>()(name);
  }
};

// Whether every XML parser knows it: `amp`, `#160`.
bool IsPredefinedEntity(std::string_view name) {
  return name.starts_with('#') || name == "amp" || name == "lt" ||
         name == "gt" || name == "quot" || name == "apos";
}

Status OutOfMemory() {
  return MakeError(StatusCode::kResourceExhausted,
                   "not enough memory to parse the file",
                   {.reason = "OUT_OF_MEMORY"});
}

}  // namespace

// Expat pushes; this collects what one feed gives and hands it out.
class XmlPull::Parser {
 public:
  explicit Parser(ByteSource& source);
  ~Parser() { XML_ParserFree(expat_); }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  StatusOr<const XmlEvent*> Next();

 private:
  static Parser& Self(void* parser) { return *static_cast<Parser*>(parser); }
  static void XMLCALL OnStart(void* self, const XML_Char* name,
                              const XML_Char** attributes);
  static void XMLCALL OnEnd(void* self, const XML_Char* name);
  static void XMLCALL OnText(void* self, const XML_Char* text, int bytes);
  static void XMLCALL OnSkippedEntity(void* self, const XML_Char* name,
                                      int is_parameter);
  static void XMLCALL OnOther(void* self, const XML_Char* text, int bytes);
  static void XMLCALL OnEntityDeclaration(
      void* self, const XML_Char* name, int is_parameter, const XML_Char* value,
      int value_bytes, const XML_Char* base, const XML_Char* system_id,
      const XML_Char* public_id, const XML_Char* notation);
  static int XMLCALL OnExternalEntity(XML_Parser expat, const XML_Char* names,
                                      const XML_Char* base,
                                      const XML_Char* system_id,
                                      const XML_Char* public_id);
  static int XMLCALL OnUnknownEncoding(void* self, const XML_Char* name,
                                       XML_Encoding* encoding);

  void Feed();
  StatusOr<size_t> Fill(char* buffer);
  void ReadChunk();
  void SkipLeadingSpace();
  void Finish(Status status);
  void StopWith(Status status);
  Status ParseError() const;

  FilePosition Position() const;
  // A copy that lives as long as the events of this feed.
  std::string_view Keep(std::string_view text);
  // A copy that lives as long as the parser. Stops it when there are too many.
  std::string_view Intern(std::string_view name);
  XmlEvent& Add(XmlEvent::Kind kind);
  void AddText(std::string_view text);
  void AddSkipped(std::string_view name);

  ByteSource& source_;
  XML_Parser expat_;
  std::string_view chunk_;                        // Of the source, not yet fed.
  FilePosition skipped_{.line = 0, .offset = 0};  // Before the first byte fed.
  bool at_start_ = true;
  bool source_ended_ = false;
  Status source_status_;
  int64_t fed_bytes_ = 0;
  int depth_ = 0;
  bool has_root_ = false;

  std::pmr::monotonic_buffer_resource arena_;
  std::unordered_set<std::string, NameHash, std::equal_to<>> names_;
  std::set<std::string, std::less<>> own_entities_;  // That the file declares.
  bool in_start_tag_ = false;
  std::vector<XmlEvent> events_;
  size_t next_event_ = 0;
  bool finished_ = false;
  Status final_status_;
  std::string unknown_encoding_;
};

XmlPull::Parser::Parser(ByteSource& source)
    : source_(source), expat_(XML_ParserCreate(nullptr)) {
  if (expat_ == nullptr) {
    Finish(OutOfMemory());
    return;
  }
  XML_SetUserData(expat_, this);
  XML_SetElementHandler(expat_, OnStart, OnEnd);
  XML_SetCharacterDataHandler(expat_, OnText);
  XML_SetSkippedEntityHandler(expat_, OnSkippedEntity);
  XML_SetEntityDeclHandler(expat_, OnEntityDeclaration);
  XML_SetExternalEntityRefHandler(expat_, OnExternalEntity);
  XML_SetUnknownEncodingHandler(expat_, OnUnknownEncoding, this);
  // A default handler also keeps internal entities from being expanded.
  XML_SetDefaultHandler(expat_, OnOther);
  // As if there were an external DTD that nobody reads: an undeclared entity is
  // then skipped, not an error, as it may be declared there.
  XML_UseForeignDTD(expat_, XML_TRUE);
  XML_SetParamEntityParsing(expat_, XML_PARAM_ENTITY_PARSING_NEVER);
  XML_SetBillionLaughsAttackProtectionMaximumAmplification(expat_,
                                                           kMaxAmplification);
}

StatusOr<const XmlEvent*> XmlPull::Parser::Next() {
  while (next_event_ == events_.size()) {
    if (!finished_) {
      Feed();
    } else if (!final_status_.ok()) {
      return final_status_;
    } else {
      return static_cast<const XmlEvent*>(nullptr);
    }
  }
  return &events_[next_event_++];
}

void XmlPull::Parser::Feed() {
  events_.clear();
  next_event_ = 0;
  arena_.release();

  char* buffer = static_cast<char*>(XML_GetBuffer(expat_, kFeedBytes));
  if (buffer == nullptr) return Finish(OutOfMemory());
  StatusOr<size_t> filled = Fill(buffer);
  if (!filled.ok()) return Finish(filled.status());

  fed_bytes_ += static_cast<int64_t>(*filled);
  const XML_Status parsed = XML_ParseBuffer(
      expat_, static_cast<int>(*filled), source_ended_ ? XML_TRUE : XML_FALSE);
  if (parsed == XML_STATUS_ERROR) {
    // Unless a handler has stopped the parser, and said why.
    if (!finished_) Finish(ParseError());
  } else if (source_ended_) {
    Finish(OkStatus());
  } else if (fed_bytes_ - XML_GetCurrentByteIndex(expat_) > kMaxXmlTokenBytes) {
    Finish(MalformedFile(
        Position(), fmt::format("a tag or comment of more than {} bytes; it is "
                                "probably not closed",
                                kMaxXmlTokenBytes)));
  } else if (!has_root_ && fed_bytes_ > kMaxXmlTokenBytes) {
    Finish(MalformedFile(
        Position(),
        fmt::format("no element in the first {} bytes", kMaxXmlTokenBytes)));
  }
}

// Fills the buffer as far as there are bytes: what expat sees, and so where it
// splits texts, does not depend on the source's chunks.
StatusOr<size_t> XmlPull::Parser::Fill(char* buffer) {
  size_t filled = 0;
  while (filled < kFeedBytes && !source_ended_) {
    if (chunk_.empty()) ReadChunk();
    if (!source_status_.ok()) {
      // What came before the error is still worth parsing.
      if (filled == 0) return source_status_;
      return filled;
    }
    if (at_start_) SkipLeadingSpace();
    const size_t taken = std::min(chunk_.size(), kFeedBytes - filled);
    std::ranges::copy(chunk_.substr(0, taken), buffer + filled);
    chunk_.remove_prefix(taken);
    filled += taken;
  }
  return filled;
}

void XmlPull::Parser::ReadChunk() {
  if (!source_status_.ok()) return;
  StatusOr<std::string_view> chunk = source_.Read();
  if (!chunk.ok()) {
    source_status_ = chunk.status();
    return;
  }
  chunk_ = *chunk;
  source_ended_ = chunk_.empty();
}

// MyMemory answers with a blank line before `<?xml`, which XML forbids.
void XmlPull::Parser::SkipLeadingSpace() {
  while (!chunk_.empty() && IsSpace(chunk_.front())) {
    if (chunk_.front() == '\n') ++skipped_.line;
    ++skipped_.offset;
    chunk_.remove_prefix(1);
  }
  if (!chunk_.empty()) at_start_ = false;
}

void XmlPull::Parser::Finish(Status status) {
  finished_ = true;
  final_status_ = std::move(status);
}

void XmlPull::Parser::StopWith(Status status) {
  Finish(std::move(status));
  XML_StopParser(expat_, XML_FALSE);
}

Status XmlPull::Parser::ParseError() const {
  const XML_Error error = XML_GetErrorCode(expat_);
  if (error == XML_ERROR_NO_MEMORY) return OutOfMemory();
  if (error == XML_ERROR_UNKNOWN_ENCODING) {
    return UnsupportedEncoding(unknown_encoding_);
  }
  const Place place = depth_ > 0  ? Place::kInRoot
                      : has_root_ ? Place::kBehindRoot
                                  : Place::kBeforeRoot;
  return MalformedFile(Position(), Explain(error, place));
}

FilePosition XmlPull::Parser::Position() const {
  // -1 before the first event.
  const auto offset = std::max<int64_t>(0, XML_GetCurrentByteIndex(expat_));
  return {.line = skipped_.line +
                  static_cast<int64_t>(XML_GetCurrentLineNumber(expat_)),
          .offset = skipped_.offset + offset};
}

std::string_view XmlPull::Parser::Intern(std::string_view name) {
  const auto found = names_.find(name);
  if (found != names_.end()) return *found;
  if (names_.size() >= kMaxXmlNames && !finished_) {
    StopWith(MalformedFile(
        Position(),
        fmt::format("more than {} different names of elements and attributes",
                    kMaxXmlNames)));
  }
  return *names_.emplace(name).first;
}

std::string_view XmlPull::Parser::Keep(std::string_view text) {
  if (text.empty()) return {};
  char* kept = static_cast<char*>(arena_.allocate(text.size(), 1));
  std::ranges::copy(text, kept);
  return {kept, text.size()};
}

XmlEvent& XmlPull::Parser::Add(XmlEvent::Kind kind) {
  XmlEvent& event = events_.emplace_back();
  event.kind = kind;
  event.position = Position();
  return event;
}

void XmlPull::Parser::AddText(std::string_view text) {
  Add(XmlEvent::Kind::kText).text = Keep(text);
}

void XmlPull::Parser::AddSkipped(std::string_view name) {
  Add(XmlEvent::Kind::kSkippedEntity).name = Keep(name);
}

void XMLCALL XmlPull::Parser::OnStart(void* self, const XML_Char* name,
                                      const XML_Char** attributes) {
  Parser& parser = Self(self);
  if (parser.finished_) return;
  parser.has_root_ = true;
  if (++parser.depth_ > kMaxXmlDepth) {
    parser.StopWith(MalformedFile(
        parser.Position(),
        fmt::format("elements are nested more than {} deep", kMaxXmlDepth)));
    return;
  }
  size_t count = 0;
  while (attributes[2 * count] != nullptr) ++count;
  if (count > 0) {
    parser.in_start_tag_ = true;
    XML_DefaultCurrent(parser.expat_);
    parser.in_start_tag_ = false;
  }
  auto* kept = static_cast<XmlAttribute*>(parser.arena_.allocate(
      count * sizeof(XmlAttribute), alignof(XmlAttribute)));
  for (size_t i = 0; i < count; ++i) {
    std::construct_at(
        kept + i, XmlAttribute{.name = parser.Intern(attributes[2 * i]),
                               .value = parser.Keep(attributes[2 * i + 1])});
  }
  XmlEvent& event = parser.Add(XmlEvent::Kind::kStart);
  event.name = parser.Intern(name);
  event.attributes = {kept, count};
}

void XMLCALL XmlPull::Parser::OnEnd(void* self, const XML_Char* name) {
  Parser& parser = Self(self);
  if (parser.finished_) return;
  --parser.depth_;
  parser.Add(XmlEvent::Kind::kEnd).name = parser.Intern(name);
}

void XMLCALL XmlPull::Parser::OnText(void* self, const XML_Char* text,
                                     int bytes) {
  Parser& parser = Self(self);
  if (parser.finished_) return;
  parser.AddText({text, static_cast<size_t>(bytes)});
}

void XMLCALL XmlPull::Parser::OnSkippedEntity(void* self, const XML_Char* name,
                                              int is_parameter) {
  Parser& parser = Self(self);
  if (parser.finished_ || is_parameter != 0) return;
  if (std::optional<char32_t> character = HtmlEntity(name)) {
    std::string text;
    AppendUtf8(text, *character);
    parser.AddText(text);
  } else {
    parser.AddSkipped(name);
  }
}

// Comments, declarations and the like come here, and are passed over; and, on
// our own demand, start tags as they are written. Expat leaves out undeclared
// entities in attribute values and tells nobody: here they can be seen.
void XMLCALL XmlPull::Parser::OnOther(void* self, const XML_Char* text,
                                      int bytes) {
  Parser& parser = Self(self);
  if (!parser.in_start_tag_) return;
  std::string_view rest(text, static_cast<size_t>(bytes));
  for (size_t begin = rest.find('&'); begin != std::string_view::npos;
       begin = rest.find('&')) {
    rest.remove_prefix(begin + 1);
    const std::string_view name = rest.substr(0, rest.find(';'));
    if (!IsPredefinedEntity(name) && !parser.own_entities_.contains(name)) {
      parser.AddSkipped(name);
    }
  }
}

// A file's own entities are expanded in attribute values, though not in text.
void XMLCALL XmlPull::Parser::OnEntityDeclaration(
    void* self, const XML_Char* name, int is_parameter, const XML_Char* value,
    int value_bytes, const XML_Char* base, const XML_Char* system_id,
    const XML_Char* public_id, const XML_Char* notation) {
  if (is_parameter == 0) Self(self).own_entities_.emplace(name);
}

// Called for `&name;` of an entity in another file, which is left unread.
int XMLCALL XmlPull::Parser::OnExternalEntity(XML_Parser expat,
                                              const XML_Char* names,
                                              const XML_Char* base,
                                              const XML_Char* system_id,
                                              const XML_Char* public_id) {
  Parser& parser = Self(XML_GetUserData(expat));
  if (!parser.finished_ && names != nullptr) parser.AddSkipped(names);
  return XML_STATUS_OK;
}

int XMLCALL XmlPull::Parser::OnUnknownEncoding(void* self, const XML_Char* name,
                                               XML_Encoding* encoding) {
  if (!EqualsIgnoringCase(name, "windows-1252") &&
      !EqualsIgnoringCase(name, "cp1252")) {
    Self(self).unknown_encoding_ = name;
    return XML_STATUS_ERROR;
  }
  for (int i = 0; i < static_cast<int>(std::size(encoding->map)); ++i) {
    encoding->map[i] = i;
  }
  std::ranges::copy(kWindows1252, encoding->map + kWindows1252First);
  encoding->data = nullptr;
  encoding->convert = nullptr;
  encoding->release = nullptr;
  return XML_STATUS_OK;
}

XmlPull::XmlPull(ByteSource& source)
    : parser_(std::make_unique<Parser>(source)) {}

XmlPull::~XmlPull() = default;

StatusOr<const XmlEvent*> XmlPull::Next() { return parser_->Next(); }

}  // namespace tercet
