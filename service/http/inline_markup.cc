#include "service/http/inline_markup.h"

#include <array>
#include <optional>
#include <utility>

#include "fmt/format.h"
#include "service/base/utf8.h"

namespace tercet::http {
namespace {

struct Element {
  std::string_view name;
  v1::InlineCode::Kind kind;
};

constexpr std::array kElements = {
    Element{"bpt", v1::InlineCode::BEGIN_PAIRED},
    Element{"ept", v1::InlineCode::END_PAIRED},
    Element{"ph", v1::InlineCode::PLACEHOLDER},
    Element{"it", v1::InlineCode::ISOLATED},
};

struct Entity {
  std::string_view name;
  char character;
};

constexpr std::array kEntities = {Entity{"&lt;", '<'}, Entity{"&gt;", '>'},
                                  Entity{"&amp;", '&'}, Entity{"&quot;", '"'},
                                  Entity{"&apos;", '\''}};

std::string Unescape(std::string_view text) {
  std::string plain;
  while (!text.empty()) {
    const Entity* entity = nullptr;
    for (const Entity& candidate : kEntities) {
      if (text.starts_with(candidate.name)) entity = &candidate;
    }
    plain.push_back(entity == nullptr ? text.front() : entity->character);
    text.remove_prefix(entity == nullptr ? 1 : entity->name.size());
  }
  return plain;
}

// Quotes only need it within an attribute.
std::string Escape(std::string_view text, bool quotes) {
  std::string escaped;
  for (const char c : text) {
    if (c == '<') {
      escaped += "&lt;";
    } else if (c == '>') {
      escaped += "&gt;";
    } else if (c == '&') {
      escaped += "&amp;";
    } else if (c == '"' && quotes) {
      escaped += "&quot;";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

// ` name="value"` from the front of `text`; false when that is not there.
bool TakeAttribute(std::string_view& text, v1::InlineCode& code) {
  std::string_view rest = text.substr(text.find_first_not_of(' '));
  const size_t equals = rest.find('=');
  if (equals == rest.npos || equals + 1 >= rest.size()) return false;
  const char quote = rest[equals + 1];
  const size_t end = rest.find(quote, equals + 2);
  if ((quote != '"' && quote != '\'') || end == rest.npos) return false;
  v1::Property& attribute = *code.add_attributes();
  attribute.set_type(std::string(rest.substr(0, equals)));
  attribute.set_value(Unescape(rest.substr(equals + 2, end - equals - 2)));
  text = rest.substr(end + 1);
  return true;
}

// An element at the front of `text`, which it takes off; nullopt when there is
// none.
std::optional<v1::InlineCode> TakeElement(std::string_view& text) {
  for (const Element& element : kElements) {
    if (!text.substr(1).starts_with(element.name)) continue;
    const size_t close = text.find('>');
    if (close == text.npos) return std::nullopt;
    std::string_view inside =
        text.substr(1 + element.name.size(), close - 1 - element.name.size());
    const bool empty = inside.ends_with('/');
    if (empty) inside.remove_suffix(1);
    if (!inside.empty() && inside.front() != ' ') continue;  // `<iter>`
    v1::InlineCode code;
    code.set_kind(element.kind);
    while (inside.find_first_not_of(' ') != inside.npos) {
      if (!TakeAttribute(inside, code)) return std::nullopt;
    }
    std::string_view rest = text.substr(close + 1);
    if (!empty) {
      const std::string end = fmt::format("</{}>", element.name);
      const size_t at = rest.find(end);
      if (at == rest.npos) return std::nullopt;
      code.set_content(Unescape(rest.substr(0, at)));
      rest.remove_prefix(at + end.size());
    }
    text = rest;
    return code;
  }
  return std::nullopt;
}

std::string WriteElement(const v1::InlineCode& code) {
  std::string_view name = "ph";
  for (const Element& element : kElements) {
    if (element.kind == code.kind()) name = element.name;
  }
  std::string text = fmt::format("<{}", name);
  for (const v1::Property& attribute : code.attributes()) {
    text += fmt::format(" {}=\"{}\"", attribute.type(),
                        Escape(attribute.value(), true));
  }
  if (code.content().empty()) return text + "/>";
  return fmt::format("{}>{}</{}>", text, Escape(code.content(), false), name);
}

int CountCharacters(std::string_view text) {
  int count = 0;
  for (size_t i = 0; i < text.size(); ++count) DecodeUtf8(text, &i);
  return count;
}

}  // namespace

v1::Variant ParseMarkup(std::string_view language, std::string_view markup) {
  v1::Variant variant;
  variant.set_language_code(std::string(language));
  std::string& text = *variant.mutable_text();
  int characters = 0;
  while (!markup.empty()) {
    if (markup.front() == '<') {
      if (std::optional<v1::InlineCode> code = TakeElement(markup)) {
        code->set_offset(characters);
        *variant.add_codes() = *std::move(code);
        continue;
      }
    }
    const size_t end = markup.find('<', 1);
    const std::string plain = Unescape(markup.substr(0, end));
    characters += CountCharacters(plain);
    text += plain;
    markup.remove_prefix(end == markup.npos ? markup.size() : end);
  }
  return variant;
}

std::string WriteMarkup(const v1::Variant& variant) {
  std::string markup;
  std::string_view text = variant.text();
  int characters = 0;
  size_t begin = 0;
  size_t end = 0;
  for (const v1::InlineCode& code : variant.codes()) {
    while (characters < code.offset() && end < text.size()) {
      DecodeUtf8(text, &end);
      ++characters;
    }
    markup += Escape(text.substr(begin, end - begin), false);
    begin = end;
    markup += WriteElement(code);
  }
  return markup + Escape(text.substr(begin), false);
}

}  // namespace tercet::http
