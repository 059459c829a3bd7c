#include "service/text/charset.h"

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <memory>
#include <optional>

#include "fmt/format.h"
#include "service/base/utf8.h"

namespace tercet {
namespace {

// What the detector looks at: it reads all it is given, and slowly.
constexpr size_t kDetectBytes = 16 * 1024;

// How much surer the detector must be of another encoding than of the declared
// one. A declaration is right far more often than not.
constexpr int kMuchSurer = 25;

// With fewer bytes that are not ASCII a declaration is not doubted.
constexpr size_t kTellingBytes = 32;

std::string LowerName(std::string_view name) {
  std::string lower;
  for (const char c : name) {
    if (std::isspace(static_cast<unsigned char>(c)) || c == '"' || c == '\'') {
      continue;
    }
    lower.push_back(
        static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
  }
  return lower;
}

// The encoding that browsers use for a label (encoding.spec.whatwg.org), where
// that is another than ICU would.
std::string WebName(std::string_view label) {
  static constexpr std::array<std::array<std::string_view, 2>, 18> kNames = {{
      {"gb2312", "GB18030"},
      {"gb_2312-80", "GB18030"},
      {"gbk", "GB18030"},
      {"cp936", "GB18030"},
      {"x-gbk", "GB18030"},
      {"gb18030", "GB18030"},
      {"euc-cn", "GB18030"},
      {"big5", "Big5"},
      {"big-5", "Big5"},
      {"big5-hkscs", "Big5"},
      {"x-x-big5", "Big5"},
      {"iso-8859-1", "windows-1252"},
      {"latin1", "windows-1252"},
      {"us-ascii", "windows-1252"},
      {"ascii", "windows-1252"},
      {"cp1252", "windows-1252"},
      {"utf8", "UTF-8"},
      {"utf-8", "UTF-8"},
  }};
  std::string lower = LowerName(label);
  for (const auto& [from, to] : kNames) {
    if (lower == from) return std::string(to);
  }
  return lower;
}

// Big5 as Hong Kong and Taiwan write it.
std::string ConverterName(const std::string& charset) {
  return charset == "Big5" ? "Big5-HKSCS" : charset;
}

using Converter = std::unique_ptr<UConverter, decltype(&ucnv_close)>;

Converter OpenConverter(const std::string& charset) {
  UErrorCode error = U_ZERO_ERROR;
  UConverter* converter = ucnv_open(ConverterName(charset).c_str(), &error);
  if (U_FAILURE(error)) converter = nullptr;
  return {converter, &ucnv_close};
}

struct Conversion {
  std::string text;
  size_t errors = 0;  // U+FFFD in it.
};

std::string Utf8Of(const std::vector<UChar>& units) {
  std::string text;
  text.reserve(units.size() * 2);
  for (size_t i = 0; i < units.size();) {
    char32_t c = units[i++];
    if (c >= 0xD800 && c < 0xDC00 && i < units.size() && units[i] >= 0xDC00 &&
        units[i] < 0xE000) {
      c = 0x10000 + ((c - 0xD800) << 10) + (units[i++] - 0xDC00);
    } else if (c >= 0xD800 && c < 0xE000) {
      c = 0xFFFD;
    }
    AppendUtf8(text, c);
  }
  return text;
}

std::optional<Conversion> Convert(std::string_view bytes,
                                  const std::string& charset) {
  const Converter converter = OpenConverter(charset);
  if (converter == nullptr) return std::nullopt;
  // No encoding gives more UTF-16 units than twice its bytes.
  std::vector<UChar> units(bytes.size() * 2 + 16);
  UErrorCode error = U_ZERO_ERROR;
  const int32_t length = ucnv_toUChars(
      converter.get(), units.data(), static_cast<int32_t>(units.size()),
      bytes.data(), static_cast<int32_t>(bytes.size()), &error);
  if (U_FAILURE(error)) return std::nullopt;
  units.resize(static_cast<size_t>(length));
  Conversion result = {.text = Utf8Of(units)};
  result.errors =
      static_cast<size_t>(std::count(units.begin(), units.end(), 0xFFFD));
  // C1 controls: bytes that windows-1252 has no character for.
  result.errors += static_cast<size_t>(std::count_if(
      units.begin(), units.end(),
      [](UChar c) { return c >= 0x80 && c < 0xA0 && c != 0x85; }));
  return result;
}

// One opinion of the detector.
struct Guess {
  std::string charset;
  int confidence = 0;  // 0 to 100.
};

// The part of `bytes` that says something: that with the high bytes.
std::string_view TellingPart(std::string_view bytes) {
  const auto high = std::find_if(bytes.begin(), bytes.end(),
                                 [](char c) { return (c & 0x80) != 0; });
  const auto start = static_cast<size_t>(high - bytes.begin());
  const size_t from = start > 256 ? start - 256 : 0;
  return bytes.substr(from, kDetectBytes);
}

std::vector<Guess> Detect(std::string_view bytes) {
  const std::string_view part = TellingPart(bytes);
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, decltype(&ucsdet_close)> detector(
      ucsdet_open(&error), &ucsdet_close);
  if (U_FAILURE(error)) return {};
  ucsdet_enableInputFilter(detector.get(), true);
  ucsdet_setText(detector.get(), part.data(), static_cast<int32_t>(part.size()),
                 &error);
  int32_t count = 0;
  const UCharsetMatch** matches =
      ucsdet_detectAll(detector.get(), &count, &error);
  std::vector<Guess> guesses;
  for (int32_t i = 0; U_SUCCESS(error) && i < count; ++i) {
    const char* name = ucsdet_getName(matches[i], &error);
    const int confidence = ucsdet_getConfidence(matches[i], &error);
    if (U_SUCCESS(error)) guesses.push_back({WebName(name), confidence});
  }
  return guesses;
}

int ConfidenceOf(const std::vector<Guess>& guesses,
                 const std::string& charset) {
  for (const Guess& guess : guesses) {
    if (guess.charset == charset) return guess.confidence;
  }
  return 0;
}

// Encodings that Chinese, Spanish and English pages have.
bool IsUsual(std::string_view charset) {
  return charset == "GB18030" || charset == "Big5" ||
         charset == "windows-1252" || charset == "UTF-8";
}

size_t CountHighBytes(std::string_view text) {
  return static_cast<size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (c & 0x80) != 0; }));
}

