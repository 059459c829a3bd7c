// Bytes of unknown or wrongly declared encoding become UTF-8.
//
//   DecodedText page = DecodeText(bytes, "gb2312");
//   page.text;      // UTF-8, without a byte order mark
//   page.warnings;  // "declared as gb2312, but it is Big5"
//
// The only user of ICU's converters. Thread-safe.
#ifndef TERCET_SERVICE_TEXT_CHARSET_H_
#define TERCET_SERVICE_TEXT_CHARSET_H_

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

// Whether `name` is an encoding that DecodeText knows.
bool IsKnownCharset(std::string_view name);

}  // namespace tercet

#endif  // TERCET_SERVICE_TEXT_CHARSET_H_
