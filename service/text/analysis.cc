#include "service/text/analysis.h"

#include <algorithm>
#include <map>
#include <memory>
#include <span>

#include "service/base/bytes.h"
#include "service/base/hash.h"
#include "service/base/utf8.h"
#include "service/text/icu.h"
#include "service/text/stem.h"
#include "service/text/tokenize.h"

namespace tercet {
namespace {

// Kept apart from the hashes of words by their length: a word has at least one
// byte, and these strings begin with one that no text holds.
constexpr std::string_view kNumberClass = "\xFFnumber";
constexpr std::string_view kAddressClass =
    "\xFF"
    "address";
constexpr std::string_view kTagClass = "\xFFtag";

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

// Stemmers are slow to make and not thread-safe.
Stemmer& ThreadStemmer(std::string_view language) {
  thread_local std::map<std::string, std::unique_ptr<Stemmer>, std::less<>>
      stemmers;
  // All languages without rules share one, so that tags from outside cannot
  // fill the memory.
  const std::string_view name =
      language == "en" || language == "es" ? language : "";
  auto it = stemmers.find(name);
  if (it == stemmers.end()) {
    it = stemmers.emplace(std::string(name), std::make_unique<Stemmer>(name))
             .first;
  }
  return *it->second;
}

Token TextToken(std::string_view text, const TokenSpan& span,
                Stemmer& stemmer) {
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
  switch (span.kind) {
    case SpanKind::kWord:
      token.kind = TokenKind::kWord;
      token.stem = Key(stemmer.Stem(folded));
      break;
    case SpanKind::kNumber:
      token.kind = TokenKind::kPlaceable;
      token.stem = Key(kNumberClass);
      break;
    case SpanKind::kAddress:
      token.kind = TokenKind::kPlaceable;
      token.stem = Key(kAddressClass);
      break;
    case SpanKind::kPunctuation:
      token.kind = TokenKind::kPunctuation;
      token.stem = token.form;
      break;
  }
  return token;
}

Token TagToken(const InlineCode& code) {
  std::string name(kTagClass);
  name.push_back(static_cast<char>(code.kind));
  const uint32_t key = Key(name);
  return {.kind = TokenKind::kTag,
          .begin = code.offset,
          .end = code.offset,
          .stem = key,
          .form = key,
          .raw = key};
}

std::vector<Token> MakeTokens(const Segment& segment, Stemmer& stemmer) {
  std::vector<size_t> breaks;
  for (const InlineCode& code : segment.codes) breaks.push_back(code.offset);
  const std::vector<TokenSpan> spans = Tokenize(segment.text, breaks);
  std::vector<Token> tokens;
  tokens.reserve(spans.size() + segment.codes.size());
  auto code = segment.codes.begin();
  for (const TokenSpan& span : spans) {
    for (; code != segment.codes.end() && code->offset <= span.begin; ++code) {
      tokens.push_back(TagToken(*code));
    }
    tokens.push_back(TextToken(segment.text, span, stemmer));
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

}  // namespace

std::string AnalysisVersion() {
  return "1/icu-" + unicode::Version() + "/snowball-2";
}

uint64_t HashText(std::string_view text) {
  return unicode::IsNfc(text) ? HashBytes64(text)
                              : HashBytes64(unicode::ToNfc(text));
}

Analysis Analyze(const Segment& segment, std::string_view language) {
  Analysis analysis;
  analysis.tokens = MakeTokens(segment, ThreadStemmer(language));
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