// Whether most bytes that are not ASCII stand next to another one, as in
// Chinese; in Spanish they stand alone.
bool InPairs(std::string_view text) {
  const auto is_high = [&](size_t i) {
    return i < text.size() && (text[i] & 0x80) != 0;
  };
  size_t alone = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (is_high(i) && !is_high(i + 1) && (i == 0 || !is_high(i - 1))) ++alone;
  }
  return alone * 2 < CountHighBytes(text);
}

// The characters of two bytes, and how many of them are common ones (or marks)
// in either encoding.
struct PairCounts {
  size_t all = 0;
  size_t common_gb = 0;
  size_t common_big5 = 0;
};

PairCounts CountPairs(std::string_view text) {
  PairCounts counts;
  for (size_t i = 0; i < text.size(); ++i) {
    const auto lead = static_cast<unsigned char>(text[i]);
    if (lead < 0x80) continue;
    ++counts.all;
    if (++i == text.size()) break;
    const auto trail = static_cast<unsigned char>(text[i]);
    const bool is_mark = lead >= 0xA1 && lead <= 0xA3;
    const bool in_gb = is_mark || (lead >= 0xB0 && lead <= 0xD7);
    const bool in_big5 = is_mark || (lead >= 0xA4 && lead <= 0xC6);
    if (in_gb && trail >= 0xA1) ++counts.common_gb;
    if (in_big5 && (trail >= 0xA1 || (trail >= 0x40 && trail < 0x7F))) {
      ++counts.common_big5;
    }
  }
  return counts;
}

// Whether its characters have two bytes or more.
bool IsMultiByte(std::string_view charset) {
  const std::string name = LowerName(charset);
  return name == "gb18030" || name == "big5" || name == "shift_jis" ||
         name.starts_with("euc-");
}

bool IsClean(std::string_view bytes, const std::string& charset) {
  const std::optional<Conversion> converted = Convert(bytes, charset);
  return converted.has_value() && converted->errors == 0;
}

