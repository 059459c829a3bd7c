// Text in any encoding, as the UTF-8 that the readers read.
//
// A byte order mark decides, and zeros between the characters; else what is
// valid UTF-8 is UTF-8; else what the file or the caller declares, unless the
// bytes speak against it (text/charset.h); else what fits its languages. Bytes
// that are wrong in their place are mended and told.
#ifndef TERCET_SERVICE_FORMATS_UTF8_SOURCE_H_
#define TERCET_SERVICE_FORMATS_UTF8_SOURCE_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "service/formats/unit_reader.h"
#include "service/text/charset.h"

namespace tercet {

// Gives valid UTF-8 without a byte order mark, in whole characters. Not
// thread-safe.
class Utf8Source final : public ByteSource {
 public:
  // `declared`: what the caller knows of the encoding; empty for nothing.
  // `languages`: base languages of the text, beside those that it names; they
  // count where the encoding must be guessed. `source` must outlive the object.
  Utf8Source(ByteSource& source, std::string_view declared,
             std::set<std::string> languages = {});

  StatusOr<std::string_view> Read() override;

  // Whether the text had a byte order mark in UTF-8. REQUIRES: Read was called.
  bool has_mark() const { return has_mark_; }

  // What was odd in the text before byte `end` of what Read gave, one at a
  // time; nullopt when all was told. Lines and offsets are of that text.
  std::optional<ReadProblem> TakeProblem(int64_t end);

 private:
  enum class Mode { kStart, kAscii, kUtf8, kConvert };

  bool Fill(size_t bytes);
  void Start();
  void CheckWideDeclaration(std::string_view head, const std::string& charset);
  void Convert(const std::string& charset);
  std::string_view TakeAscii();
  std::string_view TakeUtf8();
  std::string_view TakeConverted();
  void TellOfFile(std::string message);
  void TellMended(std::string_view text, std::string message);
  std::string_view Give(std::string_view text);

  ByteSource& source_;
  const std::string caller_declared_;
  std::string declared_;
  std::set<std::string> languages_;
  Mode mode_ = Mode::kStart;
  std::string buffer_;  // Of the source, from `begin_` on not yet decoded.
  size_t begin_ = 0;
  bool source_ended_ = false;
  bool has_mark_ = false;
  Status source_status_;
  std::unique_ptr<CharsetDecoder> decoder_;
  std::string charset_;
  std::string out_;
  int64_t given_lines_ = 1;
  int64_t given_bytes_ = 0;
  int64_t mended_line_ = 0;  // The last that was told.
  std::deque<ReadProblem> problems_;
};

// The encoding that a file names in its head: in `<?xml encoding="...">`, or in
// the header of a PO file; empty where it names none. `head` is in UTF-8 or
// anything that has ASCII in it.
std::string_view DeclaredCharset(std::string_view head);

}  // namespace tercet

#endif  // TERCET_SERVICE_FORMATS_UTF8_SOURCE_H_
