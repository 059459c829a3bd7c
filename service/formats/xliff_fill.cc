// Puts targets into a piece of XLIFF.
#include <algorithm>
#include <span>
#include <utility>

#include "fmt/format.h"
#include "service/base/utf8.h"
#include "service/formats/bilingual_files.h"
#include "service/formats/code_match.h"
#include "service/formats/xliff_layout.h"
#include "service/formats/xml_escape.h"

namespace tercet {
namespace {

constexpr int kExactScore = 100;
constexpr char kKeepsSpace[] = " xml:space=\"preserve\"";

struct Attribute {
  std::string_view name;
  std::string value;
};

// Where the value of an attribute is in a start tag; nullopt if it has none.
std::optional<XliffRange> ValueRange(std::string_view tag,
                                     std::string_view name) {
  for (size_t at = tag.find(name); at != std::string_view::npos;
       at = tag.find(name, at + 1)) {
    const char before = tag[at - 1];
    if (before != ' ' && before != '\t' && before != '\n' && before != '\r') {
      continue;
    }
    size_t quote = at + name.size();
    while (quote < tag.size() &&
           std::string_view(" \t\r\n=").find(tag[quote]) !=
               std::string_view::npos) {
      ++quote;
    }
    if (quote == at + name.size() || quote >= tag.size()) continue;
    if (tag[quote] != '"' && tag[quote] != '\'') continue;
    // An even number of quotes before: not in the middle of a value.
    const std::string_view front = tag.substr(0, at);
    if (std::ranges::count(front, tag[quote]) % 2 != 0) continue;
    const size_t end = tag.find(tag[quote], quote + 1);
    if (end == std::string_view::npos) continue;
    return XliffRange{quote + 1, end};
  }
  return std::nullopt;
}

// The start tag with these attributes set, not closed: `<target a="b"`.
std::string OpenTagWith(std::string_view tag,
                        const std::vector<Attribute>& attributes) {
  std::string out(tag.substr(0, tag.size() - (tag.ends_with("/>") ? 2 : 1)));
  while (out.ends_with(' ')) out.pop_back();
  for (const Attribute& attribute : attributes) {
    std::string written;
    AppendXmlAttribute(written, attribute.name, attribute.value);
    if (const auto range = ValueRange(out, attribute.name)) {
      const size_t first = written.find('"') + 1;
      out.replace(range->begin, range->end - range->begin,
                  written.substr(first, written.size() - first - 1));
    } else {
      out += written;
    }
  }
  return out;
}

std::string TagWithout(std::string_view tag, std::string_view name) {
  std::string out(tag);
  const std::optional<XliffRange> value = ValueRange(tag, name);
  if (!value) return out;
  size_t begin = tag.rfind(name, value->begin);
  while (std::string_view(" \t\r\n").find(tag[begin - 1]) !=
         std::string_view::npos) {
    --begin;
  }
  return out.erase(begin, value->end + 1 - begin);
}

std::string TagWith(std::string_view tag,
                    const std::vector<Attribute>& attributes) {
  return OpenTagWith(tag, attributes) + (tag.ends_with("/>") ? "/>" : ">");
}

// Text in XML; what XML cannot hold as 2.x writes it, if it may.
void AppendText(std::string& out, std::string_view text, bool is_version_2) {
  if (!is_version_2 || !IsValidUtf8(text)) return AppendXmlText(out, text);
  for (size_t position = 0; position < text.size();) {
    const size_t begin = position;
    const char32_t character = DecodeUtf8(text, &position);
    if (IsXmlCharacter(character)) {
      AppendXmlText(out, text.substr(begin, position - begin));
    } else {
      out +=
          fmt::format("<cp hex=\"{:04X}\"/>", static_cast<uint32_t>(character));
    }
  }
}

// A piece of a content: text, or the markup of one code.
struct Part {
  std::string xml;
  bool is_code = false;
};

bool IsStartTag(const Part& part) {
  return part.is_code && part.xml.starts_with('<') && part.xml[1] != '/' &&
         !part.xml.ends_with("/>") && part.xml.find("</") == std::string::npos;
}
bool IsEndTag(const Part& part) {
  return part.is_code && part.xml.starts_with("</");
}

std::string_view TagName(std::string_view tag) {
  tag.remove_prefix(tag.starts_with("</") ? 2 : 1);
  return tag.substr(0, tag.find_first_of(" \t\r\n/>"));
}

// Takes away the tags that have no partner, so that the whole is XML.
void Balance(std::vector<Part>& parts) {
  std::vector<size_t> open;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (IsStartTag(parts[i])) open.push_back(i);
    if (!IsEndTag(parts[i])) continue;
    const auto partner =
        std::find_if(open.rbegin(), open.rend(), [&](size_t start) {
          return TagName(parts[start].xml) == TagName(parts[i].xml);
        });
    if (partner == open.rend()) {
      parts[i].xml.clear();
      continue;
    }
    // What was opened in between would overlap.
    for (auto inner = open.rbegin(); inner != partner; ++inner) {
      parts[*inner].xml.clear();
    }
    open.resize(static_cast<size_t>(open.rend() - partner) - 1);
  }
  for (const size_t start : open) parts[start].xml.clear();
}

// The fills of a piece by their segments.
const TargetFill* FillOf(std::span<const TargetFill> fills, size_t segment) {
  const auto found = std::ranges::find(fills, segment, &TargetFill::segment);
  return found == fills.end() || !found->target ? nullptr : &*found;
}

class Filler {
 public:
  Filler(const FilePiece& piece, const XliffLayout& layout,
         std::span<const TargetFill> fills)
      : piece_(piece), layout_(layout), fills_(fills) {}

