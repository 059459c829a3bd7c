#include "tests/support/number_text.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "service/base/utf8.h"

namespace tercet {
namespace {

// `#` stands for any digit.
constexpr std::string_view kEnglish[] = {
    "on November 2#, 200#",
    "Nov. # , 19##",
    "the 1#th of May 20##",
    "the 21st",
    "in May",
    "late March 20##",
    "#:## p.m.",
    "1#:##:##",
    "#pm",
    "7:56PM",
    "#.## billion dollars",
    "US$###,###",
    "## per cent",
    "##%",
    "0.#‰",
    "two thirds of them",
    "one-third",
    "three quarters of",
    "a hundred and five",
    "ninety-nine",
    "two hundred and six",
    "half a million",
    "two and a half million",
    "a million",
    "ten thousand million",
    "10-million",
    "three-day talks",
    "2½",
    "½ million",
    "-#.#",
    "200#-1#-2#",
    "#/1#/20##",
    "3/4",
    "COVID-1#",
    "10\u00A0000",
    "192.168.0.#",
    "https://www.ex-ample.com/a_b/c.d?x=#",
    "www.news.example",
    "desk.one@news.example.org",
    "/usr/share/doc-1",
    "@ana_b",
    "＃NewsToday",
    "a and p and m",
};
constexpr std::string_view kSpanish[] = {
    "el 2# de noviembre de 200#",
    "noviembre del 20##",
    "1.º de mayo",
    "3.ª",
    "4º",
    "a las 10:## p. m.",
    "a las #:## a. m.",
    "a las 10.30",
    "a las 10:3# de la mañana",
    "# de la tarde",
    "un tercio",
    "dos tercios",
    "una cuarta parte",
    "tres cuartas partes",
    "treinta y nueve",
    "doscientos cinco mil",
    "mil personas",
    "#,# mil millones",
    "##.### millones",
    "2 millones y medio",
    "# por ciento",
    "## por cien",
    "# %",
    "10 000",
    "DOS",
    "veintidós",
    "nov. de 20##",
    "https://ejemplo.es/la/de-mil?y=#",
    "＃LaNoche",
    "@dos",
    "p y m a la",
};
constexpr std::string_view kChinese[] = {
    "200#年1#月2#日",
    "二〇〇八年十一月",
    "十一月二日",
    "#月#号",
    "20##年",
    "上午10点3#分",
    "下午三点半",
    "早晨7点",
    "早上八点",
    "凌晨#时##分",
    "晚上八点整",
    "中午12点钟",
    "1#:##",
    "三分之一",
    "百分之五十二",
    "千分之三",
    "1114.6#亿",
    "#万#千",
    "两个",
    "十天",
    "三点五亿",
    "第二十一",
    "第##",
    "３５％",
    "廿三日",
    "两千万人",
    "九百九十九",
    "5亿1万4千",
    "负三",
    "-#.#万",
    "周三",
    "几十",
    "½",
    "https://例.example.cn/一/b-#",
    "https://news.example.cn/a-b",
    "@ana",
    "＃话题",
};
constexpr std::string_view kBetween[] = {" ",     " ",   ", ",   "; ",
                                         " and ", " y ", " de ", " a ",
                                         "，",    "、",  "和",   "的"};

std::span<const std::string_view> PiecesOf(std::string_view language) {
  if (language == "zh") return kChinese;
  return language == "es" ? std::span<const std::string_view>(kSpanish)
                          : kEnglish;
}

bool IsLower(char c) { return c >= 'a' && c <= 'z'; }

std::string ToFullWidth(std::string_view text) {
  std::string wide;
  for (const char c : text) {
    if (c > ' ' && c < 0x7F) {
      AppendUtf8(wide, static_cast<char32_t>(c) - 0x21 + 0xFF01);
    } else {
      wide.push_back(c);
    }
  }
  return wide;
}

std::string ToTraditional(std::string text) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 6>
      kPairs = {{{"万", "萬"},
                 {"亿", "億"},
                 {"点", "點"},
                 {"时", "時"},
                 {"号", "號"},
                 {"两", "兩"}}};
  for (const auto& [simplified, traditional] : kPairs) {
    const size_t place = text.find(simplified);
    if (place == std::string::npos) continue;
    text.replace(place, simplified.size(), traditional);
  }
  return text;
}

std::string Respell(RandomText& random, std::string text) {
  switch (random.Below(8)) {
    case 0:
      return ToFullWidth(text);
    case 1:
      return ToTraditional(std::move(text));
    case 2:
      for (char& c : text) c = IsLower(c) ? static_cast<char>(c - 32) : c;
      return text;
    default:
      return text;
  }
}

}  // namespace

std::string MakeNumberText(RandomText& random, std::string_view language) {
  std::string text;
  for (size_t count = 1 + random.Below(4); count > 0; --count) {
    std::string piece(random.Pick(PiecesOf(language)));
    for (char& c : piece) {
      if (c == '#') c = static_cast<char>('0' + random.Below(10));
    }
    text += Respell(random, std::move(piece));
    if (count > 1) text += random.Pick(kBetween);
  }
  return text;
}

std::string RespellPhrase(RandomText& random, std::string phrase) {
  static constexpr std::string_view kEndings[] = {"s", "ed", "ing", "th"};
  if (!phrase.empty() && IsLower(phrase.back()) && random.OneIn(3)) {
    return phrase.append(random.Pick(kEndings));
  }
  return Respell(random, std::move(phrase));
}

}  // namespace tercet
