#include "tests/formats/random_unit.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include "service/base/utf8.h"
#include "tests/formats/format_helpers.h"

namespace tercet {
namespace {

using Kind = InlineCode::Kind;

constexpr std::string_view kPieces[] = {
    "a",       "Trade",  " ",      "  ",     "\n",   "\t",   "\r",     "\r\n",
    "&",       "<",      ">",      "\"",     "'",    "&lt;", "]]>",    "<!--",
    "1%",      "中",     "贸易额", "ñandú",  "𝄞",    "\\",   "\\n",    "\u00A0",
    "e\u0301", "\u200D", "\uFEFF", "\u0085", "\x7F", "{}",   "</seg>", "\u2028",
};
constexpr std::string_view kNotInXml[] = {
    std::string_view("\0", 1), "\x07", "\x1F", "\uFFFE", "\uFFFF",
};
constexpr std::string_view kLanguages[] = {"en", "zh-CN", "es-419", "zh-Hant",
                                           "x-klingon"};
constexpr std::string_view kTypes[] = {
    "x-project",      "x-document", "x-context-pre", "x-context-key",
    "x-tercet-state", "domain",     "a \"b\"\n<c>",
};
constexpr std::string_view kAttributeNames[] = {"i", "x", "type", "assoc",
                                                "pos"};

class Maker {
 public:
  explicit Maker(std::mt19937_64& random) : random_(random) {}

  Unit MakeUnit() {
    Unit unit;
    for (size_t i = 0, count = 1 + Below(4); i < count; ++i) {
      unit.variants.push_back(MakeVariant());
    }
    if (Below(2) == 0) {
      unit.source_language =
          unit.variants[Below(unit.variants.size())].language;
    }
    unit.origin = {.document = MaybeText(),
                   .previous = MaybeText(),
                   .next = MaybeText(),
                   .key = MaybeText()};
    unit.state = static_cast<UnitState>(Below(4));
    unit.external_id = MaybeText();
    unit.usage_count = static_cast<int64_t>(Below(3) * Below(1'000'000));
    unit.attribution = MakeAttribution();
    unit.notes = MakeNotes();
    unit.properties = MakeProperties();
    return unit;
  }

 private:
  size_t Below(size_t bound) {
    return std::uniform_int_distribution<size_t>(0, bound - 1)(random_);
  }
  template <typename Table>
  std::string_view Pick(const Table& table) {
    return table[Below(std::size(table))];
  }

  std::string MaybeText() { return Below(2) == 0 ? "" : MakeText(); }

  std::string MakeText() {
    std::string text;
    for (size_t i = 0, count = 1 + Below(6); i < count; ++i) {
      text += Pick(kPieces);
    }
    return text;
  }

  Variant MakeVariant() {
    return {.language = Tag(Pick(kLanguages)),
            .segment = MakeSegment(),
            .attribution = MakeAttribution(),
            .notes = MakeNotes(),
            .properties = MakeProperties()};
  }

  Segment MakeSegment() {
    Segment segment;
    size_t open_highlights = 0;
    for (size_t i = 0, count = 1 + Below(8); i < count; ++i) {
      segment.text += Below(10) == 0 ? Pick(kNotInXml) : Pick(kPieces);
      while (Below(3) == 0) AddCode(segment, open_highlights);
    }
    while (open_highlights-- > 0) Add(segment, {.kind = Kind::kHighlightEnd});
    return segment;
  }

  static void Add(Segment& segment, InlineCode code) {
    code.offset = static_cast<uint32_t>(segment.text.size());
    segment.codes.push_back(std::move(code));
  }

  void AddCode(Segment& segment, size_t& open_highlights) {
    InlineCode code{.kind = static_cast<Kind>(1 + Below(7))};
    if (code.kind == Kind::kHighlightEnd) {
      if (open_highlights == 0) return;
      --open_highlights;
    } else {
      code.attributes = MakeAttributes();
    }
    if (code.kind == Kind::kHighlightBegin) {
      ++open_highlights;
    } else if (code.kind != Kind::kHighlightEnd) {
      code.content = MaybeText();
      code.content_is_xml = Below(4) == 0;
      if (code.content_is_xml) {
        code.content =
            "&lt;img alt=\"<sub datatype=\"html\" type=\"&quot;&#10;\">A "
            "<hi>red</hi> &amp; flag&#13;</sub>\"&gt;";
      }
    }
    Add(segment, std::move(code));
  }

  std::vector<Property> MakeAttributes() {
    std::vector<Property> attributes;
    for (std::string_view name : kAttributeNames) {
      if (Below(3) > 0) continue;
      attributes.push_back({.type = std::string(name), .value = MaybeText()});
    }
    std::ranges::shuffle(attributes, random_);
    return attributes;
  }

  std::vector<Property> MakeProperties() {
    std::vector<Property> properties;
    while (Below(2) == 0) {
      properties.push_back({.type = std::string(Pick(kTypes)),
                            .value = Below(4) == 0 ? "draft" : MaybeText()});
    }
    return properties;
  }

  std::vector<std::string> MakeNotes() {
    std::vector<std::string> notes;
    while (Below(3) == 0) notes.push_back(MaybeText());
    return notes;
  }

  Attribution MakeAttribution() {
    return {.creator = MaybeText(),
            .creation_micros = MaybeTime(),
            .changer = MaybeText(),
            .change_micros = MaybeTime()};
  }

  std::optional<int64_t> MaybeTime() {
    if (Below(2) == 0) return std::nullopt;
    // From year 1 to year 9999.
    const int64_t seconds = std::uniform_int_distribution<int64_t>(
        -62'135'596'800, 253'402'300'799)(random_);
    return seconds * 1'000'000;
  }

  std::mt19937_64& random_;
};

}  // namespace

Unit RandomUnit(std::mt19937_64& random) { return Maker(random).MakeUnit(); }

}  // namespace tercet