  std::string Run() {
    const bool has_target = std::ranges::any_of(
        fills_, [](const TargetFill& fill) { return fill.target.has_value(); });
    if (layout_.is_version_2) {
      FillVersion2();
    } else if (has_target) {
      FillVersion1();
    }
    Suggest();
    return ApplyEdits(piece_.bytes, std::move(edits_));
  }

 private:
  std::string_view BytesOf(const XliffRange& range) const {
    return std::string_view(piece_.bytes)
        .substr(range.begin, range.end - range.begin);
  }

  void Replace(const XliffRange& range, std::string text) {
    edits_.push_back({range.begin, range.end, std::move(text)});
  }
  void Insert(size_t at, std::string text) {
    edits_.push_back({at, at, std::move(text)});
  }

  std::string ContentOf(size_t slot) const {
    const TargetFill* const fill = FillOf(fills_, slot);
    if (fill == nullptr) return "";
    return XliffContentOf(*fill->target, layout_.slots[slot].source,
                          layout_.is_version_2);
  }

  // Whether a segment has a target, filled in or there before.
  bool HasTarget(size_t slot) const {
    const BilingualSegment& segment = piece_.segments[slot];
    return FillOf(fills_, slot) != nullptr ||
           (!segment.targets.empty() && !segment.is_copied);
  }

  std::vector<Attribute> State1() const {
    bool is_exact = true;
    bool in_context = true;
    bool is_whole = true;
    for (size_t i = 0; i < layout_.slots.size(); ++i) {
      is_whole = is_whole && HasTarget(i);
      const TargetFill* const fill = FillOf(fills_, i);
      if (fill == nullptr) continue;
      is_exact = is_exact && fill->score >= kExactScore;
      in_context = in_context && fill->in_context;
    }
    if (!is_whole) return {{"state", "needs-translation"}};
    if (!is_exact) {
      return {{"state", "needs-review-translation"},
              {"state-qualifier", "fuzzy-match"}};
    }
    return {{"state", "translated"},
            {"state-qualifier", in_context ? "id-match" : "exact-match"}};
  }

  void FillVersion1() {
    const std::optional<XliffTarget>& target = layout_.target;
    const bool is_cut = layout_.slots.front().source_mark.has_value();
    if (is_cut && target && !target->content.is_empty_tag &&
        !target->content.marks.empty()) {
      Replace(target->tag, TagWith(BytesOf(target->tag), State1()));
      FillMarks(*target);
    } else {
      WriteTarget(is_cut ? ContentFromSegSource() : ContentOf(0));
    }
    for (size_t i = 0; i < layout_.slots.size(); ++i) FillTradosState(i);
    FillUnitTag();
  }

  void FillMarks(const XliffTarget& target) {
    for (size_t i = 0; i < layout_.slots.size(); ++i) {
      if (FillOf(fills_, i) == nullptr) continue;
      const XliffSlot& slot = layout_.slots[i];
      if (slot.target_mark) {
        // An empty mark is written in full.
        const XliffRange range = *slot.target_mark;
        if (range.begin == range.end && std::string_view(piece_.bytes)
                                            .substr(0, range.begin)
                                            .ends_with("/>")) {
          edits_.push_back(
              {range.begin - 2, range.end, ">" + ContentOf(i) + "</mrk>"});
        } else {
          Replace(range, ContentOf(i));
        }
        continue;
      }
      std::string mark = "<mrk mtype=\"seg\"";
      AppendXmlAttribute(mark, "mid", slot.mark_id);
      Insert(target.content.end, mark + ">" + ContentOf(i) + "</mrk>");
    }
  }

