#include "service/text/lexeme.h"

#include <algorithm>
#include <array>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "service/base/hash.h"
#include "service/base/utf8.h"
#include "service/text/icu.h"

namespace tercet {
namespace {

struct Entry {
  std::string_view word;
  Role role;
  int value = 0;
};

using enum Role;

// In lower case, composed (NFC).
constexpr Entry kEnglish[] = {
    {"one", kUnit, 1},
    {"two", kUnit, 2},
    {"three", kUnit, 3},
    {"four", kUnit, 4},
    {"five", kUnit, 5},
    {"six", kUnit, 6},
    {"seven", kUnit, 7},
    {"eight", kUnit, 8},
    {"nine", kUnit, 9},
    {"ten", kTeen, 10},
    {"eleven", kTeen, 11},
    {"twelve", kTeen, 12},
    {"thirteen", kTeen, 13},
    {"fourteen", kTeen, 14},
    {"fifteen", kTeen, 15},
    {"sixteen", kTeen, 16},
    {"seventeen", kTeen, 17},
    {"eighteen", kTeen, 18},
    {"nineteen", kTeen, 19},
    {"twenty", kTens, 20},
    {"thirty", kTens, 30},
    {"forty", kTens, 40},
    {"fifty", kTens, 50},
    {"sixty", kTens, 60},
    {"seventy", kTens, 70},
    {"eighty", kTens, 80},
    {"ninety", kTens, 90},
    {"hundred", kHundred},
    {"thousand", kScale, 3},
    {"million", kScale, 6},
    {"millions", kScale, 6},
    {"mln", kScale, 6},
    {"billion", kScale, 9},
    {"billions", kScale, 9},
    {"bln", kScale, 9},
    {"bn", kScale, 9},
    {"trillion", kScale, 12},
    {"trillions", kScale, 12},
    {"trn", kScale, 12},
    {"a", kArticle},
    {"and", kAnd},
    {"half", kHalf},
    {"quarter", kDenominator, 4},
    {"quarters", kDenominators, 4},
    {"third", kDenominator, 3},
    {"thirds", kDenominators, 3},
    {"fourth", kDenominator, 4},
    {"fourths", kDenominators, 4},
    {"fifth", kDenominator, 5},
    {"fifths", kDenominators, 5},
    {"sixth", kDenominator, 6},
    {"sixths", kDenominators, 6},
    {"seventh", kDenominator, 7},
    {"sevenths", kDenominators, 7},
    {"eighth", kDenominator, 8},
    {"eighths", kDenominators, 8},
    {"ninth", kDenominator, 9},
    {"ninths", kDenominators, 9},
    {"tenth", kDenominator, 10},
    {"tenths", kDenominators, 10},
    {"of", kOf},
    {"percent", kPercent},
    {"pct", kPercent},
    {"per", kPer},
    {"cent", kCent},
    {"january", kMonth, 1},
    {"february", kMonth, 2},
    {"march", kMonth, 3},
    {"april", kMonth, 4},
    {"may", kMonth, 5},
    {"june", kMonth, 6},
    {"july", kMonth, 7},
    {"august", kMonth, 8},
    {"september", kMonth, 9},
    {"october", kMonth, 10},
    {"november", kMonth, 11},
    {"december", kMonth, 12},
    {"jan", kMonthShort, 1},
    {"feb", kMonthShort, 2},
    {"mar", kMonthShort, 3},
    {"apr", kMonthShort, 4},
    {"jun", kMonthShort, 6},
    {"jul", kMonthShort, 7},
    {"aug", kMonthShort, 8},
    {"sep", kMonthShort, 9},
    {"sept", kMonthShort, 9},
    {"oct", kMonthShort, 10},
    {"nov", kMonthShort, 11},
    {"dec", kMonthShort, 12},
    {"in", kIn},
    {"since", kIn},
    {"until", kIn},
    {"last", kIn},
    {"next", kIn},
    {"early", kIn},
    {"late", kIn},
    {"am", kAmPm, 0},
    {"a.m", kAmPm, 0},
    {"pm", kAmPm, 12},
    {"p.m", kAmPm, 12},
    {"day", kPeriodWord},
    {"year", kPeriodWord},
    {"month", kPeriodWord},
    {"week", kPeriodWord},
    {"hour", kPeriodWord},
    {"minute", kPeriodWord},
    {"mile", kPeriodWord},
    {"meter", kPeriodWord},
    {"metre", kPeriodWord},
    {"page", kPeriodWord},
    {"member", kPeriodWord},
    {"nation", kPeriodWord},
};

constexpr Entry kSpanish[] = {
    {"un", kUnit, 1},
    {"una", kUnit, 1},
    {"uno", kUnit, 1},
    {"dos", kUnit, 2},
    {"tres", kUnit, 3},
    {"cuatro", kUnit, 4},
    {"cinco", kUnit, 5},
    {"seis", kUnit, 6},
    {"siete", kUnit, 7},
    {"ocho", kUnit, 8},
    {"nueve", kUnit, 9},
    {"diez", kTeen, 10},
    {"once", kTeen, 11},
    {"doce", kTeen, 12},
    {"trece", kTeen, 13},
    {"catorce", kTeen, 14},
    {"quince", kTeen, 15},
    {"dieciséis", kTeen, 16},
    {"dieciseis", kTeen, 16},
    {"diecisiete", kTeen, 17},
    {"dieciocho", kTeen, 18},
    {"diecinueve", kTeen, 19},
    {"veinte", kTeen, 20},
    {"veintiún", kTeen, 21},
    {"veintiuno", kTeen, 21},
    {"veintiuna", kTeen, 21},
    {"veintidós", kTeen, 22},
    {"veintidos", kTeen, 22},
    {"veintitrés", kTeen, 23},
    {"veintitres", kTeen, 23},
    {"veinticuatro", kTeen, 24},
    {"veinticinco", kTeen, 25},
    {"veintiséis", kTeen, 26},
    {"veintiseis", kTeen, 26},
    {"veintisiete", kTeen, 27},
    {"veintiocho", kTeen, 28},
    {"veintinueve", kTeen, 29},
    {"treinta", kTens, 30},
    {"cuarenta", kTens, 40},
    {"cincuenta", kTens, 50},
    {"sesenta", kTens, 60},
    {"setenta", kTens, 70},
    {"ochenta", kTens, 80},
    {"noventa", kTens, 90},
    {"cien", kHundreds, 1},
    {"ciento", kHundreds, 1},
    {"doscientos", kHundreds, 2},
    {"doscientas", kHundreds, 2},
    {"trescientos", kHundreds, 3},
    {"trescientas", kHundreds, 3},
    {"cuatrocientos", kHundreds, 4},
    {"cuatrocientas", kHundreds, 4},
    {"quinientos", kHundreds, 5},
    {"quinientas", kHundreds, 5},
    {"seiscientos", kHundreds, 6},
    {"seiscientas", kHundreds, 6},
    {"setecientos", kHundreds, 7},
    {"setecientas", kHundreds, 7},
    {"ochocientos", kHundreds, 8},
    {"ochocientas", kHundreds, 8},
    {"novecientos", kHundreds, 9},
    {"novecientas", kHundreds, 9},
    {"mil", kScale, 3},
    {"millón", kScale, 6},
    {"millon", kScale, 6},
    {"millones", kScale, 6},
    {"millardo", kScale, 9},
    {"millardos", kScale, 9},
    {"billón", kScale, 12},
    {"billon", kScale, 12},
    {"billones", kScale, 12},
    {"trillón", kScale, 18},
    {"trillones", kScale, 18},
    {"y", kAnd},
    {"medio", kHalf},
    {"media", kHalf},
    {"tercio", kDenominator, 3},
    {"tercios", kDenominators, 3},
    {"tercera", kDenominator, 3},
    {"terceras", kDenominators, 3},
    {"cuarto", kDenominator, 4},
    {"cuartos", kDenominators, 4},
    {"cuarta", kDenominator, 4},
    {"cuartas", kDenominators, 4},
    {"quinto", kDenominator, 5},
    {"quintos", kDenominators, 5},
    {"quinta", kDenominator, 5},
    {"quintas", kDenominators, 5},
    {"sexta", kDenominator, 6},
    {"sextas", kDenominators, 6},
    {"séptima", kDenominator, 7},
    {"séptimas", kDenominators, 7},
    {"octava", kDenominator, 8},
    {"octavas", kDenominators, 8},
    {"novena", kDenominator, 9},
    {"novenas", kDenominators, 9},
    {"décimo", kDenominator, 10},
    {"décimos", kDenominators, 10},
    {"décima", kDenominator, 10},
    {"décimas", kDenominators, 10},
    {"parte", kPart},
    {"partes", kPart},
    {"de", kOf},
    {"del", kDel},
    {"la", kLa},
    {"por", kPer},
    {"enero", kMonth, 1},
    {"febrero", kMonth, 2},
    {"marzo", kMonth, 3},
    {"abril", kMonth, 4},
    {"mayo", kMonth, 5},
    {"junio", kMonth, 6},
    {"julio", kMonth, 7},
    {"agosto", kMonth, 8},
    {"septiembre", kMonth, 9},
    {"setiembre", kMonth, 9},
    {"octubre", kMonth, 10},
    {"noviembre", kMonth, 11},
    {"diciembre", kMonth, 12},
    {"ene", kMonthShort, 1},
    {"feb", kMonthShort, 2},
    {"mar", kMonthShort, 3},
    {"abr", kMonthShort, 4},
    {"jun", kMonthShort, 6},
    {"jul", kMonthShort, 7},
    {"ago", kMonthShort, 8},
    {"sep", kMonthShort, 9},
    {"sept", kMonthShort, 9},
    {"oct", kMonthShort, 10},
    {"nov", kMonthShort, 11},
    {"dic", kMonthShort, 12},
    {"am", kAmPm, 0},
    {"a.m", kAmPm, 0},
    {"pm", kAmPm, 12},
    {"p.m", kAmPm, 12},
    {"mañana", kDayPart, 0},
    {"madrugada", kDayPart, 0},
    {"tarde", kDayPart, 12},
    {"noche", kDayPart, 12},
    {"a", kHalfLetter},
    {"p", kHalfLetter},
    {"m", kHalfLetter},
};

struct HanEntry {
  char32_t character;
  Role role;
  int value = 0;
};

// Simplified: unicode::FoldCharacter leads here from Traditional.
constexpr HanEntry kHan[] = {
    {U'〇', kHanDigit, 0}, {U'零', kHanDigit, 0}, {U'一', kHanDigit, 1},
    {U'二', kHanDigit, 2}, {U'两', kHanDigit, 2}, {U'三', kHanDigit, 3},
    {U'四', kHanDigit, 4}, {U'五', kHanDigit, 5}, {U'六', kHanDigit, 6},
    {U'七', kHanDigit, 7}, {U'八', kHanDigit, 8}, {U'九', kHanDigit, 9},
    {U'廿', kHanTens, 20}, {U'卅', kHanTens, 30}, {U'十', kHanUnit, 1},
    {U'百', kHanUnit, 2},  {U'千', kHanUnit, 3},  {U'万', kHanBig, 4},
    {U'亿', kHanBig, 8},   {U'第', kDi},          {U'年', kYear},
    {U'月', kMonthSign},   {U'日', kDay},         {U'号', kDayCount},
    {U'分', kHanPart},     {U'之', kHanOf},       {U'点', kPoint},
    {U'时', kHour},        {U'半', kHanHalf},     {U'整', kSharp},
    {U'钟', kSharp},       {U'负', kHanMinus},    {U'上', kHanDay},
    {U'下', kHanDay},      {U'晚', kHanDay},      {U'早', kHanDay},
    {U'凌', kHanDay},      {U'中', kHanDay},      {U'几', kHanBarrier},
    {U'数', kHanBarrier},  {U'成', kHanBarrier},  {U'周', kHanBarrier},
    {U'期', kHanBarrier},  {U'拜', kHanBarrier},  {U'初', kHanBarrier},
    {U'每', kHanBarrier},  {U'午', kHanDayEnd},   {U'晨', kHanDayEnd},
};

// What one counts in news; left out is what is a word with a numeral before it
// as often as not: 头 (两头), 台 (五台山), 门 (三门峡), 起 (四起).
constexpr std::u32string_view kMeasures =
    U"个名位家项次天人岁倍级层种条件所座艘架辆枚支只张本篇届场轮类部例颗户"
    U"套批笔页段组幅片块米吨";

// By hash: the keys are few, and 64 bits tell them from every other word.
using Words = absl::flat_hash_map<uint64_t, Lexeme>;

// The words of a language, and by first letter which lengths they have: most
// words are told from these without a search.
struct WordList {
  Words words;
  std::array<uint32_t, 26> lengths = {};

