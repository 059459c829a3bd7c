#include "service/text/icu.h"

#include <unicode/bytestream.h>
#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/uvernum.h>

#include <array>
#include <memory>
#include <unordered_set>
#include <utility>
#include <vector>

namespace tercet::unicode {
namespace {

constexpr char32_t kBmpSize = 0x10000;

// Scripts whose words ICU finds with a dictionary only.
bool IsWrittenWithoutSpaces(UChar32 c) {
  if (u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC)) return true;
  switch (u_getIntPropertyValue(c, UCHAR_LINE_BREAK)) {
    case U_LB_COMPLEX_CONTEXT:
      return true;
    default:
      break;
  }
  UErrorCode error = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(c, &error);
  return script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA;
}

CharClass ClassifySlowly(UChar32 c) {
  if (u_isUWhiteSpace(c)) return CharClass::kSpace;
  if (c == ':' || c == 0xFF1A) return CharClass::kPunctuation;
  switch (u_getIntPropertyValue(c, UCHAR_WORD_BREAK)) {
    case U_WB_EXTEND:
    case U_WB_FORMAT:
    case U_WB_ZWJ:
      return CharClass::kExtend;
    case U_WB_NUMERIC:
      return CharClass::kDigit;
    case U_WB_EXTENDNUMLET:
      // The narrow no-break space of French figures is in this class as well,
      // but u_isUWhiteSpace has caught it above.
      return CharClass::kConnector;
    case U_WB_MIDLETTER:
      return CharClass::kMidLetter;
    case U_WB_MIDNUM:
      // Semicolons and the full-width comma part numbers in news text.
      return c == ',' ? CharClass::kMidNumber : CharClass::kPunctuation;
    case U_WB_MIDNUMLET:
    case U_WB_SINGLE_QUOTE:
      return CharClass::kMidBoth;
    default:
      break;
  }
  const auto mask = U_GET_GC_MASK(c);
  // Zero-width spaces, stray controls: they show nothing.
  if ((mask & (U_GC_CF_MASK | U_GC_CC_MASK)) != 0) return CharClass::kExtend;
  if ((mask & (U_GC_L_MASK | U_GC_N_MASK)) != 0) {
    if (IsWrittenWithoutSpaces(c)) return CharClass::kIdeograph;
    return (mask & U_GC_ND_MASK) != 0 ? CharClass::kDigit : CharClass::kLetter;
  }
  if ((mask & (U_GC_SO_MASK | U_GC_CO_MASK)) != 0) return CharClass::kSymbol;
  return CharClass::kPunctuation;
}

char32_t FoldQuoteOrDash(char32_t c) {
  switch (c) {
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x2032:
    case 0x02BC:
    case 0x00B4:
    case 0x2039:
    case 0x203A:
      return '\'';
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0x2033:
    case 0x00AB:
    case 0x00BB:
    case 0x300C:
    case 0x300D:
    case 0x300E:
    case 0x300F:
    case 0x301D:
    case 0x301E:
    case 0x301F:
      return '"';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212:
    case 0x2E3A:
      return '-';
    default:
      return c;
  }
}

char32_t FoldWidth(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) return c - 0xFF01 + 0x21;
  if (c == 0xFFE5) return 0xA5;
  return c;
}

// The Simplified form of every Han character of the plane that differs. Read
// off ICU's transliterator character by character, since its rules are such.
std::vector<std::pair<char32_t, char32_t>> SimplifiedForms() {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<::icu::Transliterator> to_simplified(
      ::icu::Transliterator::createInstance("Traditional-Simplified",
                                            UTRANS_FORWARD, error));
  std::vector<std::pair<char32_t, char32_t>> forms;
  if (U_FAILURE(error) != 0 || to_simplified == nullptr) return forms;
  ::icu::UnicodeString all;
  for (UChar32 c = 0x4E00; c < 0xA000; ++c) all.append(c).append(u'\n');
  to_simplified->transliterate(all);
  char32_t traditional = 0x4E00;
  for (int32_t i = 0; i < all.length(); i = all.indexOf(u'\n', i) + 1) {
    const auto simplified = static_cast<char32_t>(all.char32At(i));
    if (simplified != traditional && all.char32At(i + 1) == u'\n') {
      forms.emplace_back(traditional, simplified);
    }
    ++traditional;
  }
  return forms;
}

char32_t FoldSlowly(char32_t c) {
  const char32_t narrow = FoldQuoteOrDash(FoldWidth(c));
  return static_cast<char32_t>(
      u_foldCase(static_cast<UChar32>(narrow), U_FOLD_CASE_DEFAULT));
}

// Both answers for the Basic Multilingual Plane, looked up once a process:
// tokenising asks for every character of every text.
struct BmpTables {
  BmpTables() {
    for (char32_t c = 0; c < kBmpSize; ++c) {
      classes[c] = ClassifySlowly(static_cast<UChar32>(c));
      folded[c] = FoldSlowly(c);
    }
    for (const auto& [traditional, simplified] : SimplifiedForms()) {
      folded[traditional] = simplified;
    }
  }

  std::array<CharClass, kBmpSize> classes;
  std::array<char32_t, kBmpSize> folded;
};

const BmpTables& Tables() {
  static const auto* const tables = new BmpTables();
  return *tables;
}

const ::icu::Normalizer2& Nfc() {
  UErrorCode error = U_ZERO_ERROR;
  return *::icu::Normalizer2::getNFCInstance(error);
}

::icu::StringPiece Piece(std::string_view text) {
  return {text.data(), static_cast<int32_t>(text.size())};
}

}  // namespace

CharClass Classify(char32_t c) {
  return c < kBmpSize ? Tables().classes[c]
                      : ClassifySlowly(static_cast<UChar32>(c));
}

char32_t FoldCharacter(char32_t c) {
  return c < kBmpSize ? Tables().folded[c] : FoldSlowly(c);
}

char32_t BaseCharacter(char32_t c) {
  if (c < 0xC0) return c;
  ::icu::UnicodeString parts;
  if (!Nfc().getDecomposition(static_cast<UChar32>(c), parts)) return c;
  return static_cast<char32_t>(parts.char32At(0));
}

std::string ToNfc(std::string_view text) {
  std::string out;
  ::icu::StringByteSink<std::string> sink(&out);
  UErrorCode error = U_ZERO_ERROR;
  Nfc().normalizeUTF8(0, Piece(text), sink, nullptr, error);
  return out;
}

bool IsNfc(std::string_view text) {
  // No character below U+0300 takes part in a composition with one before it.
  bool plain = true;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0xCC) {
      plain = false;
      break;
    }
  }
  if (plain) return true;
  UErrorCode error = U_ZERO_ERROR;
  return Nfc().isNormalizedUTF8(Piece(text), error) != 0;
}

Language AddLikelySubtags(std::string_view bcp47) {
  UErrorCode error = U_ZERO_ERROR;
  ::icu::Locale locale = ::icu::Locale::forLanguageTag(Piece(bcp47), error);
  if (U_FAILURE(error) != 0) return {};
  locale.addLikelySubtags(error);
  return {locale.getLanguage(), locale.getScript(), locale.getCountry()};
}

bool IsIsoLanguage(std::string_view code) {
  static const auto* const kCodes = [] {
    auto* codes = new std::unordered_set<std::string_view>;
    for (const char* const* known = uloc_getISOLanguages(); *known != nullptr;
         ++known) {
      codes->insert(*known);
    }
    return codes;
  }();
  return kCodes->contains(code);
}

std::string Version() { return U_ICU_VERSION; }

}  // namespace tercet::unicode
