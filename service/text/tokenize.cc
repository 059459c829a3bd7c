#include "service/text/tokenize.h"

#include <algorithm>

#include "service/base/utf8.h"
#include "service/text/icu.h"

namespace tercet {
namespace {

using unicode::CharClass;
using unicode::Classify;

bool IsAsciiAlnum(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
         (c >= 'A' && c <= 'Z');
}

// Walks over a text, token by token.
class Scanner {
 public:
  Scanner(std::string_view text, std::span<const size_t> breaks)
      : text_(text), breaks_(breaks) {}

  std::vector<TokenSpan> Run() {
    std::vector<TokenSpan> tokens;
    while (position_ < text_.size()) {
      const size_t begin = position_;
      SetLimit();
      const CharClass first = Take();
      if (first == CharClass::kSpace || first == CharClass::kExtend) {
        // A joiner or mark that has nothing to belong to shows nothing either.
        space_ = space_ || first == CharClass::kSpace;
        continue;
      }
      const SpanKind kind = Continue(begin, first);
      tokens.push_back({kind, space_, begin, position_});
      space_ = false;
    }
    return tokens;
  }

 private:
  // The end of the stretch without breaks that `position_` is in.
  void SetLimit() {
    while (!breaks_.empty() && breaks_.front() <= position_) {
      breaks_ = breaks_.subspan(1);
    }
    limit_ = breaks_.empty() ? text_.size()
                             : std::min(breaks_.front(), text_.size());
  }

  CharClass Take() { return Classify(DecodeUtf8(text_, &position_)); }

  // The class of the character at `*position`, which it moves past, marks that
  // belong to it included. REQUIRES: *position < limit_.
  CharClass Peek(size_t* position) const {
    const CharClass peeked = Classify(DecodeUtf8(text_, position));
    SkipExtends(position);
    return peeked;
  }

  void SkipExtends(size_t* position) const {
    while (*position < limit_) {
      size_t next = *position;
      if (Classify(DecodeUtf8(text_, &next)) != CharClass::kExtend) return;
      *position = next;
    }
  }

  // Takes the rest of the token whose first character was taken.
  SpanKind Continue(size_t begin, CharClass first) {
    SkipExtends(&position_);
    switch (first) {
      case CharClass::kLetter:
      case CharClass::kDigit:
      case CharClass::kConnector:
        if (TakeAddress(begin)) return SpanKind::kAddress;
        return TakeWord(first);
      case CharClass::kIdeograph:
      case CharClass::kSymbol:
        return SpanKind::kWord;
      default:
        if (TakePath(begin)) return SpanKind::kAddress;
        return SpanKind::kPunctuation;
    }
  }

  // UAX #29, WB5 to WB13b.
  SpanKind TakeWord(CharClass last) {
    bool number = last == CharClass::kDigit;
    while (position_ < limit_) {
      size_t next = position_;
      CharClass peeked = Peek(&next);
      if (Joins(last, peeked)) {
        // Behind a full stop or the like the same kind must follow.
        if (next >= limit_) break;
        const CharClass behind = Peek(&next);
        if (behind != last) break;
        peeked = behind;
      } else if (peeked != CharClass::kLetter && peeked != CharClass::kDigit &&
                 peeked != CharClass::kConnector) {
        break;
      }
      number = number && peeked == CharClass::kDigit;
      last = peeked;
      position_ = next;
    }
    return number ? SpanKind::kNumber : SpanKind::kWord;
  }

  static bool Joins(CharClass last, CharClass middle) {
    if (middle == CharClass::kMidBoth) {
      return last == CharClass::kLetter || last == CharClass::kDigit;
    }
    return (middle == CharClass::kMidLetter && last == CharClass::kLetter) ||
           (middle == CharClass::kMidNumber && last == CharClass::kDigit);
  }

  // Takes a URL or an e-mail address that begins at `begin`.
  bool TakeAddress(size_t begin) {
    const std::string_view rest = text_.substr(begin, limit_ - begin);
    const size_t length = std::max(UrlLength(rest), EmailLength(rest));
    if (length == 0) return false;
    position_ = begin + length;
    return true;
  }