  explicit WordList(std::span<const Entry> entries) {
    for (const Entry& entry : entries) {
      words.emplace(HashBytes64(entry.word),
                    Lexeme{entry.role, static_cast<uint8_t>(entry.value)});
      const auto letter = static_cast<size_t>(entry.word[0] - 'a');
      lengths[letter] |= 1U << entry.word.size();
      // With its accent as a character of its own.
      const bool ascii = std::ranges::all_of(
          entry.word, [](char c) { return (c & 0x80) == 0; });
      if (!ascii) lengths[letter] |= 1U << (entry.word.size() + 1);
    }
  }

  bool MayHold(std::string_view word) const {
    const auto letter = static_cast<unsigned>((word[0] | 0x20) - 'a');
    return letter < 26 && word.size() < 16 &&
           ((lengths[letter] >> word.size()) & 1U) != 0;
  }
};

const WordList* WordsOf(LexemeLanguage language) {
  static const auto* const english = new WordList(kEnglish);
  static const auto* const spanish = new WordList(kSpanish);
  if (language == LexemeLanguage::kEnglish) return english;
  return language == LexemeLanguage::kSpanish ? spanish : nullptr;
}

constexpr char32_t kHanBegin = 0x3000;
constexpr char32_t kHanEnd = 0xA000;

// By character, since Chinese asks for every one.
const std::vector<Lexeme>& HanTable() {
  static const auto* const table = [] {
    auto* filled = new std::vector<Lexeme>(kHanEnd - kHanBegin);
    for (const char32_t c : kMeasures) (*filled)[c - kHanBegin] = {kHanMeasure};
    for (const HanEntry& entry : kHan) {
      (*filled)[entry.character - kHanBegin] = {
          entry.role, static_cast<uint8_t>(entry.value)};
    }
    for (char32_t c = kHanBegin; c < kHanEnd; ++c) {
      const char32_t folded = unicode::FoldCharacter(c);
      if (folded >= kHanBegin && folded < kHanEnd) {
        (*filled)[c - kHanBegin] = (*filled)[folded - kHanBegin];
      }
    }
    return filled;
  }();
  return *table;
}

// Those of every language.
constexpr std::u32string_view kOrdinalSigns = U"ºª";
constexpr std::u32string_view kVulgarFractions = U"¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞";

// What is neither ASCII nor Han.
Lexeme LexSign(std::string_view word) {
  size_t position = 0;
  const char32_t c = DecodeUtf8(word, &position);
  if (kVulgarFractions.find(c) != kVulgarFractions.npos) return {kMixed};
  const bool sign =
      position == word.size() && kOrdinalSigns.find(c) != kOrdinalSigns.npos;
  return sign ? Lexeme{kOrdinalSign} : Lexeme();
}

// Looks a word up in lower case, composed.
Lexeme FindWord(const Words& words, std::string_view word) {
  std::array<char, 16> lower;  // WordList::MayHold sorts longer ones out.
  bool ascii = true;
  for (size_t i = 0; i < word.size(); ++i) {
    const char c = word[i];
    ascii = ascii && (c & 0x80) == 0;
    lower[i] = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  std::string folded;
  std::string_view key(lower.data(), word.size());
  if (!ascii) {
    const std::string composed = unicode::ToNfc(word);
    size_t position = 0;
    while (position < composed.size()) {
      const char32_t c = DecodeUtf8(composed, &position);
      AppendUtf8(folded, unicode::FoldCharacter(c));
    }
    key = folded;
  }
  const auto it = words.find(HashBytes64(key));
  return it == words.end() ? Lexeme() : it->second;
}

Lexeme LexWord(std::string_view word, LexemeLanguage language) {
  const auto first = static_cast<unsigned char>(word[0]);
  if (first < 0x80) {
    if (first >= '0' && first <= '9') return {kMixed};
    const WordList* const list = WordsOf(language);
    if (list == nullptr || !list->MayHold(word)) return {};
    return FindWord(list->words, word);
  }
  if (first < 0xE3) return LexSign(word);
  if (language != LexemeLanguage::kChinese || word.size() != 3) return {};
  size_t position = 0;
  const char32_t c = DecodeUtf8(word, &position);
  return c >= kHanBegin && c < kHanEnd ? HanTable()[c - kHanBegin] : Lexeme();
}

Lexeme LexMark(std::string_view mark) {
  size_t position = 0;
  switch (const char32_t c = DecodeUtf8(mark, &position); c) {
    case 0x2013:  // An en dash, as a minus; where it parts a range the digit
                  // before it tells.
      return {kHyphen};
    case 0x2030:
      return {kPermilleSign};
    case 0x2212:
    case 0x2010:
    case 0x2011:
      return {kHyphen};
    default:
      switch (unicode::FoldCharacter(c)) {
        case '-':
          return c < 0x80 || c == 0xFF0D ? Lexeme{kHyphen} : Lexeme();
        case '/':
          return {kSlash};
        case ':':
          return {kColon};
        case '.':
          return {kStop};
        case ',':
          return {kComma};
        case '%':
          return {kPercentSign};
        case '@':
          return {kAt};
        case '#':
          return {kHash};
        default:
          return {};
      }
  }
}

LexemeLanguage ToLexemeLanguage(std::string_view language) {
  if (language == "en") return LexemeLanguage::kEnglish;
  if (language == "es") return LexemeLanguage::kSpanish;
  if (language == "zh") return LexemeLanguage::kChinese;
  return LexemeLanguage::kOther;
}

std::string Utf8Of(char32_t c) {
  std::string text;
  AppendUtf8(text, c);
  return text;
}

}  // namespace

bool MayBeInside(Role role) {
  switch (role) {
    case kNone:
    case kIn:
    case kPeriodWord:
    case kHanMeasure:
    case kHanBarrier:
      return false;
    default:
      return true;
  }
}

std::vector<std::string> WordsInside(std::string_view language) {
  std::vector<std::string> words;
  const auto add_words = [&words](std::span<const Entry> entries) {
    for (const Entry& entry : entries) {
      if (MayBeInside(entry.role)) words.emplace_back(entry.word);
    }
  };
  for (const std::u32string_view signs : {kOrdinalSigns, kVulgarFractions}) {
    for (const char32_t c : signs) words.push_back(Utf8Of(c));
  }
  switch (ToLexemeLanguage(language)) {
    case LexemeLanguage::kEnglish:
      add_words(kEnglish);
      break;
    case LexemeLanguage::kSpanish:
      add_words(kSpanish);
      break;
    case LexemeLanguage::kChinese:
      for (const HanEntry& entry : kHan) {
        if (MayBeInside(entry.role)) words.push_back(Utf8Of(entry.character));
      }
      break;
    case LexemeLanguage::kOther:
      break;
  }
  return words;
}

LexedText::LexedText(std::string_view text, std::span<const TokenSpan> tokens,
                     std::string_view language)
    : text_(text),
      tokens_(tokens),
      language_(ToLexemeLanguage(language)),
      decimal_mark_(DecimalMarkOf(language)),
      lexemes_(tokens.size()) {
  for (size_t i = 0; i < tokens.size(); ++i) {
    switch (tokens[i].kind) {
      case SpanKind::kNumber:
        lexemes_[i] = {kDigits};
        break;
      case SpanKind::kAddress:
        lexemes_[i] = {kAddress};
        break;
      case SpanKind::kPunctuation:
        lexemes_[i] = LexMark(written(i));
        break;
      case SpanKind::kWord:
        lexemes_[i] = LexWord(written(i), language_);
        break;
    }
  }
}

std::string_view LexedText::written(size_t i, size_t count) const {
  const size_t begin = tokens_[i].begin;
  return text_.substr(begin, tokens_[i + count - 1].end - begin);
}

}  // namespace tercet
