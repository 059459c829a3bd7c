#include "service/match/concordance.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "service/base/utf8.h"
#include "service/text/analysis.h"
#include "service/text/icu.h"
#include "service/text/stem.h"
#include "service/text/tokenize.h"

namespace tercet {
namespace {

bool IsAsciiAlnum(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
         (c >= 'A' && c <= 'Z');
}

// Runs of letters and digits, and single marks. REQUIRES: text is ASCII.
std::vector<TextSpan> CutAddress(std::string_view text) {
  std::vector<TextSpan> parts;
  for (size_t begin = 0; begin < text.size();) {
    size_t end = begin;
    while (end < text.size() && IsAsciiAlnum(text[end])) ++end;
    end = std::max(end, begin + 1);
    parts.push_back({static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
    begin = end;
  }
  return parts;
}

bool IsAscii(std::string_view text) {
  return std::ranges::all_of(
      text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

// Fills a SearchText.
class SearchText::Cutter {
 public:
  Cutter(SearchText& to, SearchForm form, std::string_view language)
      : to_(to), form_(form) {
    if (form == SearchForm::kInflected) stemmer_.emplace(language);
  }

  // Cuts `text` whose tokens are `spans`; with `as_address` words too as
  // addresses are.
  void Cut(std::string_view text, const std::vector<TokenSpan>& spans,
           bool as_address) {
    for (const TokenSpan& span : spans) {
      const std::string_view written =
          text.substr(span.begin, span.end - span.begin);
      const bool is_address = span.kind == SpanKind::kAddress;
      if (is_address) ++addresses_;
      if (is_address || (as_address && IsAscii(written))) {
        for (const TextSpan& part : CutAddress(written)) {
          Add(text,
              {static_cast<uint32_t>(span.begin) + part.begin,
               static_cast<uint32_t>(span.begin) + part.end},
              !IsAsciiAlnum(written[part.begin]), is_address ? addresses_ : 0);
        }
      } else {
        Add(text,
            {static_cast<uint32_t>(span.begin),
             static_cast<uint32_t>(span.end)},
            span.kind == SpanKind::kPunctuation, 0);
      }
    }
  }

 private:
  void Add(std::string_view text, TextSpan span, bool is_mark,
           uint32_t address) {
    Piece piece{.span = span,
                .is_mark = is_mark,
                .address = address,
                .form_begin = static_cast<uint32_t>(to_.forms_.size())};
    AppendForm(text.substr(span.begin, span.end - span.begin), is_mark);
    piece.form_end = static_cast<uint32_t>(to_.forms_.size());
    to_.pieces_.push_back(piece);
  }

  void AppendForm(std::string_view written, bool is_mark) {
    std::string composed;
    if (!unicode::IsNfc(written)) {
      composed = unicode::ToNfc(written);
      written = composed;
    }
    if (form_ == SearchForm::kExact) {
      to_.forms_ += written;
      return;
    }
    const size_t begin = to_.forms_.size();
    for (size_t position = 0; position < written.size();) {
      AppendUtf8(to_.forms_,
                 unicode::FoldCharacter(DecodeUtf8(written, &position)));
    }
    if (!stemmer_.has_value() || is_mark) return;
    const std::string folded = to_.forms_.substr(begin);
    to_.forms_.resize(begin);
    to_.forms_ += stemmer_->Stem(folded);
  }

  SearchText& to_;
  const SearchForm form_;
  std::optional<Stemmer> stemmer_;
  uint32_t addresses_ = 0;
};

SearchText::SearchText(const Segment& segment, SearchForm form,
                       std::string_view language) {
  std::vector<size_t> breaks;
  for (const InlineCode& code : segment.codes) breaks.push_back(code.offset);
  Cutter(*this, form, language)
      .Cut(segment.text, Tokenize(segment.text, breaks), /*as_address=*/false);
}

PhraseMatcher::PhraseMatcher(std::string_view phrase, SearchForm form,
                             std::string_view language, bool trim_marks)
    : phrase_({.text = std::string(phrase)}, form, language),
      in_address_({}, form, language) {
  const auto is_word = [](const SearchText::Piece& p) { return !p.is_mark; };
  auto& pieces = phrase_.pieces_;
  const auto first = std::ranges::find_if(pieces, is_word);
  if (trim_marks && first != pieces.end()) {
    const auto last =
        std::find_if(pieces.rbegin(), pieces.rend(), is_word).base();
    phrase.remove_suffix(phrase.size() - (last - 1)->span.end);
    pieces.erase(last, pieces.end());
    // Spans stay those of the untrimmed phrase: only forms are compared.
    pieces.erase(pieces.begin(), std::ranges::find_if(pieces, is_word));
  }
  for (const SearchText::Piece& piece : pieces) {
    if (piece.is_mark) continue;
    words_.push_back(StemsThatCover(
        phrase.substr(piece.span.begin, piece.span.end - piece.span.begin),
        language));
  }
  SearchText cut({}, form, language);
  const size_t begin = pieces.empty() ? 0 : pieces.front().span.begin;
  phrase = phrase.substr(begin);
  SearchText::Cutter(cut, form, language)
      .Cut(phrase, Tokenize(phrase), /*as_address=*/true);
  if (cut.size() != phrase_.size()) in_address_ = std::move(cut);
}

bool PhraseMatcher::StandsAt(const SearchText& pieces, const SearchText& text,
                             size_t begin) {
  for (size_t i = 0; i < pieces.size(); ++i) {
    if (pieces.FormOf(pieces.pieces_[i]) !=
        text.FormOf(text.pieces_[begin + i])) {
      return false;
    }
  }
  return true;
}

std::vector<TextSpan> PhraseMatcher::Find(const SearchText& text) const {
  std::vector<TextSpan> found;
  if (empty()) return found;
  for (size_t i = 0; i < text.size();) {
    size_t count = 0;
    if (i + phrase_.size() <= text.size() && StandsAt(phrase_, text, i)) {
      count = phrase_.size();
    } else if (const uint32_t address = text.pieces_[i].address;
               address != 0 && in_address_.size() > 0 &&
               i + in_address_.size() <= text.size() &&
               text.pieces_[i + in_address_.size() - 1].address == address &&
               StandsAt(in_address_, text, i)) {
      count = in_address_.size();
    }
    if (count == 0) {
      ++i;
      continue;
    }
    found.push_back(
        {text.pieces_[i].span.begin, text.pieces_[i + count - 1].span.end});
    i += count;
  }
  return found;
}

}  // namespace tercet