// The other of the two Chinese encodings, where nearly all characters are
// common ones in it, and many are not in the one that is declared.
std::optional<std::string> BetterChinese(std::string_view bytes,
                                         const std::string& declared) {
  constexpr size_t kLeastPairs = 8;
  const PairCounts counts = CountPairs(bytes);
  const bool is_gb = declared == "GB18030";
  if ((!is_gb && declared != "Big5") || counts.all < kLeastPairs) {
    return std::nullopt;
  }
  const size_t own = is_gb ? counts.common_gb : counts.common_big5;
  const size_t other = is_gb ? counts.common_big5 : counts.common_gb;
  const std::string name = is_gb ? "Big5" : "GB18030";
  const bool is_better =
      other * 10 >= counts.all * 9 && own * 10 <= counts.all * 7;
  if (!is_better || !IsClean(bytes, name)) return std::nullopt;
  return name;
}

// The likeliest encoding in which every byte means something.
std::optional<Guess> BestGuess(std::string_view bytes,
                               const std::vector<Guess>& guesses) {
  std::optional<Guess> best;
  for (const Guess& guess : guesses) {
    // UTF-16 and UTF-32 have marks or zeros, which were looked for.
    const std::string name = LowerName(guess.charset);
    if (name.starts_with("utf-16") || name.starts_with("utf-32")) continue;
    // año is no a駉.
    if (IsMultiByte(name) && !InPairs(bytes)) continue;
    const int bonus = IsUsual(guess.charset) ? 20 : 0;
    if (best.has_value() && guess.confidence + bonus <= best->confidence) {
      continue;
    }
    const std::optional<Conversion> converted = Convert(bytes, guess.charset);
    if (!converted.has_value() || converted->errors > 0) continue;
    best = Guess{guess.charset, guess.confidence + bonus};
  }
  return best;
}

// Likewise, where the script may tell.
std::optional<Guess> BestGuessFor(TextScript script, std::string_view bytes,
                                  const std::vector<Guess>& guesses) {
  constexpr int kSure = 100;
  if (script == TextScript::kWestern && IsClean(bytes, "windows-1252")) {
    return Guess{"windows-1252", kSure};
  }
  if (script == TextScript::kHan && InPairs(bytes)) {
    const PairCounts counts = CountPairs(bytes);
    const std::string name =
        counts.common_big5 > counts.common_gb ? "Big5" : "GB18030";
    if (IsClean(bytes, name)) return Guess{name, kSure};
  }
  return BestGuess(bytes, guesses);
}

std::optional<std::string> CharsetOfMark(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) return "UTF-8";
  if (bytes.starts_with(std::string_view("\xFF\xFE\0\0", 4))) return "UTF-32LE";
  if (bytes.starts_with(std::string_view("\0\0\xFE\xFF", 4))) return "UTF-32BE";
  if (bytes.starts_with("\xFF\xFE")) return "UTF-16LE";
  if (bytes.starts_with("\xFE\xFF")) return "UTF-16BE";
  return std::nullopt;
}

// UTF-32 without a mark: of every four bytes one is zero, and mostly three.
std::optional<std::string> CharsetOfZeroPairs(std::string_view part) {
  std::array<size_t, 4> zeros = {};
  for (size_t i = 0; i < part.size(); ++i) zeros[i % 4] += part[i] == '\0';
  const size_t characters = part.size() / 4;
  if (characters == 0) return std::nullopt;
  if (zeros[3] >= characters && zeros[2] * 8 > characters * 7) {
    return "UTF-32LE";
  }
  if (zeros[0] >= characters && zeros[1] * 8 > characters * 7) {
    return "UTF-32BE";
  }
  return std::nullopt;
}

// Whether most pairs of bytes are two of ASCII's: of UTF-16, even of Chinese,
// a quarter is at most.
bool IsAsciiInPairs(std::string_view part) {
  const auto is_ascii = [](char c) { return c > 0 && c < 0x7F; };
  size_t pairs = 0;
  for (size_t i = 0; i + 1 < part.size(); i += 2) {
    if (is_ascii(part[i]) && is_ascii(part[i + 1])) ++pairs;
  }
  return pairs * 4 > part.size();
}