  // The segments of `seg-source`, with targets in the place of sources.
  std::string ContentFromSegSource() const {
    std::vector<Edit> edits;
    const size_t base = layout_.seg_source.begin;
    for (size_t i = 0; i < layout_.slots.size(); ++i) {
      const XliffRange range = *layout_.slots[i].source_mark;
      edits.push_back({range.begin - base, range.end - base, ContentOf(i)});
    }
    return ApplyEdits(BytesOf(layout_.seg_source), std::move(edits));
  }

  void WriteTarget(const std::string& content) {
    const std::optional<XliffTarget>& target = layout_.target;
    if (target) {
      Replace(target->element,
              OpenTagWith(BytesOf(target->tag), State1()) + ">" + content +
                  "</" + std::string(TagName(BytesOf(target->tag))) + ">");
      return;
    }
    std::string element = layout_.indent + "<target";
    if (!layout_.language.empty()) {
      AppendXmlAttribute(element, "xml:lang", layout_.language);
    }
    if (layout_.slots.front().keeps_space) element += kKeepsSpace;
    for (const Attribute& attribute : State1()) {
      AppendXmlAttribute(element, attribute.name, attribute.value);
    }
    Insert(layout_.insert_at, element + ">" + content + "</target>");
  }

  void FillTradosState(size_t i) {
    const TargetFill* const fill = FillOf(fills_, i);
    const XliffSlot& slot = layout_.slots[i];
    if (fill == nullptr || !slot.state_tag) return;
    const bool is_exact = fill->score >= kExactScore;
    Replace(*slot.state_tag,
            TagWith(BytesOf(*slot.state_tag),
                    {{"conf", is_exact ? "Translated" : "Draft"},
                     {"origin", "tm"},
                     {"percent", std::to_string(fill->score)}}));
  }

  // What says that the unit is approved goes: nobody has seen the target yet.
  void FillUnitTag() {
    const std::string_view tag = BytesOf(layout_.unit_tag);
    std::string changed(tag);
    const std::optional<XliffRange> approved = ValueRange(tag, "approved");
    if (approved && tag.substr(approved->begin).starts_with("yes")) {
      changed = TagWithout(tag, "approved");
    }
    const TargetFill* const fill = FillOf(fills_, 0);
    if (fill != nullptr && ValueRange(tag, "mq:status")) {
      changed = TagWith(changed, {{"mq:status", "Pretranslated"},
                                  {"mq:percent", std::to_string(fill->score)}});
    }
    if (changed != tag) Replace(layout_.unit_tag, std::move(changed));
  }

  void FillVersion2() {
    for (size_t i = 0; i < layout_.slots.size(); ++i) {
      const XliffSlot& slot = layout_.slots[i];
      std::vector<Attribute> attributes;
      const TargetFill* const fill = FillOf(fills_, i);
      if (fill != nullptr) {
        const bool is_exact = fill->score >= kExactScore;
        attributes.push_back({"state", is_exact ? "translated" : "initial"});
        attributes.push_back(
            {"subState", is_exact ? "tercet:exact" : "tercet:fuzzy"});
        WriteTarget2(slot, ContentOf(i));
      }
      if (slot.segment_id.empty() && HasSuggestion(i)) {
        attributes.push_back({"id", SegmentId(i)});
      }
      if (!attributes.empty()) {
        Replace(*slot.state_tag, TagWith(BytesOf(*slot.state_tag), attributes));
      }
    }
  }

  void WriteTarget2(const XliffSlot& slot, const std::string& content) {
    if (slot.target) {
      const std::string_view tag = BytesOf(slot.target->tag);
      Replace(slot.target->element, OpenTagWith(tag, {}) + ">" + content +
                                        "</" + std::string(TagName(tag)) + ">");
    } else {
      Insert(slot.insert_at, slot.indent + "<target" +
                                 (slot.keeps_space ? kKeepsSpace : "") + ">" +
                                 content + "</target>");
    }
  }

  bool HasSuggestion(size_t i) const {
    return std::ranges::any_of(fills_, [i](const TargetFill& fill) {
      return fill.segment == i && !fill.suggestions.empty();
    });
  }

  std::string SegmentId(size_t i) const {
    const std::string& id = layout_.slots[i].segment_id;
    return id.empty() ? fmt::format("tercet{}", i + 1) : id;
  }

