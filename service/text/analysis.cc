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
  switch (span.kind) {
    case SpanKind::kWord:
      token.kind = TokenKind::kWord;
      token.stem = stems.Of(folded);
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

std::vector<Token> MakeTokens(const Segment& segment, StemKeys& stems) {
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
    tokens.push_back(TextToken(segment.text, span, stems));
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
  analysis.tokens = MakeTokens(segment, ThreadStemKeys(language));
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
