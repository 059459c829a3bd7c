// Bytes of unknown or wrongly declared encoding become UTF-8.
//
//   DecodedText page = DecodeText(bytes, "gb2312");
//   page.text;      // UTF-8, without a byte order mark
//   page.warnings;  // "declared as gb2312, but it is Big5"
//
// The only user of ICU's converters. Thread-safe.
#ifndef TERCET_SERVICE_TEXT_CHARSET_H_
#define TERCET_SERVICE_TEXT_CHARSET_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tercet {

struct DecodedText {
  std::string text;     // Valid UTF-8.
  std::string charset;  // What the bytes were taken for, e.g. `GB18030`.
  // What is odd, for people: lower case, no stop. Bytes that mean nothing in
  // the encoding became U+FFFD, which a warning says.
  std::vector<std::string> warnings;
};

// Decodes `bytes`. A byte order mark decides; text that is valid UTF-8 is
// UTF-8; else `declared` (any name that the web knows; empty for none) holds
// unless the bytes speak against it: then it is the likeliest of GB18030, Big5,
// windows-1252 and the other encodings that ICU recognises. Labels mean what
// they mean to browsers: gb2312 is GB18030, iso-8859-1 is windows-1252.
DecodedText DecodeText(std::string_view bytes, std::string_view declared);

// The encoding of a text, decided as DecodeText does.
struct CharsetChoice {
  std::string charset;
  std::vector<std::string> warnings;
};

// What languages a text is in, if that is known.
enum class TextScript : uint8_t {
  kUnknown,
  kWestern,  // Languages that windows-1252 is for: en, es ...
  kHan,      // Chinese, perhaps beside others.
};

// `bytes`: the text, or its beginning, cut at a line's end or a space. What is
// known of its script tells more than a few bytes can.
CharsetChoice ChooseCharset(std::string_view bytes, std::string_view declared,
                            TextScript script = TextScript::kUnknown);

// Turns a stream of bytes into UTF-8, piece by piece. Not thread-safe.
class CharsetDecoder {
 public:
  // REQUIRES: ChooseCharset gave `charset`, and it is not UTF-8.
  explicit CharsetDecoder(const std::string& charset);
  ~CharsetDecoder();

  // Appends what `bytes` mean behind all before; `is_last` where none follow.
  // What means nothing becomes U+FFFD.
  void Decode(std::string_view bytes, bool is_last, std::string& out);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Whether `name` is an encoding that DecodeText knows.
bool IsKnownCharset(std::string_view name);

}  // namespace tercet

#endif  // TERCET_SERVICE_TEXT_CHARSET_H_