// UTF-16 without a mark: mark-up and spaces make every second byte zero.
std::optional<std::string> CharsetOfZeros(std::string_view bytes) {
  const std::string_view part = bytes.substr(0, 4096);
  if (auto wide = CharsetOfZeroPairs(part)) return wide;
  std::array<size_t, 2> zeros = {0, 0};
  for (size_t i = 0; i < part.size(); ++i) zeros[i % 2] += part[i] == '\0';
  if (zeros[0] + zeros[1] < part.size() / 16 + 1 || IsAsciiInPairs(part)) {
    return std::nullopt;
  }
  if (zeros[1] > 8 * zeros[0]) return "UTF-16LE";
  if (zeros[0] > 8 * zeros[1]) return "UTF-16BE";
  return std::nullopt;
}

bool HasHighBytes(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return (c & 0x80) != 0; });
}

// `text` with every byte that is no UTF-8 as U+FFFD.
std::string MendUtf8(std::string_view text) {
  std::string mended;
  while (!text.empty()) {
    const size_t valid = ValidUtf8Prefix(text);
    mended.append(text.substr(0, valid));
    text.remove_prefix(valid);
    if (text.empty()) break;
    AppendUtf8(mended, 0xFFFD);
    text.remove_prefix(1);
  }
  return mended;
}

size_t CountReplacements(std::string_view text) {
  size_t count = 0;
  for (size_t at = text.find("\xEF\xBF\xBD"); at != std::string_view::npos;
       at = text.find("\xEF\xBF\xBD", at + 3)) {
    ++count;
  }
  return count;
}

// Whether `bytes` are UTF-8 but for a few: other encodings hardly ever make
// whole characters of it.
bool IsMostlyUtf8(std::string_view bytes) {
  size_t good = 0;
  size_t bad = 0;
  while (!bytes.empty()) {
    const size_t valid = ValidUtf8Prefix(bytes);
    good += static_cast<size_t>(std::count_if(
        bytes.begin(), bytes.begin() + valid,
        [](char c) { return static_cast<unsigned char>(c) >= 0xC2; }));
    bytes.remove_prefix(valid);
    if (bytes.empty()) break;
    ++bad;
    bytes.remove_prefix(1);
  }
  return good >= 3 * bad;
}

DecodedText Finish(std::string_view bytes, const std::string& charset,
                   std::vector<std::string> warnings) {
  DecodedText result = {.charset = charset, .warnings = std::move(warnings)};
  const std::optional<Conversion> converted =
      charset == "UTF-8" ? std::nullopt : Convert(bytes, charset);
  result.text = converted.has_value() ? converted->text : MendUtf8(bytes);
  if (result.text.starts_with("\xEF\xBB\xBF")) result.text.erase(0, 3);
  const size_t bad =
      CountReplacements(result.text) -
      (charset == "UTF-8"
           ? std::min(CountReplacements(bytes), CountReplacements(result.text))
           : 0);
  if (bad > 0) {
    result.warnings.push_back(
        fmt::format("{} place{} of the text {} not {} and became U+FFFD", bad,
                    bad == 1 ? "" : "s", bad == 1 ? "is" : "are", charset));
  }
  return result;
}

std::string WrongDeclaration(std::string_view declared,
                             std::string_view charset) {
  return fmt::format("declared as {}, but it is {}",
                     PrintableUtf8(declared, 40), charset);
}

