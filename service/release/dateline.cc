#include "service/release/dateline.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <utility>

#include "service/base/utf8.h"
#include "service/release/plain_text.h"
#include "service/release/release_date.h"

namespace tercet {
namespace {

// No dateline is longer, its reporters included.
constexpr size_t kMaxDatelineBytes = 240;
constexpr size_t kMaxPlaceBytes = 80;

constexpr std::array<std::string_view, 34> kAgencies = {"xinhua",
                                                        "ap",
                                                        "associated press",
                                                        "reuters",
                                                        "afp",
                                                        "efe",
                                                        "efeverde",
                                                        "dpa",
                                                        "upi",
                                                        "itar-tass",
                                                        "tass",
                                                        "kyodo",
                                                        "kyodo news",
                                                        "yonhap",
                                                        "cna",
                                                        "cns",
                                                        "ecns",
                                                        "ansa",
                                                        "bernama",
                                                        "notimex",
                                                        "europa press",
                                                        "ep",
                                                        "prensa latina",
                                                        "pl",
                                                        "télam",
                                                        "telam",
                                                        "andina",
                                                        "ansalatina",
                                                        "ria novosti",
                                                        "un news",
                                                        "bloomberg",
                                                        "interfax",
                                                        "agencia brasil",
                                                        "prnewswire"};

// The longest of those that begin alike first.
constexpr std::array<std::string_view, 40> kChineseAgencies = {
    "新华社",     "新华网",         "新華社",   "新華網", "中国新闻网",
    "中国新闻社", "中新社",         "中新网",   "中新網", "人民网",
    "人民日报",   "央视网",         "中央社",   "中通社", "法新社",
    "路透社",     "路透",           "美联社",   "美聯社", "埃菲社",
    "共同社",     "时事社",         "塔斯社",   "俄塔社", "俄新社",
    "德新社",     "韩联社",         "安莎社",   "拉美社", "光明网",
    "环球网",     "中国网",         "国际在线", "中评社", "香港中通社",
    "新华通讯社", "国际文传电讯社", "本报",     "本刊",   "综合"};

bool IsAgency(std::string_view name) {
  std::string lower = ToLower(name);
  // `EFE/EPA`, `Xinhua-AsiaNet`: the first decides.
  lower = lower.substr(0, lower.find_first_of("/;"));
  if (lower.starts_with("xinhua")) return true;
  return std::find(kAgencies.begin(), kAgencies.end(), Trim(lower)) !=
         kAgencies.end();
}

bool StartsUpper(std::string_view text) {
  if (text.empty()) return false;
  size_t at = 0;
  const char32_t c = DecodeUtf8(text, &at);
  return (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE);
}

bool IsAllUpper(std::string_view text) {
  bool letters = false;
  for (size_t at = 0; at < text.size();) {
    const char32_t c = DecodeUtf8(text, &at);
    if ((c >= 'a' && c <= 'z') || (c >= 0xDF && c <= 0xFF)) return false;
    letters = letters || (c >= 'A' && c <= 'Z');
  }
  return letters;
}

// `BEIJING, Nov. 21`, `Madrid`: what stands before the agency.
struct PlaceAndDate {
  std::string place;
  CivilDate date;
};

std::optional<PlaceAndDate> ParsePlace(std::string_view text,
                                       std::string_view language) {
  PlaceAndDate result;
  std::string_view place = Trim(text);
  if (const auto found = FindDate(place, language)) {
    // Only weekdays and years may stand behind it.
    const std::string_view rest = Trim(place.substr(found->end));
    if (rest.size() > 16) return std::nullopt;
    result.date = found->date;
    place = Trim(place.substr(0, found->begin));
  }
  while (!place.empty() && (place.back() == ',' || place.back() == ' ' ||
                            place.back() == '-' || place.back() == '.')) {
    place.remove_suffix(1);
  }
  if (place.size() > kMaxPlaceBytes || !StartsUpper(place)) return std::nullopt;
  if (place.find_first_of("!?;:\"()") != std::string_view::npos) {
    return std::nullopt;
  }
  result.place = place;
  return result;
}

// The bytes of `.- `, ` -- `, ` — ` and the like at the head of `text`; 0 where
// there is no such mark.
size_t DashLength(std::string_view text) {
  size_t at = 0;
  while (at < text.size() && (text[at] == ' ' || text[at] == '.')) ++at;
  const size_t dash = at;
  for (bool more = true; more;) {
    more = false;
    for (const std::string_view mark : {"-", "–", "—", "_", ":"}) {
      if (!text.substr(at).starts_with(mark)) continue;
      at += mark.size();
      more = true;
    }
  }
  if (at == dash) return 0;
  while (at < text.size() && text[at] == ' ') ++at;
  return at;
}

// `PLACE, DATE (AGENCY) --`, `PLACE, DATE /AGENCY/ --`.
std::optional<FoundDateline> WithAgency(std::string_view head,
                                        std::string_view language) {
  const size_t open = head.find_first_of("(/");
  if (open == std::string_view::npos || open == 0) return std::nullopt;
  const char closer = head[open] == '(' ? ')' : '/';
  const size_t close = head.find(closer, open + 1);
  if (close == std::string_view::npos) return std::nullopt;
  const std::string_view agency = Trim(head.substr(open + 1, close - open - 1));
  const auto place = ParsePlace(head.substr(0, open), language);
  if (!place.has_value() || agency.empty() || agency.size() > 40) {
    return std::nullopt;
  }
  const size_t dash = DashLength(head.substr(close + 1));
  const bool known = IsAgency(agency);
  if (!known && (dash == 0 || place->date.empty())) return std::nullopt;
  if (dash == 0 && place->date.empty()) return std::nullopt;
  size_t end = close + 1 + dash;
  while (end < head.size() && head[end] == ' ') ++end;
  return FoundDateline{
      .dateline = {.text = std::string(Trim(head.substr(0, end))),
                   .place = place->place,
                   .agency = std::string(agency),
                   .date = place->date},
      .end = end};
}

// `GENEVA, 21 November 2008 –`, with the place in capitals and a date.
std::optional<FoundDateline> WithoutAgency(std::string_view head,
                                           std::string_view language) {
  const auto date = FindDate(head, language);
  if (!date.has_value() || date->begin == 0) return std::nullopt;
  const size_t dash = DashLength(head.substr(date->end));
  const auto place = ParsePlace(head.substr(0, date->end), language);
  if (dash < 2 || !place.has_value() || !IsAllUpper(place->place)) {
    return std::nullopt;
  }
  const size_t end = date->end + dash;
  return FoundDateline{
      .dateline = {.text = std::string(Trim(head.substr(0, end))),
                   .place = place->place,
                   .date = place->date},
      .end = end};
}

std::string_view LeadingChineseAgency(std::string_view text) {
  std::string_view best;
  for (const std::string_view agency : kChineseAgencies) {
    if (text.starts_with(agency) && agency.size() > best.size()) best = agency;
  }
  return best;
}

// `海港社`: up to six Han characters, the last of them the word for agency or
// net; empty where the text begins otherwise.
std::string_view LeadingUnknownAgency(std::string_view text) {
  size_t at = 0;
  for (int count = 0; count < 6 && at < text.size(); ++count) {
    const char32_t c = DecodeUtf8(text, &at);
    if (c < 0x3400 || c > 0x9FFF) return {};
    const bool ends = c == U'社' || c == U'网' || c == U'網';
    if (ends && count > 1) return text.substr(0, at);
  }
  return {};
}

// Whether what comes is no part of a word: `新华网讯 `, but not `通讯社`.
bool IsApart(std::string_view text) {
  if (text.empty()) return true;
  size_t at = 0;
  const char32_t c = DecodeUtf8(text, &at);
  return IsBlank(c) || c == U'（' || c == '(' || c == U'】' || c == U'：' ||
         c == '-' || c == U'—';
}

// Where `电`, `電`, `讯` or `訊` ends, which ends the dateline proper; npos
// where a sentence comes first.
size_t EndOfWire(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const char32_t c = DecodeUtf8(text, &at);
    if (c == U'。' || c == U'，' || c == U'！' || c == U'？') break;
    if (c == U'电' || c == U'電') return at;
    if ((c == U'讯' || c == U'訊') && IsApart(text.substr(at))) return at;
  }
  return std::string_view::npos;
}

// Moves behind `（记者李明、王刚）` and behind a closing bracket and spaces.
size_t SkipReporters(std::string_view text, size_t at) {
  const std::string_view rest = Trim(text.substr(at));
  for (const auto& [open, close] :
       {std::pair<std::string_view, std::string_view>{"（", "）"},
        {"(", ")"}}) {
    if (!rest.starts_with(open)) continue;
    const size_t end = rest.find(close);
    const std::string_view inner = rest.substr(0, end);
    const bool reporters = inner.find("记者") != std::string_view::npos ||
                           inner.find("記者") != std::string_view::npos ||
                           inner.find("编辑") != std::string_view::npos;
    if (end == std::string_view::npos || !reporters) break;
    at = static_cast<size_t>(rest.data() - text.data()) + end + close.size();
  }
  for (bool more = true; more;) {
    more = false;
    for (const std::string_view mark :
         {" ", "\u3000", "\u00A0", "】", "）", ")", "：", "—", "-"}) {
      if (!text.substr(at).starts_with(mark)) continue;
      at += mark.size();
      more = true;
    }
  }
  return at;
}

std::string_view WithoutSuffixes(std::string_view place) {
  for (const std::string_view suffix : {"专", "综合", "專"}) {
    if (place.ends_with(suffix)) place.remove_suffix(suffix.size());
  }
  return place;
}

// Behind `中央社記者李明` the place follows the name; nothing tells where it
// begins, so it is left out.
std::string PlaceOf(std::string_view between, size_t date_begin) {
  const std::string_view place =
      Trim(WithoutSuffixes(between.substr(0, date_begin)));
  if (place.find("记者") != std::string_view::npos ||
      place.find("記者") != std::string_view::npos) {
    return "";
  }
  return std::string(place);
}

std::optional<FoundDateline> Chinese(std::string_view head,
                                     std::string_view language) {
  size_t begin = 0;
  for (const std::string_view open : {"【", "（", "(", "["}) {
    if (head.starts_with(open)) begin = open.size();
  }
  std::string_view agency = LeadingChineseAgency(head.substr(begin));
  const bool known = !agency.empty();
  if (!known) agency = LeadingUnknownAgency(head.substr(begin));
  if (agency.empty()) return std::nullopt;
  const size_t from = begin + agency.size();
  const size_t wire = EndOfWire(head.substr(from));
  if (wire == std::string_view::npos) return std::nullopt;
  const std::string_view between = head.substr(from, wire);
  Dateline dateline = {.agency = std::string(agency)};
  size_t date_begin = between.find_first_of("0123456789");
  if (const auto date = FindDate(between, language)) {
    dateline.date = date->date;
    date_begin = date->begin;
  }
  // `新华社…电` needs a day; `新华网讯` does not.
  const bool wired = between.ends_with("电") || between.ends_with("電");
  if ((wired || !known) && dateline.date.empty()) {
    const bool day_only = wired && known && date_begin != between.npos;
    if (!day_only) return std::nullopt;
  }
  if (date_begin == std::string_view::npos) {
    date_begin = between.size() - std::string_view("讯").size();
  }
  dateline.place = PlaceOf(between, date_begin);
  const size_t end = SkipReporters(head, from + wire);
  dateline.text = std::string(Trim(head.substr(0, end)));
  return FoundDateline{.dateline = std::move(dateline), .end = end};
}

}  // namespace

std::optional<FoundDateline> FindDateline(std::string_view text,
                                          std::string_view language) {
  const std::string_view head = TruncateUtf8(text, kMaxDatelineBytes);
  if (const auto found = Chinese(head, language)) return found;
  if (const auto found = WithAgency(head, language)) return found;
  return WithoutAgency(head, language);
}

}  // namespace tercet
