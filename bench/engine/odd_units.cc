#include "bench/engine/odd_units.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>
#include <utility>

#include "bench/must.h"
#include "service/text/tokenize.h"

namespace tercet::bench {
namespace {

constexpr size_t kCount = 500;
constexpr size_t kQueries = 100;
constexpr size_t kLongBytes = 64 * 1024;

using MakeText = std::function<std::string(size_t language, size_t i)>;

Sentence MakeSentence(size_t i, const MakeText& make) {
  Sentence sentence;
  for (size_t k = 0; k < sentence.size(); ++k) sentence[k] = make(k, i);
  return sentence;
}

std::vector<Sentence> MakeSentences(size_t count, const MakeText& make) {
  std::vector<Sentence> sentences;
  for (size_t i = 0; i < count; ++i) sentences.push_back(MakeSentence(i, make));
  return sentences;
}

// Different words of the sentences in one language, in order.
std::vector<std::string> Words(std::span<const Sentence> like, size_t place) {
  std::set<std::string> words;
  for (const Sentence& sentence : like) {
    for (const TokenSpan& span : Tokenize(sentence[place])) {
      if (span.kind != SpanKind::kWord) continue;
      words.insert(sentence[place].substr(span.begin, span.end - span.begin));
    }
  }
  return {words.begin(), words.end()};
}

constexpr std::array<std::array<std::string_view, 6>, kLanguages.size()>
    kHotWords = {{{"of", "the", "to", "and", "in", "a"},
                  {"的", "是", "在", "了", "和", "一"},
                  {"de", "la", "que", "el", "en", "y"}}};

std::string_view Separator(size_t place) {
  return kLanguages[place] == "zh" ? "" : " ";
}

// Hot words, other ones for other numbers.
std::string HotText(size_t place, size_t i) {
  std::string text;
  size_t rest = i + 7;
  for (size_t length = 2 + i % 6; length > 0; --length) {
    if (!text.empty()) text += Separator(place);
    text += kHotWords[place][rest % kHotWords[place].size()];
    rest = rest / 2 + 3 * length;
  }
  return text;
}

// One word so many times.
std::string Repeated(size_t place, size_t times) {
  std::string text;
  for (size_t i = 0; i < times; ++i) {
    if (i > 0) text += Separator(place);
    text += kHotWords[place][0];
  }
  return text;
}

std::string Marks(size_t i) {
  constexpr std::string_view kMarks = ".,!?;:-()/";
  std::string text;
  for (size_t rest = i + 1; rest > 0; rest /= kMarks.size()) {
    text += kMarks[rest % kMarks.size()];
  }
  return text;
}

// Sentences one after the other, from the i-th on, up to kLongBytes.
std::string LongText(std::span<const Sentence> like, size_t place, size_t i) {
  std::string text;
  while (true) {
    const std::string& next = like[i++ % like.size()][place];
    if (text.size() + next.size() + 1 > kLongBytes) return text;
    text += next;
    text += Separator(place);
  }
}

OddKind SameTexts(std::string_view name, size_t count, const MakeText& make) {
  OddKind kind{.name = name, .stored = MakeSentences(count, make)};
  const size_t queries = std::min(count, kQueries);
  for (size_t i = 0; i < queries; ++i) {
    kind.queries.push_back(kind.stored[i * count / queries]);
  }
  return kind;
}

}  // namespace

std::vector<OddKind> MakeOddKinds(std::span<const Sentence> like) {
  std::array<std::vector<std::string>, kLanguages.size()> words;
  for (size_t k = 0; k < words.size(); ++k) words[k] = Words(like, k);
  std::vector<OddKind> kinds;
  kinds.push_back(SameTexts("one word", kCount, [&](size_t k, size_t i) {
    return words[k][i % words[k].size()];
  }));
  kinds.push_back(SameTexts("one character", 26, [](size_t k, size_t i) {
    return kLanguages[k] == "zh" ? std::string(kHotWords[k][i % 6])
                                 : std::string(1, static_cast<char>('a' + i));
  }));
  kinds.push_back(SameTexts("punctuation only", kCount,
                            [](size_t, size_t i) { return Marks(i); }));
  kinds.push_back(SameTexts("numbers only", kCount, [](size_t, size_t i) {
    return fmt::format("{}.{:02}", i * 37, i % 100);
  }));
  OddKind long_kind = SameTexts("64 KiB", 4, [&](size_t k, size_t i) {
    return LongText(like, k, i * 17);
  });
  // Without its first sentence.
  long_kind.queries = MakeSentences(
      4, [&](size_t k, size_t i) { return LongText(like, k, i * 17 + 1); });
  kinds.push_back(std::move(long_kind));
  kinds.push_back(
      SameTexts("a thousand identical", 1000, [&](size_t k, size_t) {
        return like.front()[k] + std::string(Separator(k)) + words[k].back();
      }));
  kinds.push_back(SameTexts("hot words", kCount, HotText));
  kinds.push_back(
      SameTexts("one word over and over", 250,
                [](size_t k, size_t i) { return Repeated(k, i + 2); }));
  return kinds;
}

std::vector<NewUnit> MakeOddUnits(std::span<const OddKind> kinds) {
  std::vector<NewUnit> units;
  for (const OddKind& kind : kinds) {
    for (const Sentence& sentence : kind.stored) {
      NewUnit& unit = units.emplace_back();
      unit.id = fmt::format("odd-{}", units.size());
      for (size_t k = 0; k < kLanguages.size(); ++k) {
        unit.unit.variants.push_back(
            {.language = Must(LanguageTag::Parse(kLanguages[k])),
             .segment = {.text = sentence[k]}});
      }
    }
  }
  return units;
}

}  // namespace tercet::bench
