#include "bench/queries.h"

#include <algorithm>
#include <numeric>
#include <random>
#include <string>
#include <utility>

#include "bench/must.h"
#include "service/text/tokenize.h"

namespace tercet::bench {
namespace {

constexpr double kMostEdited = 0.4;
constexpr size_t kOneInUnrelated = 4;

class QueryMaker {
 public:
  QueryMaker(std::span<const Unit> units, const QueryPlan& plan)
      : units_(units),
        language_(Must(LanguageTag::Parse(plan.language))),
        random_(plan.seed) {}

  LookupQuery Make() {
    const std::string& text = RandomText();
    return {.language = language_,
            .segment = {.text = Below(kOneInUnrelated) == 0 ? Unrelated(text)
                                                            : Edited(text)},
            .min_score = 70,
            .max_matches = 10};
  }

 private:
  size_t Below(size_t count) { return random_() % count; }

  const std::string& RandomText() {
    const Unit& unit = units_[Below(units_.size())];
    const auto variant =
        std::ranges::find(unit.variants, language_, &Variant::language);
    return variant->segment.text;
  }

  static std::vector<TokenSpan> Words(std::string_view text) {
    std::vector<TokenSpan> words = Tokenize(text);
    std::erase_if(words, [](const TokenSpan& span) {
      return span.kind == SpanKind::kPunctuation;
    });
    return words;
  }

  // A word of a random text; empty when that has none.
  std::string RandomWord() {
    const std::string& text = RandomText();
    const std::vector<TokenSpan> words = Words(text);
    if (words.empty()) return {};
    const TokenSpan& word = words[Below(words.size())];
    return text.substr(word.begin, word.end - word.begin);
  }

  std::string Edited(std::string text) {
    std::vector<TokenSpan> words = Words(text);
    const double share =
        std::uniform_real_distribution<double>(0, kMostEdited)(random_);
    const auto count =
        static_cast<size_t>(share * static_cast<double>(words.size()) + 0.5);
    std::ranges::shuffle(words, random_);
    words.resize(count);
    // From the end, so that the places in front stay as they are.
    std::ranges::sort(words, std::ranges::greater(), &TokenSpan::begin);
    for (const TokenSpan& word : words) Edit(word, text);
    return text;
  }

  void Edit(const TokenSpan& word, std::string& text) {
    switch (Below(4)) {
      case 0:
        text.erase(word.begin, word.end - word.begin);
        return;
      case 1:
        text.insert(word.end, Separator() + RandomWord());
        return;
      default:
        text.replace(word.begin, word.end - word.begin, RandomWord());
        return;
    }
  }

  std::string Unrelated(std::string_view like) {
    std::string text;
    for (size_t i = Words(like).size(); i > 0; --i) {
      text += RandomWord() + Separator();
    }
    return text;
  }

  std::string Separator() const {
    return language_.language() == "zh" ? "" : " ";
  }

  std::span<const Unit> units_;
  LanguageTag language_;
  std::mt19937_64 random_;
};

}  // namespace

std::vector<LookupQuery> MakeQueries(std::span<const Unit> units,
                                     const QueryPlan& plan) {
  QueryMaker maker(units, plan);
  std::vector<LookupQuery> queries(plan.count);
  std::ranges::generate(queries, [&maker] { return maker.Make(); });
  return queries;
}

}  // namespace tercet::bench
