#include "service/text/analysis.h"

#include <algorithm>
#include <functional>
#include <map>
#include <span>
#include <string>

#include "service/base/bytes.h"
#include "service/base/hash.h"
#include "service/base/utf8.h"
#include "service/text/icu.h"
#include "service/text/lexeme.h"
#include "service/text/placeables.h"
#include "service/text/stem.h"
#include "service/text/tokenize.h"

namespace tercet {
namespace {

// Before what is hashed for placeables and tags, to keep it apart from words:
// a byte that no text holds.
constexpr char kNotWord = '\xFF';

uint32_t Key(std::string_view bytes) {
  return static_cast<uint32_t>(HashBytes64(bytes));
}

std::string Fold(std::string_view text) {
  std::string folded;
  folded.reserve(text.size());
  size_t position = 0;
  while (position < text.size()) {
    AppendUtf8(folded, unicode::FoldCharacter(DecodeUtf8(text, &position)));
  }
  return folded;
}

// Stems by key, with the latest words remembered: stemming is most of the cost
// of analysing, and few words make up most of any text. Not thread-safe.
class StemKeys {
 public:
  explicit StemKeys(std::string_view language) : stemmer_(language) {}

  uint32_t Of(std::string_view folded) {
    const uint64_t hash = HashBytes64(folded);
    Entry& entry = entries_[hash % kEntries];
    if (entry.hash != hash || entry.stem == 0) {
      entry = {hash, Key(stemmer_.Stem(folded))};
    }
    return entry.stem;
  }

 private:
  static constexpr size_t kEntries = 1 << 12;

  struct Entry {
    uint64_t hash = 0;
    uint32_t stem = 0;
  };

