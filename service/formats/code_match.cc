#include "service/formats/code_match.h"

#include <map>
#include <string>
#include <string_view>

namespace tercet {
namespace {

using Kind = InlineCode::Kind;

std::string_view AttributeOf(const InlineCode& code, std::string_view type) {
  for (const Property& attribute : code.attributes) {
    if (attribute.type == type) return attribute.value;
  }
  return "";
}

std::string_view NumberOf(const InlineCode& code) {
  const std::string_view number = AttributeOf(code, "i");
  return number.empty() ? AttributeOf(code, "x") : number;
}

bool HasSameContent(const InlineCode& a, const InlineCode& b) {
  return !a.content.empty() && a.content == b.content &&
         a.content_is_xml == b.content_is_xml;
}

// Whether one can do the other's work, whatever is in it.
bool HasSameKind(const InlineCode& a, const InlineCode& b) {
  if (a.kind != b.kind) return false;
  return a.kind != Kind::kIsolated ||
         AttributeOf(a, "pos") == AttributeOf(b, "pos");
}

enum class Likeness : uint8_t { kEqual, kContent, kNumber, kKind };

bool IsLike(const InlineCode& a, const InlineCode& b, Likeness likeness) {
  switch (likeness) {
    case Likeness::kEqual:
      return a.kind == b.kind && a.content == b.content &&
             a.content_is_xml == b.content_is_xml &&
             a.attributes == b.attributes;
    case Likeness::kContent:
      return HasSameContent(a, b);
    case Likeness::kNumber:
      return HasSameKind(a, b) && NumberOf(a) == NumberOf(b);
    case Likeness::kKind:
      break;
  }
  return HasSameKind(a, b);
}

class Matcher {
 public:
  Matcher(const std::vector<InlineCode>& codes,
          const std::vector<InlineCode>& known)
      : codes_(codes),
        known_(known),
        partners_(PairCodes(codes)),
        known_partners_(PairCodes(known)),
        matches_(codes.size()),
        users_(known.size()) {}

  CodeMatches Run() {
    MatchWhole(Likeness::kEqual);
    MatchWhole(Likeness::kContent);
    MatchHalves();
    MatchWhole(Likeness::kNumber);
    MatchWhole(Likeness::kKind);
    return matches_;
  }

 private:
  static bool IsSecond(const CodeMatches& partners, size_t i) {
    return partners[i].has_value() && *partners[i] < i;
  }

  void Match(size_t i, size_t k) {
    matches_[i] = k;
    users_[k] = i;
  }

  // Pairs with pairs, others with others.
  void MatchWhole(Likeness likeness) {
    size_t first_free = 0;
    for (size_t i = 0; i < codes_.size(); ++i) {
      if (matches_[i].has_value() || IsSecond(partners_, i)) continue;
      while (first_free < users_.size() && users_[first_free].has_value()) {
        ++first_free;
      }
      for (size_t k = first_free; k < known_.size(); ++k) {
        if (!users_[k].has_value() && Fits(i, k, likeness)) {
          Match(i, k);
          if (partners_[i]) Match(*partners_[i], *known_partners_[k]);
          break;
        }
      }
    }
  }

  bool Fits(size_t i, size_t k, Likeness likeness) const {
    if (IsSecond(known_partners_, k)) return false;
    if (partners_[i].has_value() != known_partners_[k].has_value()) {
      return false;
    }
    if (!IsLike(codes_[i], known_[k], likeness)) return false;
    return !partners_[i].has_value() ||
           IsLike(codes_[*partners_[i]], known_[*known_partners_[k]], likeness);
  }

  // A pair here may be two placeholders there, and the other way around.
  void MatchHalves() {
    std::vector<size_t> added;
    for (size_t i = 0; i < codes_.size(); ++i) {
      for (size_t k = 0; k < known_.size() && !matches_[i]; ++k) {
        if (users_[k].has_value()) continue;
        if (!HasSameContent(codes_[i], known_[k])) continue;
        Match(i, k);
        added.push_back(i);
      }
    }
    bool changed = true;
    while (changed) {
      changed = false;
      for (const size_t i : added) {
        if (!matches_[i].has_value() || IsWhole(i, *matches_[i])) continue;
        users_[*matches_[i]].reset();
        matches_[i].reset();
        changed = true;
      }
    }
  }

  // Whether of both their pairs the other half has a match, too.
  bool IsWhole(size_t i, size_t k) const {
    if (partners_[i] && !matches_[*partners_[i]]) return false;
    return !known_partners_[k] || users_[*known_partners_[k]].has_value();
  }

  const std::vector<InlineCode>& codes_;
  const std::vector<InlineCode>& known_;
  const CodeMatches partners_;
  const CodeMatches known_partners_;
  CodeMatches matches_;
  CodeMatches users_;  // Of the known ones.
};

}  // namespace

CodeMatches PairCodes(const std::vector<InlineCode>& codes) {
  CodeMatches partners(codes.size());
  // The open ones by their numbers; those of `hi`, whose ends have none.
  std::map<std::string_view, std::vector<size_t>> open;
  std::vector<size_t> open_marks;
  for (size_t i = 0; i < codes.size(); ++i) {
    const Kind kind = codes[i].kind;
    const bool is_mark =
        kind == Kind::kHighlightBegin || kind == Kind::kHighlightEnd;
    if (!is_mark && kind != Kind::kBeginPaired && kind != Kind::kEndPaired) {
      continue;
    }
    std::vector<size_t>& begins =
        is_mark ? open_marks : open[AttributeOf(codes[i], "i")];
    if (kind == Kind::kBeginPaired || kind == Kind::kHighlightBegin) {
      begins.push_back(i);
    } else if (!begins.empty()) {
      partners[i] = begins.back();
      partners[begins.back()] = i;
      begins.pop_back();
    }
  }
  return partners;
}

CodeMatches MatchCodes(const std::vector<InlineCode>& codes,
                       const std::vector<InlineCode>& known) {
  return Matcher(codes, known).Run();
}

}  // namespace tercet
