#include "service/formats/utf8_source.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "fmt/format.h"
#include "service/base/utf8.h"
#include "service/formats/names.h"
#include "service/formats/text_script.h"
#include "service/formats/utf8_mend.h"

namespace tercet {
namespace {

// What an encoding is told by.
constexpr size_t kHeadBytes = 64 * 1024;
constexpr size_t kMaxCharacterBytes = 6;  // As MendUtf8Front wants.

bool IsHigh(char c) { return (c & 0x80) != 0; }

// As far as a character surely ends: no encoding has these bytes in the middle
// of one.
std::string_view WholeCharacters(std::string_view text) {
  const size_t end = text.find_last_of(" \n\t\"<>");
  return end == std::string_view::npos ? text : text.substr(0, end + 1);
}

// The value behind `name`, in the quotes that follow or up to a stop.
std::string_view ValueBehind(std::string_view text, std::string_view name) {
  const size_t at = text.find(name);
  if (at == std::string_view::npos) return "";
  text.remove_prefix(at + name.size());
  while (text.starts_with(' ') || text.starts_with('=') ||
         text.starts_with('"') || text.starts_with('\'')) {
    text.remove_prefix(1);
  }
  return text.substr(0, text.find_first_of("\"' \\\n;?>"));
}

// Encodings that are written in bytes below 0x80 alone.
bool IsSevenBit(std::string_view charset) {
  return EqualsIgnoringCase(charset.substr(0, 8), "iso-2022") ||
         EqualsIgnoringCase(charset.substr(0, 3), "hz-");
}

bool IsWide(std::string_view charset) {
  return EqualsIgnoringCase(charset.substr(0, 6), "utf-16") ||
         EqualsIgnoringCase(charset.substr(0, 6), "utf-32");
}

}  // namespace

std::string_view DeclaredCharset(std::string_view head) {
  constexpr std::string_view kSpaces = " \t\r\n\0";
  const size_t begin = head.find_first_not_of(kSpaces);
  if (begin == std::string_view::npos) return "";
  head.remove_prefix(begin);
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  if (head.starts_with("<?xml")) {
    return ValueBehind(head.substr(0, head.find('>')), "encoding");
  }
  if (head.starts_with('#') || head.starts_with("msgid")) {
    const std::string_view charset =
        ValueBehind(head.substr(0, 16 * 1024), "charset=");
    // The template's placeholder.
    return charset == "CHARSET" ? "" : charset;
  }
  return "";
}

Utf8Source::Utf8Source(ByteSource& source, std::string_view declared,
                       std::set<std::string> languages)
    : source_(source),
      caller_declared_(declared),
      languages_(std::move(languages)) {}

StatusOr<std::string_view> Utf8Source::Read() {
  if (mode_ == Mode::kStart) {
    Fill(kHeadBytes);
    Start();
  }
  while (Fill(1)) {
    const std::string_view given = mode_ == Mode::kAscii  ? TakeAscii()
                                   : mode_ == Mode::kUtf8 ? TakeUtf8()
                                                          : TakeConverted();
    if (!given.empty()) return Give(given);
  }
  if (decoder_ != nullptr) {
    const std::unique_ptr<CharsetDecoder> last = std::move(decoder_);
    out_.clear();
    last->Decode({}, true, out_);
    if (!out_.empty()) return Give(out_);
  }
  RETURN_IF_ERROR(source_status_);
  return std::string_view();
}

// Whether the buffer has so many bytes, after reading more where it has not.
bool Utf8Source::Fill(size_t bytes) {
  if (begin_ > 0) {
    buffer_.erase(0, begin_);
    begin_ = 0;
  }
  while (buffer_.size() < bytes && !source_ended_) {
    const StatusOr<std::string_view> chunk = source_.Read();
    if (!chunk.ok()) source_status_ = chunk.status();
    source_ended_ = !chunk.ok() || chunk->empty();
    if (!source_ended_) buffer_ += *chunk;
  }
  return buffer_.size() >= bytes;
}

void Utf8Source::Start() {
  const std::string_view head = std::string_view(buffer_).substr(0, kHeadBytes);
  declared_ = caller_declared_.empty() ? std::string(DeclaredCharset(head))
                                       : caller_declared_;
  languages_.merge(LanguagesNamedIn(head));
  mode_ = Mode::kAscii;
  const CharsetChoice choice =
      ChooseCharset(head.substr(0, head.size() & ~size_t{3}), declared_);
  if (IsWide(choice.charset) && choice.warnings.empty()) {
    CheckWideDeclaration(head, choice.charset);
    return Convert(choice.charset);
  }
  if (IsSevenBit(declared_) && IsKnownCharset(declared_)) {
    return Convert(declared_);
  }
  if (IsWide(declared_)) {
    TellOfFile(fmt::format("declared as {}, but it is not",
                           PrintableUtf8(declared_, 40)));
    declared_.clear();
  }
}

// What the head of a text in `charset`, which is plain, declares instead.
void Utf8Source::CheckWideDeclaration(std::string_view head,
                                      const std::string& charset) {
  std::string text;
  CharsetDecoder(charset).Decode(head, true, text);
  const std::string_view declared = DeclaredCharset(text);
  if (declared.empty() || IsWide(declared)) return;
  TellOfFile(fmt::format("declared as {}, but it is {}",
                         PrintableUtf8(declared, 40), charset));
}

void Utf8Source::Convert(const std::string& charset) {
  mode_ = Mode::kConvert;
  charset_ = charset;
  decoder_ = std::make_unique<CharsetDecoder>(charset);
}

// Up to the first byte that is not ASCII: before it, all encodings are the
// same.
std::string_view Utf8Source::TakeAscii() {
  const auto high = std::ranges::find_if(buffer_, IsHigh);
  const auto ascii = static_cast<size_t>(high - buffer_.begin());
  if (ascii > 0) {
    begin_ = ascii;
    return std::string_view(buffer_).substr(0, ascii);
  }
  Fill(kHeadBytes);
  // Start has looked for byte order marks and for zeros: here they are others.
  std::string sample = " ";
  sample += WholeCharacters(std::string_view(buffer_).substr(0, kHeadBytes));
  std::erase(sample, '\0');
  CharsetChoice choice = ChooseCharset(sample, declared_, ScriptOf(languages_));
  for (std::string& warning : choice.warnings) TellOfFile(std::move(warning));
  if (choice.charset == "UTF-8") {
    mode_ = Mode::kUtf8;
  } else {
    Convert(choice.charset);
  }
  return {};
}

std::string_view Utf8Source::TakeUtf8() {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (given_bytes_ == 0 && buffer_.starts_with(kByteOrderMark)) {
    begin_ = kByteOrderMark.size();
    has_mark_ = true;
    return {};
  }
  const std::string_view text = buffer_;
  const size_t valid = ValidUtf8Prefix(text);
  if (valid > 0) {
    begin_ = valid;
    return text.substr(0, valid);
  }
  // What is missing may be in the next chunk.
  Fill(kMaxCharacterBytes);
  if (ValidUtf8Prefix(buffer_) > 0) return {};
  MendedBytes mended = MendUtf8Front(buffer_);
  begin_ = mended.bytes;
  TellMended({}, std::move(mended.message));
  out_ = std::move(mended.text);
  return out_;
}

std::string_view Utf8Source::TakeConverted() {
  constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
  out_.clear();
  decoder_->Decode(buffer_, false, out_);
  begin_ = buffer_.size();
  std::string_view text = out_;
  if (given_bytes_ == 0 && text.starts_with("\xEF\xBB\xBF")) {
    text.remove_prefix(3);
  }
  for (size_t at = text.find(kReplacement); at != std::string_view::npos;
       at = text.find(kReplacement, at + 1)) {
    TellMended(
        text.substr(0, at),
        fmt::format("a byte that means nothing in {} became U+FFFD", charset_));
  }
  return text;
}

void Utf8Source::TellOfFile(std::string message) {
  problems_.push_back({.line = 1,
                       .reason = "ENCODING_MENDED",
                       .message = std::move(message),
                       .of_file = true});
}

// Tells once for each line. `text` is what comes before, not yet given.
void Utf8Source::TellMended(std::string_view text, std::string message) {
  const int64_t line = given_lines_ + std::ranges::count(text, '\n');
  if (std::exchange(mended_line_, line) == line) return;
  problems_.push_back(
      {.line = line,
       .offset = given_bytes_ + static_cast<int64_t>(text.size()),
       .reason = "TEXT_MENDED",
       .message = std::move(message)});
}

std::string_view Utf8Source::Give(std::string_view text) {
  given_bytes_ += static_cast<int64_t>(text.size());
  given_lines_ += std::ranges::count(text, '\n');
  return text;
}

std::optional<ReadProblem> Utf8Source::TakeProblem(int64_t end) {
  if (problems_.empty() || problems_.front().offset >= end) {
    return std::nullopt;
  }
  ReadProblem problem = std::move(problems_.front());
  problems_.pop_front();
  return problem;
}

}  // namespace tercet