  Stemmer stemmer_;
  std::vector<Entry> entries_ = std::vector<Entry>(kEntries);
};

// Stemmers are slow to make and not thread-safe.
StemKeys& ThreadStemKeys(std::string_view language) {
  thread_local std::map<std::string, StemKeys, std::less<>> stems;
  // All languages without rules share one, so that tags from outside cannot
  // fill the memory.
  const std::string_view name =
      language == "en" || language == "es" ? language : "";
  auto it = stems.find(name);
  if (it == stems.end()) {
    it = stems.emplace(std::string(name), StemKeys(name)).first;
  }
  return it->second;
}

std::string Composed(std::string_view text) {
  return unicode::IsNfc(text) ? std::string(text) : unicode::ToNfc(text);
}

Token TextToken(std::string_view text, const TokenSpan& span, StemKeys& stems) {
  Token token{.space_before = span.space_before,
              .begin = static_cast<uint32_t>(span.begin),
              .end = static_cast<uint32_t>(span.end)};
  std::string_view written = text.substr(span.begin, span.end - span.begin);
  std::string composed;
  if (!unicode::IsNfc(written)) {
    composed = unicode::ToNfc(written);
    written = composed;
  }
  const std::string folded = Fold(written);
  token.form = Key(folded);
  token.raw = folded == written ? token.form : Key(written);
  if (span.kind == SpanKind::kPunctuation) {
    token.kind = TokenKind::kPunctuation;
    token.stem = token.form;
  } else {
    token.stem = stems.Of(folded);
  }
  return token;
}

// Class, value and spelling, each with all that stands before it: what is
// written alike is of one value, what is of one value is of one class.
Token PlaceableToken(std::string_view text, const Placeable& placeable,
                     bool space_before) {
  Token token{.kind = TokenKind::kPlaceable,
              .space_before = space_before,
              .begin = static_cast<uint32_t>(placeable.begin),
              .end = static_cast<uint32_t>(placeable.end)};
  std::string key = kNotWord + PlaceableShape(placeable);
  token.stem = Key(key);
  key += kNotWord + placeable.value;
  token.form = Key(key);
  key += kNotWord + Composed(text.substr(placeable.begin,
                                         placeable.end - placeable.begin));
  token.raw = Key(key);
  return token;
}

Token TagToken(const InlineCode& code) {
  const std::string name = {kNotWord, static_cast<char>(code.kind)};
  const uint32_t key = Key(name);
  return {.kind = TokenKind::kTag,
          .begin = code.offset,
          .end = code.offset,
          .stem = key,
          .form = key,
          .raw = key};
}

std::vector<Token> MakeTokens(const Segment& segment, std::string_view language,
                              StemKeys& stems) {
  std::vector<size_t> breaks;
  for (const InlineCode& code : segment.codes) breaks.push_back(code.offset);
  const std::vector<TokenSpan> spans = Tokenize(segment.text, breaks);
  const std::vector<Placeable> placeables =
      FindPlaceables(segment.text, spans, breaks, language);
  std::vector<Token> tokens;
  tokens.reserve(spans.size() + segment.codes.size());
  auto code = segment.codes.begin();
  auto placeable = placeables.begin();
  for (size_t i = 0; i < spans.size();) {
    for (; code != segment.codes.end() && code->offset <= spans[i].begin;
         ++code) {
      tokens.push_back(TagToken(*code));
    }
    if (placeable != placeables.end() && placeable->first_token == i) {
      tokens.push_back(
          PlaceableToken(segment.text, *placeable, spans[i].space_before));
      i += placeable->tokens;
      ++placeable;
    } else {
      tokens.push_back(TextToken(segment.text, spans[i], stems));
      ++i;
    }
  }
  for (; code != segment.codes.end(); ++code) {
    tokens.push_back(TagToken(*code));
  }
  return tokens;
}

// A segment without words is compared by what it has: "..." by its marks.
void PromoteWhereWordless(std::vector<Token>& tokens) {
  const auto has = [&tokens](auto predicate) {
    return std::ranges::any_of(tokens, predicate);
  };
  if (has([](const Token& t) { return CountsAsWord(t.kind); })) return;
  const bool marks =
      has([](const Token& t) { return t.kind == TokenKind::kPunctuation; });
  for (Token& token : tokens) {
    if (!marks || token.kind == TokenKind::kPunctuation) {
      token.kind = TokenKind::kWord;
    }
  }
}

uint64_t ExactHash(uint64_t text_hash, const Segment& segment) {
  if (segment.codes.empty()) return text_hash;
  std::string bytes;
  AppendU64(bytes, text_hash);
  for (const InlineCode& code : segment.codes) {
    AppendU32(bytes, code.offset);
    bytes.push_back(static_cast<char>(code.kind));
  }
  return HashBytes64(bytes);
}

// The stems of the words that numbers, dates and times are written with, in
// order. What has one of them may be written as one of the words, or be
// searched for as a form of it.
std::vector<uint32_t> MakeStemsInsideNumbers(std::string_view language) {
  std::vector<uint32_t> stems;
  for (const std::string& word : WordsInside(language)) {
    stems.push_back(ThreadStemKeys(language).Of(Fold(word)));
  }
  std::ranges::sort(stems);
  return stems;
}

const std::vector<uint32_t>& StemsInsideNumbers(std::string_view language) {
  // Kept for ever; all languages without such words share one.
  static const auto* const stems = [] {
    auto* made = new std::map<std::string, std::vector<uint32_t>, std::less<>>;
    for (const std::string_view each : {"", "en", "es", "zh"}) {
      made->emplace(each, MakeStemsInsideNumbers(each));
    }
    return made;
  }();
  const auto it = stems->find(language);
  return it == stems->end() ? stems->find("")->second : it->second;
}

}  // namespace

std::string AnalysisVersion() {
  return "4/icu-" + unicode::Version() + "/snowball-2";
}

uint64_t HashText(std::string_view text) {
  return unicode::IsNfc(text) ? HashBytes64(text)
                              : HashBytes64(unicode::ToNfc(text));
}

std::vector<uint32_t> StemsThatCover(std::string_view word,
                                     std::string_view language) {
  std::vector<uint32_t> stems;
  bool in_numbers = false;
  for (const TokenSpan& span : Tokenize(word)) {
    const uint32_t stem = TextToken(word, span, ThreadStemKeys(language)).stem;
    stems.push_back(stem);
    size_t position = span.begin;
    const char32_t first = unicode::FoldCharacter(DecodeUtf8(word, &position));
    in_numbers = in_numbers ||
                 unicode::Classify(first) == unicode::CharClass::kDigit ||
                 std::ranges::binary_search(StemsInsideNumbers(language), stem);
  }
  for (const std::string& shape : ShapesOfNames()) {
    stems.push_back(Key(kNotWord + shape));
  }
  if (!in_numbers) return stems;
  for (const std::string& shape : ShapesOfNumbers()) {
    stems.push_back(Key(kNotWord + shape));
  }
  return stems;
}

Analysis Analyze(const Segment& segment, std::string_view language) {
  Analysis analysis;
  analysis.tokens = MakeTokens(segment, language, ThreadStemKeys(language));
  PromoteWhereWordless(analysis.tokens);
  for (const Token& token : analysis.tokens) {
    if (CountsAsWord(token.kind)) analysis.stems.push_back(token.stem);
  }
  analysis.text_bytes = static_cast<uint32_t>(segment.text.size());
  analysis.text_hash = HashText(segment.text);
  analysis.exact_hash = ExactHash(analysis.text_hash, segment);
  return analysis;
}

}  // namespace tercet
