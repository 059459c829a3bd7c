#include "service/model/language_tag.h"

#include <algorithm>
#include <vector>

#include "fmt/format.h"
#include "service/base/utf8.h"

namespace tercet {
namespace {

constexpr size_t kMaxTagBytes = 64;

struct Synonym {
  std::string_view code;
  std::string_view preferred;
};

// ISO 639-2 codes (terminological and bibliographic) that have a two-letter
// one, codes that ISO 639-1 has replaced, and Mandarin, which everyone calls
// Chinese.
constexpr Synonym kSynonyms[] = {
    {"afr", "af"}, {"alb", "sq"}, {"amh", "am"}, {"ara", "ar"}, {"arm", "hy"},
    {"aze", "az"}, {"baq", "eu"}, {"bel", "be"}, {"ben", "bn"}, {"bos", "bs"},
    {"bul", "bg"}, {"bur", "my"}, {"cat", "ca"}, {"ces", "cs"}, {"chi", "zh"},
    {"cmn", "zh"}, {"cym", "cy"}, {"cze", "cs"}, {"dan", "da"}, {"deu", "de"},
    {"dut", "nl"}, {"ell", "el"}, {"eng", "en"}, {"epo", "eo"}, {"est", "et"},
    {"eus", "eu"}, {"fas", "fa"}, {"fin", "fi"}, {"fra", "fr"}, {"fre", "fr"},
    {"geo", "ka"}, {"ger", "de"}, {"gle", "ga"}, {"glg", "gl"}, {"gre", "el"},
    {"guj", "gu"}, {"hau", "ha"}, {"heb", "he"}, {"hin", "hi"}, {"hrv", "hr"},
    {"hun", "hu"}, {"hye", "hy"}, {"ibo", "ig"}, {"ice", "is"}, {"in", "id"},
    {"ind", "id"}, {"isl", "is"}, {"ita", "it"}, {"iw", "he"},  {"ji", "yi"},
    {"jpn", "ja"}, {"kan", "kn"}, {"kat", "ka"}, {"kaz", "kk"}, {"khm", "km"},
    {"kor", "ko"}, {"lao", "lo"}, {"lat", "la"}, {"lav", "lv"}, {"lit", "lt"},
    {"mac", "mk"}, {"mal", "ml"}, {"mar", "mr"}, {"may", "ms"}, {"mkd", "mk"},
    {"mlt", "mt"}, {"mon", "mn"}, {"msa", "ms"}, {"mya", "my"}, {"nep", "ne"},
    {"nld", "nl"}, {"nno", "nn"}, {"nob", "nb"}, {"nor", "no"}, {"pan", "pa"},
    {"per", "fa"}, {"pol", "pl"}, {"por", "pt"}, {"ron", "ro"}, {"rum", "ro"},
    {"rus", "ru"}, {"sin", "si"}, {"slk", "sk"}, {"slo", "sk"}, {"slv", "sl"},
    {"som", "so"}, {"spa", "es"}, {"sqi", "sq"}, {"srp", "sr"}, {"swa", "sw"},
    {"swe", "sv"}, {"tam", "ta"}, {"tel", "te"}, {"tgl", "tl"}, {"tha", "th"},
    {"tib", "bo"}, {"tur", "tr"}, {"uig", "ug"}, {"ukr", "uk"}, {"urd", "ur"},
    {"uzb", "uz"}, {"vie", "vi"}, {"wel", "cy"}, {"yid", "yi"}, {"yor", "yo"},
    {"zho", "zh"}, {"zul", "zu"},
};

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetterOrDigit(char c) { return IsLetter(c) || IsDigit(c); }
char ToLower(char c) { return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c; }
char ToUpper(char c) { return c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c; }

bool AllLetters(std::string_view text) {
  return std::ranges::all_of(text, IsLetter);
}

// The productions of RFC 5646, section 2.1. REQUIRES (all): the subtag is one
// to eight letters or digits.
// Four letters are reserved, and none of five to eight has been registered:
// `source` is no language.
bool IsLanguage(std::string_view s) {
  return (s.size() == 2 || s.size() == 3) && AllLetters(s);
}
bool IsExtendedLanguage(std::string_view s) {
  return s.size() == 3 && AllLetters(s);
}
bool IsScript(std::string_view s) { return s.size() == 4 && AllLetters(s); }
bool IsRegion(std::string_view s) {
  return (s.size() == 2 && AllLetters(s)) ||
         (s.size() == 3 && std::ranges::all_of(s, IsDigit));
}
bool IsVariant(std::string_view s) {
  return s.size() >= 5 || (s.size() == 4 && IsDigit(s[0]));
}
bool IsPrivateUse(std::string_view s) { return s == "x"; }
bool IsExtension(std::string_view s) {
  return s.size() == 1 && !IsPrivateUse(s);
}
bool IsExtensionPart(std::string_view s) { return s.size() > 1; }

// The subtags in lower case; empty unless each is one to eight letters or
// digits.
std::vector<std::string> SplitSubtags(std::string_view text) {
  std::vector<std::string> subtags(1);
  for (char c : text) {
    if (c == '-' || c == '_') {
      subtags.emplace_back();
    } else if (IsLetterOrDigit(c)) {
      subtags.back().push_back(ToLower(c));
    } else {
      return {};
    }
  }
  const bool sizes_fit = std::ranges::all_of(subtags, [](std::string_view s) {
    return s.size() >= 1 && s.size() <= 8;
  });
  if (!sizes_fit) return {};
  return subtags;
}

std::string_view PreferredLanguage(std::string_view language) {
  const auto* synonym = std::ranges::find(kSynonyms, language, &Synonym::code);
  return synonym == std::end(kSynonyms) ? language : synonym->preferred;
}

// What older tools write for Chinese: the scripts of .NET, and Mandarin as an
// extension of it. REQUIRES: not empty.
void ReplaceOldChinese(std::vector<std::string>& subtags) {
  if (PreferredLanguage(subtags[0]) != "zh") return;
  while (subtags.size() > 1 && subtags[1] == "cmn") {
    subtags.erase(subtags.begin() + 1);
  }
  if (subtags.size() < 2) return;
  if (subtags[1] == "chs") subtags[1] = "hans";
  if (subtags[1] == "cht") subtags[1] = "hant";
}

// Walks over subtags, giving out those that fit.
class SubtagWalk {
 public:
  explicit SubtagWalk(std::vector<std::string>& subtags) : subtags_(subtags) {}