// Which of the two the bytes are: what they are declared as, or what they look
// like.
CharsetChoice ChooseLegacy(std::string_view bytes, std::string_view declared,
                           TextScript script) {
  const std::vector<Guess> guesses = Detect(bytes);
  const std::optional<Guess> best = BestGuessFor(script, bytes, guesses);
  const bool known = !declared.empty() && IsKnownCharset(declared);
  CharsetChoice choice;
  if (!declared.empty() && !known) {
    choice.warnings.push_back(fmt::format(
        "the declared encoding '{}' is unknown", PrintableUtf8(declared, 40)));
  }
  if (known) {
    choice.charset = WebName(declared);
    const std::optional<Conversion> converted = Convert(bytes, choice.charset);
    const bool clean = converted.has_value() && converted->errors == 0 &&
                       choice.charset != "UTF-8";
    // The detector needs some bytes to go by.
    const bool is_telling = CountHighBytes(bytes) >= kTellingBytes;
    const bool fits = clean || (converted.has_value() &&
                                choice.charset != "UTF-8" && InPairs(bytes));
    if (const auto better = BetterChinese(bytes, choice.charset)) {
      choice.warnings.push_back(WrongDeclaration(declared, *better));
      choice.charset = *better;
      return choice;
    }
    if (fits && !is_telling) return choice;
    const std::optional<Guess> guess = BestGuess(bytes, guesses);
    const bool doubted =
        guess.has_value() && guess->charset != choice.charset &&
        guess->confidence >= ConfidenceOf(guesses, choice.charset) +
                                 (IsUsual(choice.charset) ? 20 : 0) +
                                 kMuchSurer;
    if ((clean && !doubted) || !best.has_value()) return choice;
    if (best->charset == choice.charset) return choice;
    choice.warnings.push_back(WrongDeclaration(declared, best->charset));
  }
  // UTF-8: nothing that we know.
  choice.charset = best.has_value() ? best->charset : "UTF-8";
  return choice;
}

}  // namespace

bool IsKnownCharset(std::string_view name) {
  const std::string web = WebName(name);
  return web.size() <= 40 && OpenConverter(web) != nullptr;
}

CharsetChoice ChooseCharset(std::string_view bytes, std::string_view declared,
                            TextScript script) {
  if (const auto marked = CharsetOfMark(bytes)) return {.charset = *marked};
  // A few zeros may stand in UTF-8, too.
  const bool is_utf8 = IsValidUtf8(bytes);
  const auto zeros =
      static_cast<size_t>(std::count(bytes.begin(), bytes.end(), '\0'));
  if (!is_utf8 || zeros * 4 >= bytes.size()) {
    if (const auto wide = CharsetOfZeros(bytes)) return {.charset = *wide};
  }
  if (!is_utf8 && !IsMostlyUtf8(bytes)) {
    return ChooseLegacy(bytes, declared, script);
  }
  CharsetChoice choice{.charset = "UTF-8"};
  if (!declared.empty() && HasHighBytes(bytes) &&
      WebName(declared) != "UTF-8") {
    choice.warnings.push_back(WrongDeclaration(declared, "UTF-8"));
  }
  return choice;
}

DecodedText DecodeText(std::string_view bytes, std::string_view declared) {
  CharsetChoice choice = ChooseCharset(bytes, declared);
  return Finish(bytes, choice.charset, std::move(choice.warnings));
}

struct CharsetDecoder::State {
  Converter converter;
  std::vector<UChar> units;  // A first half of a pair may be left over.
};

CharsetDecoder::CharsetDecoder(const std::string& charset)
    : state_(new State{.converter = OpenConverter(charset), .units = {}}) {}

CharsetDecoder::~CharsetDecoder() = default;

void CharsetDecoder::Decode(std::string_view bytes, bool is_last,
                            std::string& out) {
  constexpr size_t kPieceUnits = 16 * 1024;
  UConverter* const converter = state_->converter.get();
  std::vector<UChar>& units = state_->units;
  const char* source = bytes.data();
  const char* const end = source + bytes.size();
  for (bool is_full = true; is_full;) {
    const size_t kept = units.size();
    units.resize(kept + kPieceUnits);
    UChar* target = units.data() + kept;
    UErrorCode error = U_ZERO_ERROR;
    ucnv_toUnicode(converter, &target, units.data() + units.size(), &source,
                   end, nullptr, static_cast<UBool>(is_last), &error);
    is_full = error == U_BUFFER_OVERFLOW_ERROR;
    units.resize(static_cast<size_t>(target - units.data()));
    std::optional<UChar> half;
    const bool more = is_full || !is_last;
    if (more && !units.empty() && units.back() >= 0xD800 &&
        units.back() < 0xDC00) {
      half = units.back();
      units.pop_back();
    }
    out += Utf8Of(units);
    units.clear();
    if (half.has_value()) units.push_back(*half);
  }
}

}  // namespace tercet