  void Suggest() {
    std::string all;
    for (const TargetFill& fill : fills_) {
      for (const TargetSuggestion& suggestion : fill.suggestions) {
        all += layout_.is_version_2 ? Match(fill, suggestion)
                                    : AltTrans(fill, suggestion);
      }
    }
    DropOldSuggestions(all.empty());
    if (all.empty()) return;
    if (layout_.is_version_2 && !layout_.has_matches) {
      all = "<mtc:matches xmlns:mtc=\"urn:oasis:names:tc:xliff:matches:2.0\">" +
            all + "</mtc:matches>";
    }
    Insert(layout_.suggest_at, std::move(all));
  }

  // Those that were put in before, beside what is filled in now.
  void DropOldSuggestions(bool adds_none) {
    std::vector<Edit> drops;
    for (const XliffSuggestion& own : layout_.own_suggestions) {
      const bool is_old = std::ranges::any_of(fills_, [&](const TargetFill& f) {
        return own.segment == SuggestionId(f.segment);
      });
      if (!is_old) continue;
      XliffRange range = own.element;
      // With the white space that was put in, too.
      if (!layout_.is_version_2 &&
          BytesOf({0, range.begin}).ends_with(layout_.indent)) {
        range.begin -= layout_.indent.size();
      }
      drops.push_back({range.begin, range.end, ""});
    }
    // An empty `matches` is not allowed.
    if (layout_.has_matches && adds_none && !drops.empty() &&
        drops.size() == layout_.match_count) {
      drops = {{layout_.matches.begin, layout_.matches.end, ""}};
    }
    edits_.insert(edits_.end(), drops.begin(), drops.end());
  }

  // What a suggestion says that it is for.
  std::string SuggestionId(size_t i) const {
    return layout_.is_version_2 ? SegmentId(i) : layout_.slots[i].mark_id;
  }

  static void AppendPair(std::string& out, const TargetSuggestion& suggestion) {
    out += "><source>";
    AppendXmlText(out, suggestion.source);
    out += "</source><target>";
    AppendXmlText(out, suggestion.target);
    out += "</target>";
  }

  std::string AltTrans(const TargetFill& fill,
                       const TargetSuggestion& suggestion) const {
    std::string out = layout_.indent + "<alt-trans";
    AppendXmlAttribute(out, "match-quality",
                       fmt::format("{}%", suggestion.score));
    const std::string& mark = layout_.slots[fill.segment].mark_id;
    if (!mark.empty()) AppendXmlAttribute(out, "mid", mark);
    AppendXmlAttribute(out, "origin",
                       std::string(kOwnOrigin) + suggestion.origin);
    AppendPair(out, suggestion);
    return out + "</alt-trans>";
  }

  std::string Match(const TargetFill& fill,
                    const TargetSuggestion& suggestion) const {
    std::string out =
        "<mtc:match xmlns:mtc=\"urn:oasis:names:tc:xliff:matches:2.0\"";
    AppendXmlAttribute(out, "ref", "#" + SegmentId(fill.segment));
    AppendXmlAttribute(out, "type", "tm");
    AppendXmlAttribute(out, "similarity",
                       fmt::format("{}.0", suggestion.score));
    AppendXmlAttribute(out, "origin",
                       std::string(kOwnOrigin) + suggestion.origin);
    AppendPair(out, suggestion);
    return out + "</mtc:match>";
  }

  const FilePiece& piece_;
  const XliffLayout& layout_;
  std::span<const TargetFill> fills_;
  std::vector<Edit> edits_;
};

}  // namespace

std::string XliffContentOf(const Segment& target, const XliffText& known,
                           bool is_version_2) {
  const CodeMatches matches = MatchCodes(target.codes, known.segment.codes);
  std::vector<Part> parts;
  const std::string_view text = target.text;
  size_t written = 0;
  const auto add_text = [&](size_t end) {
    AppendText(parts.emplace_back().xml, text.substr(written, end - written),
               is_version_2);
    written = end;
  };
  for (size_t i = 0; i < target.codes.size(); ++i) {
    const InlineCode& code = target.codes[i];
    add_text(std::clamp<size_t>(code.offset, written, text.size()));
    // One that the segment does not have is left out: what it is in another
    // file says nothing here.
    if (matches[i].has_value()) {
      parts.push_back({.xml = known.markup[*matches[i]], .is_code = true});
    }
  }
  add_text(text.size());
  Balance(parts);
  std::string out;
  for (const Part& part : parts) out += part.xml;
  return out;
}

std::string FillXliff(const FilePiece& piece, const XliffLayout& layout,
                      std::span<const TargetFill> fills) {
  if (fills.empty() || layout.slots.empty()) return piece.bytes;
  return Filler(piece, layout, fills).Run();
}

}  // namespace tercet
