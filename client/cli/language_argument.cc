#include "client/cli/language_argument.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <span>

#include "client/cli/ascii.h"
#include "client/cli/exit_code.h"
#include "client/cli/suggest.h"

namespace tercet::cli {
namespace {

// What somebody may type, and the code for it.
struct KnownName {
  std::string_view name;
  std::string_view code;
};

// Every language with a code of two letters (ISO 639-1), so that others of two
// letters are known to be wrong.
constexpr KnownName kLanguages[] = {{"Afar", "aa"},
                                    {"Abkhazian", "ab"},
                                    {"Avestan", "ae"},
                                    {"Afrikaans", "af"},
                                    {"Akan", "ak"},
                                    {"Amharic", "am"},
                                    {"Aragonese", "an"},
                                    {"Arabic", "ar"},
                                    {"Assamese", "as"},
                                    {"Avaric", "av"},
                                    {"Aymara", "ay"},
                                    {"Azerbaijani", "az"},
                                    {"Bashkir", "ba"},
                                    {"Belarusian", "be"},
                                    {"Bulgarian", "bg"},
                                    {"Bihari", "bh"},
                                    {"Bislama", "bi"},
                                    {"Bambara", "bm"},
                                    {"Bengali", "bn"},
                                    {"Tibetan", "bo"},
                                    {"Breton", "br"},
                                    {"Bosnian", "bs"},
                                    {"Catalan", "ca"},
                                    {"Chechen", "ce"},
                                    {"Chamorro", "ch"},
                                    {"Corsican", "co"},
                                    {"Cree", "cr"},
                                    {"Czech", "cs"},
                                    {"Slavonic", "cu"},
                                    {"Chuvash", "cv"},
                                    {"Welsh", "cy"},
                                    {"Danish", "da"},
                                    {"German", "de"},
                                    {"Dhivehi", "dv"},
                                    {"Dzongkha", "dz"},
                                    {"Ewe", "ee"},
                                    {"Greek", "el"},
                                    {"English", "en"},
                                    {"Esperanto", "eo"},
                                    {"Spanish", "es"},
                                    {"Estonian", "et"},
                                    {"Basque", "eu"},
                                    {"Persian", "fa"},
                                    {"Fulah", "ff"},
                                    {"Finnish", "fi"},
                                    {"Fijian", "fj"},
                                    {"Faroese", "fo"},
                                    {"French", "fr"},
                                    {"Frisian", "fy"},
                                    {"Irish", "ga"},
                                    {"Gaelic", "gd"},
                                    {"Galician", "gl"},
                                    {"Guarani", "gn"},
                                    {"Gujarati", "gu"},
                                    {"Manx", "gv"},
                                    {"Hausa", "ha"},
                                    {"Hebrew", "he"},
                                    {"Hindi", "hi"},
                                    {"Hiri-Motu", "ho"},
                                    {"Croatian", "hr"},
                                    {"Haitian", "ht"},
                                    {"Hungarian", "hu"},
                                    {"Armenian", "hy"},
                                    {"Herero", "hz"},
                                    {"Interlingua", "ia"},
                                    {"Indonesian", "id"},
                                    {"Interlingue", "ie"},
                                    {"Igbo", "ig"},
                                    {"Yi", "ii"},
                                    {"Inupiaq", "ik"},
                                    {"Ido", "io"},
                                    {"Icelandic", "is"},
                                    {"Italian", "it"},
                                    {"Inuktitut", "iu"},
                                    {"Japanese", "ja"},
                                    {"Javanese", "jv"},
                                    {"Georgian", "ka"},
                                    {"Kongo", "kg"},
                                    {"Kikuyu", "ki"},
                                    {"Kuanyama", "kj"},
                                    {"Kazakh", "kk"},
                                    {"Greenlandic", "kl"},
                                    {"Khmer", "km"},
                                    {"Kannada", "kn"},
                                    {"Korean", "ko"},
                                    {"Kanuri", "kr"},
                                    {"Kashmiri", "ks"},
                                    {"Kurdish", "ku"},
                                    {"Komi", "kv"},
                                    {"Cornish", "kw"},
                                    {"Kyrgyz", "ky"},
                                    {"Latin", "la"},
                                    {"Luxembourgish", "lb"},
                                    {"Ganda", "lg"},
                                    {"Limburgish", "li"},
                                    {"Lingala", "ln"},
                                    {"Lao", "lo"},
                                    {"Lithuanian", "lt"},
                                    {"Luba-Katanga", "lu"},
                                    {"Latvian", "lv"},
                                    {"Malagasy", "mg"},
                                    {"Marshallese", "mh"},
                                    {"Maori", "mi"},
                                    {"Macedonian", "mk"},
                                    {"Malayalam", "ml"},
                                    {"Mongolian", "mn"},
                                    {"Marathi", "mr"},
                                    {"Malay", "ms"},
                                    {"Maltese", "mt"},
                                    {"Burmese", "my"},
                                    {"Nauru", "na"},
                                    {"Bokmal", "nb"},
                                    {"Ndebele", "nd"},
                                    {"Nepali", "ne"},
                                    {"Ndonga", "ng"},
                                    {"Dutch", "nl"},
                                    {"Nynorsk", "nn"},
                                    {"Norwegian", "no"},
                                    {"South-Ndebele", "nr"},
                                    {"Navajo", "nv"},
                                    {"Chichewa", "ny"},
                                    {"Occitan", "oc"},
                                    {"Ojibwa", "oj"},
                                    {"Oromo", "om"},
                                    {"Odia", "or"},
                                    {"Ossetian", "os"},
                                    {"Punjabi", "pa"},
                                    {"Pali", "pi"},
                                    {"Polish", "pl"},
                                    {"Pashto", "ps"},
                                    {"Portuguese", "pt"},
                                    {"Quechua", "qu"},
                                    {"Romansh", "rm"},
                                    {"Rundi", "rn"},
                                    {"Romanian", "ro"},
                                    {"Russian", "ru"},
                                    {"Kinyarwanda", "rw"},
                                    {"Sanskrit", "sa"},
                                    {"Sardinian", "sc"},
                                    {"Sindhi", "sd"},
                                    {"Sami", "se"},
                                    {"Sango", "sg"},
                                    {"Serbo-Croatian", "sh"},
                                    {"Sinhala", "si"},
                                    {"Slovak", "sk"},
                                    {"Slovenian", "sl"},
                                    {"Samoan", "sm"},
                                    {"Shona", "sn"},
                                    {"Somali", "so"},
                                    {"Albanian", "sq"},
                                    {"Serbian", "sr"},
                                    {"Swati", "ss"},
                                    {"Sotho", "st"},
                                    {"Sundanese", "su"},
                                    {"Swedish", "sv"},
                                    {"Swahili", "sw"},
                                    {"Tamil", "ta"},
                                    {"Telugu", "te"},
                                    {"Tajik", "tg"},
                                    {"Thai", "th"},
                                    {"Tigrinya", "ti"},
                                    {"Turkmen", "tk"},
                                    {"Tagalog", "tl"},
                                    {"Tswana", "tn"},
                                    {"Tongan", "to"},
                                    {"Turkish", "tr"},
                                    {"Tsonga", "ts"},
                                    {"Tatar", "tt"},
                                    {"Twi", "tw"},
                                    {"Tahitian", "ty"},
                                    {"Uyghur", "ug"},
                                    {"Ukrainian", "uk"},
                                    {"Urdu", "ur"},
                                    {"Uzbek", "uz"},
                                    {"Venda", "ve"},
                                    {"Vietnamese", "vi"},
                                    {"Volapuk", "vo"},
                                    {"Walloon", "wa"},
                                    {"Wolof", "wo"},
                                    {"Xhosa", "xh"},
                                    {"Yiddish", "yi"},
                                    {"Yoruba", "yo"},
                                    {"Zhuang", "za"},
                                    {"Chinese", "zh"},
                                    {"Zulu", "zu"}};

// Other names, and countries whose code is not that of their language.
constexpr KnownName kOtherNames[] = {{"mandarin", "zh"},
                                     {"cantonese", "yue"},
                                     {"zhongwen", "zh"},
                                     {"中文", "zh"},
                                     {"汉语", "zh"},
                                     {"漢語", "zh"},
                                     {"简体中文", "zh-CN"},
                                     {"繁體中文", "zh-TW"},
                                     {"chino", "zh"},
                                     {"英文", "en"},
                                     {"英语", "en"},
                                     {"ingles", "en"},
                                     {"inglés", "en"},
                                     {"castellano", "es"},
                                     {"castilian", "es"},
                                     {"espanol", "es"},
                                     {"español", "es"},
                                     {"西班牙语", "es"},
                                     {"français", "fr"},
                                     {"deutsch", "de"},
                                     {"farsi", "fa"},
                                     {"日本語", "ja"},
                                     {"한국어", "ko"},
                                     {"русский", "ru"},
                                     {"cn", "zh"},
                                     {"hk", "zh-HK"},
                                     {"mo", "zh-MO"},
                                     {"jp", "ja"},
                                     {"cz", "cs"},
                                     {"dk", "da"},
                                     {"gb", "en-GB"},
                                     {"us", "en-US"},
                                     {"au", "en-AU"},
                                     {"mx", "es-MX"},
                                     {"sp", "es"},
                                     {"gr", "el"},
                                     {"ua", "uk"},
                                     {"vn", "vi"},
                                     {"rs", "sr"},
                                     {"by", "be"},
                                     {"al", "sq"},
                                     {"ir", "fa"},
                                     {"ph", "tl"},
                                     {"at", "de-AT"},
                                     {"en-uk", "en-GB"},
                                     {"simplified", "zh-CN"},
                                     {"traditional", "zh-TW"}};

// Codes of two letters that are out of use and still understood.
constexpr std::string_view kOldCodes[] = {"in", "iw", "ji", "jw"};

constexpr size_t kMaxCodeBytes = 64;

std::optional<std::string> CodeOfName(std::string_view typed) {
  const std::string wanted = ToLowerAscii(typed);
  for (const std::span<const KnownName> names :
       {std::span<const KnownName>(kOtherNames),
        std::span<const KnownName>(kLanguages)}) {
    for (const KnownName& known : names) {
      if (ToLowerAscii(known.name) == wanted) return std::string(known.code);
    }
  }
  return std::nullopt;
}

std::optional<std::string> CodeOfSimilarName(std::string_view typed) {
  std::vector<std::string> names;
  for (const KnownName& known : kLanguages) names.emplace_back(known.name);
  const std::optional<std::string> name = Closest(typed, names);
  return name.has_value() ? CodeOfName(*name) : std::nullopt;
}

bool IsTwoLetterCode(std::string_view code) {
  return std::ranges::find(kLanguages, code, &KnownName::code) !=
             std::end(kLanguages) ||
         std::ranges::find(kOldCodes, code) != std::end(kOldCodes);
}

std::string FoldCode(std::string_view code) {
  std::string folded = ToLowerAscii(code);
  std::ranges::replace(folded, '_', '-');
  return folded;
}

// Whether all parts have the length and the letters that BCP-47 wants. The
// server decides on the rest.
bool IsWellFormed(std::string_view code) {
  if (code.size() > kMaxCodeBytes) return false;
  size_t part_size = 0;
  for (const char c : code) {
    const bool separator = c == '-' || c == '_';
    const bool digit = c >= '0' && c <= '9';
    if (!separator && !digit && !IsLetterAscii(c)) return false;
    if (separator && part_size == 0) return false;
    part_size = separator ? 0 : part_size + 1;
    if (part_size > 8) return false;
  }
  return part_size > 0;
}

bool IsPlausible(std::string_view code) {
  if (!IsWellFormed(code)) return false;
  const std::string primary = PrimaryLanguage(code);
  if (!std::ranges::all_of(primary, IsLetterAscii)) return false;
  if (primary.size() == 1)
    return (primary == "x" || primary == "i") && code.size() > 2;
  if (primary.size() == 2) return IsTwoLetterCode(primary);
  // Primary codes of four letters and more exist in the grammar only.
  return primary.size() == 3;
}

}  // namespace

std::string PrimaryLanguage(std::string_view code) {
  return ToLowerAscii(code.substr(0, code.find_first_of("-_")));
}

bool SameCode(std::string_view a, std::string_view b) {
  return FoldCode(a) == FoldCode(b);
}

Status CheckLanguage(std::string_view option, std::string_view code) {
  const std::optional<std::string> named = CodeOfName(code);
  if (IsPlausible(code) && ToLowerAscii(code) != "en-uk") return OkStatus();
  const std::optional<std::string> meant =
      named.has_value() ? named : CodeOfSimilarName(code);
  if (meant.has_value()) {
    return UsageError(fmt::format("{}: '{}' is not a language code{}", option,
                                  code, DidYouMean(meant)));
  }
  return UsageError(fmt::format(
      "{}: '{}' is not a language code (examples: zh, en, es, zh-TW)", option,
      code));
}

Status CheckLanguages(std::string_view option,
                      const std::vector<std::string>& codes) {
  for (const std::string& code : codes) {
    RETURN_IF_ERROR(CheckLanguage(option, code));
  }
  return OkStatus();
}

}  // namespace tercet::cli