  // Takes /etc/hosts or ~/x, where nothing that it could join stands before.
  bool TakePath(size_t begin) {
    if (text_[begin] != '/' && text_[begin] != '~') return false;
    if (begin > 0 && !space_) {
      const char before = text_[begin - 1];
      constexpr std::string_view kJoins = "/.<~_-";
      if (IsAsciiAlnum(before) || kJoins.find(before) != kJoins.npos) {
        return false;
      }
    }
    const size_t length = PathLength(text_.substr(begin, limit_ - begin));
    if (length == 0) return false;
    position_ = begin + length;
    return true;
  }

  // The length of a path of two names or more, the first of them with a letter
  // (or ~), at the start of `text`; 0 when there is none. A first name is at
  // most 255 bytes, which keeps the look ahead short.
  static size_t PathLength(std::string_view text) {
    const auto in_name = [](char c) {
      return IsAsciiAlnum(c) || c == '.' || c == '_' || c == '-' || c == '+';
    };
    size_t name = 1;
    bool letter = text[0] == '~';
    while (name < text.size() && name <= 255 && in_name(text[name])) {
      letter = letter || (text[name] > '9' && IsAsciiAlnum(text[name]));
      ++name;
    }
    const bool first = letter && (name > 1 || text[0] == '~');
    if (!first || name + 1 >= text.size() || text[name] != '/' ||
        !IsAsciiAlnum(text[name + 1])) {
      return 0;
    }
    const auto end =
        std::ranges::find_if_not(text.substr(name), [&in_name](char c) {
          return in_name(c) || c == '/' || c == '~' || c == '@' || c == '%';
        });
    return TrimmedRun(text.substr(
        0, name + static_cast<size_t>(end - text.substr(name).begin())));
  }

  // The length of `text` up to the first byte that no address holds: space,
  // non-ASCII, quotes and angle brackets.
  static size_t AddressRun(std::string_view text) {
    const auto end = std::ranges::find_if(text, [](char c) {
      const auto byte = static_cast<unsigned char>(c);
      return byte <= ' ' || byte >= 0x7F || c == '"' || c == '<' || c == '>' ||
             c == '`' || c == '{' || c == '}';
    });
    return static_cast<size_t>(end - text.begin());
  }

  // Punctuation at the end belongs to the sentence.
  static size_t TrimmedRun(std::string_view text) {
    size_t length = AddressRun(text);
    while (length > 0 && !IsAsciiAlnum(text[length - 1]) &&
           text[length - 1] != '/') {
      --length;
    }
    return length;
  }

  // `scheme://...` or `www....`; 0 when there is none.
  static size_t UrlLength(std::string_view text) {
    size_t scheme = 0;
    while (scheme < text.size() && IsAsciiAlnum(text[scheme])) ++scheme;
    const bool url =
        scheme >= 3 && scheme <= 16 && text.substr(scheme).starts_with("://");
    const bool www = text.starts_with("www.");
    if (!url && !www) return 0;
    const size_t head = url ? scheme + 3 : 4;
    const size_t length = TrimmedRun(text);
    return length > head ? length : 0;
  }

  // `name@host.domain`; 0 when there is none. RFC 5321 allows 64 and 255 bytes,
  // which also keeps the look ahead short.
  static size_t EmailLength(std::string_view text) {
    text = text.substr(0, 64 + 1 + 255);
    const std::string_view::iterator end =
        std::ranges::find_if_not(text, [](char c) {
          return IsAsciiAlnum(c) || c == '.' || c == '_' || c == '-' ||
                 c == '+' || c == '%';
        });
    const auto at = static_cast<size_t>(end - text.begin());
    if (at == 0 || at >= text.size() || text[at] != '@') return 0;
    size_t host = at + 1;
    while (host < text.size() && (IsAsciiAlnum(text[host]) ||
                                  text[host] == '.' || text[host] == '-')) {
      ++host;
    }
    while (host > at && !IsAsciiAlnum(text[host - 1])) --host;
    const bool has_dot =
        text.substr(at, host - at).find('.') != std::string_view::npos;
    return has_dot ? host : 0;
  }

  std::string_view text_;
  std::span<const size_t> breaks_;
  size_t position_ = 0;
  size_t limit_ = 0;
  bool space_ = false;
};

}  // namespace

std::vector<TokenSpan> Tokenize(std::string_view text,
                                std::span<const size_t> breaks) {
  return Scanner(text, breaks).Run();
}

}  // namespace tercet
