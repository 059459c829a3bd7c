#include "tests/support/random_text.h"

#include <algorithm>
#include <array>
#include <utility>

#include "fmt/format.h"
#include "service/base/utf8.h"

namespace tercet {
namespace {

// Some words are forms of one another, so that stems come to matter.
constexpr std::string_view kEnglish[] = {
    "the",       "the",        "of",       "and",       "in",      "a",
    "minister",  "ministers",  "said",     "says",      "trade",   "trading",
    "agreement", "agreements", "agreed",   "agree",     "country", "countries",
    "floods",    "flooded",    "flood",    "river",     "rivers",  "percent",
    "billion",   "dollars",    "summit",   "leaders",   "leader",  "signed",
    "signing",   "signs",      "economic", "economy",   "growth",  "grew",
    "grow",      "million",    "people",   "Beijing",   "Monday",  "Lima",
    "China",     "Peru",       "Spain",    "cup",       "final",   "won",
    "doctors",   "doctor",     "health",   "co-operate"};
constexpr std::string_view kSpanish[] = {
    "el",        "la",        "los",        "las",         "de",
    "en",        "y",         "que",        "ministro",    "ministros",
    "ministra",  "dijo",      "comercio",   "comercial",   "acuerdo",
    "acuerdos",  "acordaron", "país",       "países",      "inundó",
    "río",       "ríos",      "por ciento", "millones",    "dólares",
    "cumbre",    "líder",     "líderes",    "firmó",       "firmaron",
    "económico", "económica", "economía",   "creció",      "crecer",
    "personas",  "Pekín",     "lunes",      "Lima",        "China",
    "Perú",      "España",    "copa",       "final",       "ganó",
    "médicos",   "médica",    "salud",      "crecimiento", "niño",
    "pingüino",  "año"};
constexpr std::string_view kChinese[] = {
    "中国", "美国", "英国", "国家",   "主席", "总理", "部长", "表示",
    "贸易", "双边", "经济", "增长",   "协议", "签署", "会议", "峰会",
    "洪水", "河流", "亿",   "万",     "美元", "元",   "人民", "北京",
    "秘鲁", "周一", "发展", "合作",   "加强", "两国", "关系", "的",
    "和",   "在",   "了",   "是",     "将",   "与",   "医生", "卫生",
    "体育", "冠军", "决赛", "新华社", "电",   "月",   "日",   "GDP"};

std::string_view WordOf(RandomText& random, std::string_view language) {
  if (language == "zh") return random.Pick(kChinese);
  return language == "es" ? random.Pick(kSpanish) : random.Pick(kEnglish);
}

// Other spellings of the same thing, one way and the other: scripts, widths,
// quotes, composed and decomposed accents.
struct Spelling {
  std::string_view one;
  std::string_view other;
};
constexpr Spelling kSpellings[] = {
    {"国", "國"},       {"会", "會"},       {"经", "經"},
    {"济", "濟"},       {"贸", "貿"},       {"长", "長"},
    {"协", "協"},       {"议", "議"},       {"发", "發"},
    {"两", "兩"},       {"5", "５"},        {"%", "％"},
    {"'", "’"},         {"-", "–"},         {"\"", "“"},
    {"é", "e\xCC\x81"}, {"í", "i\xCC\x81"}, {"ó", "o\xCC\x81"},
    {"ñ", "n\xCC\x83"}, {"GDP", "ＧＤＰ"},  {"ü", "u\xCC\x88"},
    {"，", ","},        {"a", "A"},         {"s ", "S "},
    {" ", "\xC2\xA0"},  {" ", "  "},        {"。", "．"}};

constexpr std::string_view kOdd[] = {"。",
                                     "...",
                                     "?!",
                                     "—",
                                     "中",
                                     "a",
                                     "7",
                                     "«»",
                                     " ",
                                     "\t \n",
                                     "😀",
                                     "$",
                                     "http://example.com/a?b=1",
                                     "desk@example.org",
                                     "\xCC\x81",
                                     "ok",
                                     "EE. UU."};
constexpr std::string_view kMarks[] = {",",  ".", "!", "?",  ";",
                                       ":",  "(", ")", "\"", "，",
                                       "。", "“", "”", "、", "$"};

// Cuts a text into its words: at spaces, and behind every character outside of
// ASCII and Latin.
std::vector<std::string> SplitWords(std::string_view text) {
  std::vector<std::string> words(1);
  for (size_t position = 0; position < text.size();) {
    const size_t begin = position;
    const char32_t c = DecodeUtf8(text, &position);
    words.back().append(text.substr(begin, position - begin));
    if (c == ' ' || c >= 0x2000) words.emplace_back();
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

std::string Join(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += word;
  return text;
}

std::string ReplaceFirst(std::string text, std::string_view from,
                         std::string_view to) {
  const size_t place = text.find(from);
  return place == std::string::npos ? text
                                    : text.replace(place, from.size(), to);
}

}  // namespace

std::vector<size_t> CharacterStarts(std::string_view text) {
  std::vector<size_t> starts;
  for (size_t i = 0; i <= text.size(); ++i) {
    if (IsCharacterStart(text, i)) starts.push_back(i);
  }
  return starts;
}

std::string RandomText::MakeNumber() {
  switch (Below(5)) {
    case 0:
      return fmt::format("{}.{}", Below(100), Below(10));
    case 1:
      return fmt::format("{},{:03}", 1 + Below(99), Below(1000));
    case 2:
      return fmt::format("{}", 1990 + Below(30));
    default:
      return fmt::format("{}", Below(30));
  }
}

std::string RandomText::MakeSentence(std::string_view language) {
  const bool chinese = language == "zh";
  std::string text;
  for (size_t count = 3 + Below(OneIn(3) ? 28 : 9); count > 0; --count) {
    text += OneIn(9) ? MakeNumber() : std::string(WordOf(*this, language));
    if (count == 1) break;
    if (OneIn(12)) text += chinese ? "，" : ",";
    if (!chinese) text += " ";
  }
  if (!OneIn(6)) text += chinese ? "。" : ".";
  return text;
}

Segment RandomText::MakeSegment(std::string_view language) {
  Segment segment;
  if (OneIn(12)) {
    segment.text = Pick(kOdd);
  } else if (OneIn(12)) {
    segment.text = WordOf(*this, language);
  } else {
    segment.text = MakeSentence(language);
    if (OneIn(60)) {
      for (int i = 0; i < 25; ++i) segment.text += MakeSentence(language);
    }
  }
  if (OneIn(8)) AddTags(segment);
  return segment;
}

Segment RandomText::Edit(const Segment& segment, std::string_view language) {
  Segment edited = segment;
  if (OneIn(10)) return edited;
  if (OneIn(8)) {
    // The tags alone.
    edited.codes.clear();
    AddTags(edited);
    return edited;
  }
  for (size_t count = 1 + Below(4); count > 0; --count) {
    std::string text = EditText(edited.text, language);
    if (!text.empty()) edited.text = std::move(text);
  }
  // Places in the old text mean nothing in the new one.
  edited.codes.clear();
  if (!segment.codes.empty() && !OneIn(3)) AddTags(edited);
  return edited;
}

std::string RandomText::EditText(const std::string& text,
                                 std::string_view language) {
  std::vector<std::string> words = SplitWords(text);
  if (words.empty()) return MakeSentence(language);
  const auto place = static_cast<ptrdiff_t>(Below(words.size()));
  std::string& word = words[static_cast<size_t>(place)];
  const std::string space = word.ends_with(' ') ? " " : "";
  switch (Below(9)) {
    case 0:
      word = std::string(WordOf(*this, language)) + space;
      break;
    case 1:
      word = MakeNumber() + space;
      break;
    case 2:
      words.erase(words.begin() + place);
      break;
    case 3:
      words.insert(words.begin() + place, std::string(WordOf(*this, language)) +
                                              (language == "zh" ? "" : " "));
      break;
    case 4:
      words.insert(words.begin() + place, word);
      break;
    case 5:
      std::swap(word, words[Below(words.size())]);
      break;
    case 6:
      word.insert(Pick(CharacterStarts(word)), Pick(kMarks));
      break;
    case 7:
      word = word.substr(0, word.size() - space.size()) +
             (OneIn(2) ? "s" : "ed") + space;
      break;
    default:
      return Respell(text);
  }
  return Join(words);
}

std::string RandomText::Respell(std::string text) {
  // Most spellings are not in most texts.
  for (int i = 0; i < 8; ++i) {
    const Spelling& spelling = Pick(kSpellings);
    text = OneIn(2)
               ? ReplaceFirst(std::move(text), spelling.one, spelling.other)
               : ReplaceFirst(std::move(text), spelling.other, spelling.one);
  }
  return text;
}

void RandomText::AddTags(Segment& segment) {
  static constexpr std::array kKinds = {InlineCode::Kind::kBeginPaired,
                                        InlineCode::Kind::kEndPaired,
                                        InlineCode::Kind::kPlaceholder};
  const std::vector<size_t> starts = CharacterStarts(segment.text);
  for (size_t count = 1 + Below(3); count > 0; --count) {
    segment.codes.push_back({.kind = Pick(kKinds),
                             .offset = static_cast<uint32_t>(Pick(starts)),
                             .content = OneIn(2) ? "<b>" : ""});
  }
  std::ranges::stable_sort(segment.codes, {}, &InlineCode::offset);
}

}  // namespace tercet