  bool AtEnd() const { return next_ == subtags_.size(); }

  // Passes the next subtag if it is one; null otherwise.
  std::string* Take(bool (*is_one)(std::string_view)) {
    if (AtEnd() || !is_one(subtags_[next_])) return nullptr;
    return &subtags_[next_++];
  }

 private:
  std::vector<std::string>& subtags_;
  size_t next_ = 0;
};

// Gives the subtags their standard case and language; false if they are no
// language tag. REQUIRES: SplitSubtags made them.
bool Standardize(std::vector<std::string>& subtags) {
  // `x-...` is private as a whole; `i-...` is grandfathered.
  if (subtags[0] == "x" || subtags[0] == "i") return subtags.size() > 1;

  SubtagWalk walk(subtags);
  std::string* language = walk.Take(IsLanguage);
  if (language == nullptr) return false;
  for (int i = 0; i < 3 && walk.Take(IsExtendedLanguage); ++i) {
  }
  if (std::string* script = walk.Take(IsScript)) {
    script->front() = ToUpper(script->front());
  }
  if (std::string* region = walk.Take(IsRegion)) {
    std::ranges::transform(*region, region->begin(), ToUpper);
  }
  while (walk.Take(IsVariant)) {
  }
  while (walk.Take(IsExtension)) {
    if (!walk.Take(IsExtensionPart)) return false;
    while (walk.Take(IsExtensionPart)) {
    }
  }
  const bool has_private_use = walk.Take(IsPrivateUse) != nullptr;
  *language = PreferredLanguage(*language);
  // Behind `x` there must be something, elsewhere nothing.
  return has_private_use != walk.AtEnd();
}

// The first subtag after the language that is one of the wanted, before
// extensions and private use. In a well-formed tag the sizes tell them apart.
std::string_view FindSubtag(std::string_view code,
                            bool (*is_one)(std::string_view)) {
  size_t begin = code.find('-');
  if (begin == 1) return {};  // `x-...`, `i-...`
  while (begin != std::string_view::npos) {
    const size_t end = code.find('-', begin + 1);
    const std::string_view subtag = code.substr(begin + 1, end - begin - 1);
    if (subtag.size() == 1) break;
    if (is_one(subtag)) return subtag;
    begin = end;
  }
  return {};
}

Status InvalidLanguage(std::string_view text) {
  const std::string shown = PrintableUtf8(text, kMaxTagBytes);
  return MakeError(
      StatusCode::kInvalidArgument,
      fmt::format("'{}' is not a BCP-47 language code such as 'es' or "
                  "'zh-Hant-TW'",
                  shown),
      {.reason = "LANGUAGE_INVALID", .metadata = {{"language_code", shown}}});
}

}  // namespace

StatusOr<LanguageTag> LanguageTag::Parse(std::string_view text) {
  if (text.size() > kMaxTagBytes) return InvalidLanguage(text);
  std::vector<std::string> subtags = SplitSubtags(text);
  if (subtags.empty()) return InvalidLanguage(text);
  ReplaceOldChinese(subtags);
  if (!Standardize(subtags)) return InvalidLanguage(text);
  LanguageTag tag;
  tag.code_ = fmt::format("{}", fmt::join(subtags, "-"));
  return tag;
}

std::string_view LanguageTag::language() const {
  return std::string_view(code_).substr(0, code_.find('-'));
}

std::string_view LanguageTag::script() const {
  return FindSubtag(code_, IsScript);
}

std::string_view LanguageTag::region() const {
  return FindSubtag(code_, IsRegion);
}

}  // namespace tercet
