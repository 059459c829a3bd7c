#include "service/formats/xml_tag.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "fmt/format.h"
#include "service/base/utf8.h"
#include "service/formats/xml_reference.h"

namespace tercet {
namespace {

constexpr size_t kShownBytes = 64;

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

bool IsNameCharacter(char c) {
  return IsXmlNameStart(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

bool IsControl(char c) {
  return static_cast<unsigned char>(c) < 0x20 && !IsSpace(c);
}

// Reads from the front of a text; a miss at its end asks for more of it.
class TagReader {
 public:
  TagReader(std::string_view text, XmlTag& tag) : text_(text), tag_(tag) {
    tag_.attributes.clear();
    tag_.oddities.clear();
    tag_.kept.clear();
    tag_.is_empty = false;
  }

  XmlTagResult Read() {
    at_ = 1;
    tag_.name = TakeName();
    while (true) {
      const bool has_space = SkipSpace();
      if (at_ >= text_.size()) return XmlTagResult::kNeedsMore;
      const char c = text_[at_];
      if (c == '>') return Finish(1);
      if (c == '/') {
        if (at_ + 1 >= text_.size()) return XmlTagResult::kNeedsMore;
        if (text_[at_ + 1] != '>') return XmlTagResult::kNone;
        tag_.is_empty = true;
        return Finish(2);
      }
      if (!has_space && !after_value_) return XmlTagResult::kNone;
      if (!IsXmlNameStart(c)) return XmlTagResult::kNone;
      const XmlTagResult result = ReadAttribute();
      if (result != XmlTagResult::kWhole) return result;
    }
  }

 private:
  XmlTagResult Finish(size_t bytes) {
    tag_.bytes = at_ + bytes;
    return XmlTagResult::kWhole;
  }

  bool SkipSpace() {
    const size_t begin = at_;
    while (at_ < text_.size() && IsSpace(text_[at_])) ++at_;
    return at_ > begin;
  }

  std::string_view TakeName() {
    const size_t begin = at_;
    while (at_ < text_.size() && IsNameCharacter(text_[at_])) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  XmlTagResult ReadAttribute() {
    const std::string_view name = TakeName();
    SkipSpace();
    if (at_ >= text_.size()) return XmlTagResult::kNeedsMore;
    if (text_[at_] != '=') return XmlTagResult::kNone;
    ++at_;
    SkipSpace();
    if (at_ >= text_.size()) return XmlTagResult::kNeedsMore;
    const char quote = text_[at_];
    if (quote != '"' && quote != '\'') return XmlTagResult::kNone;
    const size_t end = text_.find(quote, at_ + 1);
    if (end == std::string_view::npos) return XmlTagResult::kNeedsMore;
    const std::string_view raw = text_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    after_value_ = true;
    const std::string_view value = ValueOf(raw);
    if (std::ranges::find(tag_.attributes, name, &XmlAttribute::name) !=
        tag_.attributes.end()) {
      Tell("ATTRIBUTE_REPEATED",
           fmt::format("the attribute '{}' stands twice in a tag; the second "
                       "was left out",
                       PrintableUtf8(name, kShownBytes)));
      return XmlTagResult::kWhole;
    }
    tag_.attributes.push_back({.name = name, .value = value});
    return XmlTagResult::kWhole;
  }

  // The value with its references resolved and its white space as spaces.
  std::string_view ValueOf(std::string_view raw) {
    const bool is_plain = std::ranges::none_of(raw, [](char c) {
      return c == '&' || static_cast<unsigned char>(c) < 0x20;
    });
    if (is_plain) return raw;
    std::string value;
    for (size_t i = 0; i < raw.size();) {
      const char c = raw[i];
      if (c == '&') {
        i += AppendReference(raw.substr(i), value);
        continue;
      }
      if (IsSpace(c)) {
        if (c == '\r' && raw.substr(i).starts_with("\r\n")) ++i;
        value += ' ';
      } else if (IsControl(c)) {
        Tell("CHARACTER_INVALID",
             "a control character that XML does not allow was left out");
      } else {
        value += c;
      }
      ++i;
    }
    return tag_.kept.emplace_back(std::move(value));
  }

  size_t AppendReference(std::string_view raw, std::string& value) {
    const XmlReference reference = ReadXmlReference(raw);
    value += reference.text;
    const std::string shown =
        PrintableUtf8(raw.substr(0, reference.bytes), kShownBytes);
    if (reference.kind == XmlReference::Kind::kUnknown) {
      Tell("ENTITY_UNKNOWN", UnknownEntityMessage(shown));
    } else if (reference.kind == XmlReference::Kind::kInvalid) {
      Tell("CHARACTER_INVALID", InvalidReferenceMessage(shown));
    } else if (reference.kind == XmlReference::Kind::kBare) {
      Tell("MARKUP_BARE", "a bare '&' in an attribute was taken for text");
    }
    return reference.bytes;
  }

  void Tell(std::string_view reason, std::string message) {
    tag_.oddities.push_back({.reason = reason, .message = std::move(message)});
  }

  const std::string_view text_;
  XmlTag& tag_;
  size_t at_ = 0;
  bool after_value_ = false;
};

}  // namespace

bool IsXmlNameStart(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         c == ':' || (c & 0x80) != 0;
}

XmlTagResult ReadXmlStartTag(std::string_view text, XmlTag& tag) {
  return TagReader(text, tag).Read();
}

CleanXmlText CleanCdata(std::string_view raw) {
  CleanXmlText clean;
  for (size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] == '\r') {
      if (raw.substr(i).starts_with("\r\n")) ++i;
      clean.text += '\n';
    } else if (IsControl(raw[i])) {
      clean.has_invalid = true;
    } else {
      clean.text += raw[i];
    }
  }
  return clean;
}

std::string UnknownEntityMessage(std::string_view shown) {
  return fmt::format(
      "the entity '{}' was taken for text: it is not declared, or declared by "
      "the file itself",
      shown);
}

std::string InvalidReferenceMessage(std::string_view shown) {
  return fmt::format(
      "'{}' was left out: it refers to a character that XML does not allow",
      shown);
}

}  // namespace tercet
