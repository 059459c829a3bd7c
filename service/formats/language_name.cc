#include "service/formats/language_name.h"

#include <algorithm>

#include "service/formats/names.h"
#include "service/text/icu.h"

namespace tercet {
namespace {

struct LanguageWord {
  std::string_view word;
  std::string_view code;
};

constexpr LanguageWord kWords[] = {
    {"english", "en"},
    {"英文", "en"},
    {"英语", "en"},
    {"inglés", "en"},
    {"chinese", "zh"},
    {"中文", "zh"},
    {"汉语", "zh"},
    {"chino", "zh"},
    {"simplified chinese", "zh-Hans"},
    {"chinese (simplified)", "zh-Hans"},
    {"chinese simplified", "zh-Hans"},
    {"简体中文", "zh-Hans"},
    {"chs", "zh-Hans"},
    {"traditional chinese", "zh-Hant"},
    {"chinese (traditional)", "zh-Hant"},
    {"chinese traditional", "zh-Hant"},
    {"繁體中文", "zh-Hant"},
    {"cht", "zh-Hant"},
    {"spanish", "es"},
    {"español", "es"},
    {"西班牙语", "es"},
    {"西班牙文", "es"},
    {"arabic", "ar"},
    {"french", "fr"},
    {"german", "de"},
    {"italian", "it"},
    {"japanese", "ja"},
    {"korean", "ko"},
    {"portuguese", "pt"},
    {"russian", "ru"},
};

std::string_view Trim(std::string_view text) {
  constexpr std::string_view kSpaces = " \t\r\n";
  const size_t begin = text.find_first_not_of(kSpaces);
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpaces) - begin + 1);
}

const LanguageWord* FindWord(std::string_view text) {
  const auto* word = std::ranges::find_if(kWords, [text](const auto& known) {
    return EqualsIgnoringCase(text, known.word);
  });
  return word == std::end(kWords) ? nullptr : word;
}

}  // namespace

StatusOr<LanguageTag> ReadLanguageName(std::string_view text) {
  text = Trim(text);
  if (const LanguageWord* word = FindWord(text)) {
    return LanguageTag::Parse(word->code);
  }
  return LanguageTag::Parse(text.substr(0, text.find_first_of(".@")));
}

bool IsKnownLanguage(std::string_view text) {
  const StatusOr<LanguageTag> language = ReadLanguageName(text);
  return language.ok() && unicode::IsIsoLanguage(language->language());
}

}  // namespace tercet
