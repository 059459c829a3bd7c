// Puts targets into an entry of PO.
#include <algorithm>
#include <map>
#include <utility>

#include "fmt/format.h"
#include "service/formats/bilingual_files.h"
#include "service/formats/code_match.h"
#include "service/formats/po_layout.h"
#include "service/formats/po_text.h"

namespace tercet {
namespace {

constexpr int kExactScore = 100;

// The codes of a target that are in the source, too, which has them as text.
class KnownCodes {
 public:
  KnownCodes(const Segment& target, std::string_view source)
      : codes_(target.codes), source_(source), known_(codes_.size()) {
    const CodeMatches partners = PairCodes(codes_);
    for (size_t i = 0; i < codes_.size(); ++i) {
      if (!partners[i].has_value()) {
        known_[i] = Take(i);
      } else if (i < *partners[i] && Take(i)) {
        // Both or none.
        known_[i] = known_[*partners[i]] = Take(*partners[i]);
        if (!known_[i]) --taken_[codes_[i].content];
      }
    }
  }

  bool Has(size_t i) const { return known_[i]; }

 private:
  bool Take(size_t i) {
    const std::string& content = codes_[i].content;
    if (content.empty() || codes_[i].content_is_xml) return false;
    int count = 0;
    for (size_t at = source_.find(content); at != std::string_view::npos;
         at = source_.find(content, at + content.size())) {
      ++count;
    }
    if (taken_[content] >= count) return false;
    ++taken_[content];
    return true;
  }

  const std::vector<InlineCode>& codes_;
  const std::string_view source_;
  std::map<std::string, int> taken_;
  std::vector<bool> known_;
};

// A target as PO has it: with the native codes in it, if `source` has them.
std::string PlainTextOf(const Segment& target, std::string_view source) {
  const KnownCodes known(target, source);
  std::string out;
  size_t written = 0;
  for (size_t i = 0; i < target.codes.size(); ++i) {
    const size_t offset =
        std::clamp<size_t>(target.codes[i].offset, written, target.text.size());
    out += std::string_view(target.text).substr(written, offset - written);
    if (known.Has(i)) out += target.codes[i].content;
    written = offset;
  }
  out += std::string_view(target.text).substr(written);
  return out;
}

// The flags of a line with or without `fuzzy`; empty where none is left.
std::string FlagsWith(std::string_view flags, bool fuzzy) {
  std::string out = fuzzy ? std::string(kPoFuzzy) : "";
  while (!flags.empty()) {
    const size_t comma = std::min(flags.find(','), flags.size());
    std::string_view flag = flags.substr(0, comma);
    flags.remove_prefix(std::min(comma + 1, flags.size()));
    while (flag.starts_with(' ')) flag.remove_prefix(1);
    while (flag.ends_with(' ')) flag.remove_suffix(1);
    if (flag.empty() || flag == kPoFuzzy) continue;
    if (!out.empty()) out += ", ";
    out += flag;
  }
  return out;
}

std::string KeywordOf(const PoEntry& entry, size_t i) {
  return entry.plural ? fmt::format("msgstr[{}]", i) : "msgstr";
}

// `msgid "..."` as lines that say what the text was before.
std::string PreviousLines(std::string_view keyword, std::string_view text,
                          std::string_view line_end) {
  const std::string statement = PoStatement(keyword, text, line_end);
  std::string out;
  for (size_t at = 0; at < statement.size();) {
    const size_t end = statement.find('\n', at) + 1;
    out += "#| " + statement.substr(at, end - at);
    at = end;
  }
  return out;
}

class PoFiller {
 public:
  PoFiller(const FilePiece& piece, const PoLayout& layout,
           std::span<const TargetFill> fills)
      : piece_(piece), layout_(layout), entry_(layout.entry), fills_(fills) {}

  std::string Run() {
    PutTargetsIn();
    if (edits_.empty()) return piece_.bytes;
    const std::string previous = Previous();
    // What was said of a form that stays holds on.
    const bool is_all_new =
        std::ranges::find(is_filled_, false) == is_filled_.end();
    const bool is_fuzzy =
        NeedsCheck() || (!is_all_new && entry_.HasFlag(kPoFuzzy));
    std::string added = SetFlags(is_fuzzy);
    added += previous;
    if (is_all_new || !previous.empty()) DropPrevious();
    const size_t at = entry_.context ? entry_.context->begin : entry_.id->begin;
    if (!added.empty()) edits_.push_back({at, at, std::move(added)});
    return ApplyEdits(piece_.bytes, std::move(edits_));
  }

 private:
  const TargetFill* FillOf(size_t segment) const {
    for (const TargetFill& fill : fills_) {
      if (fill.segment == segment && fill.target) return &fill;
    }
    return nullptr;
  }

  void PutTargetsIn() {
    is_filled_.resize(entry_.translations.size());
    for (size_t segment = 0; segment < layout_.targets.size(); ++segment) {
      const TargetFill* const fill = FillOf(segment);
      if (fill == nullptr) continue;
      const std::string text =
          PlainTextOf(*fill->target, piece_.segments[segment].source.text);
      for (const size_t i : layout_.targets[segment]) {
        const PoString& old = entry_.translations[i];
        is_filled_[i] = true;
        edits_.push_back(
            {old.begin, old.end,
             PoStatement(KeywordOf(entry_, i), text, entry_.line_end)});
      }
    }
  }

  // Whether the entry is not to be used as it is now.
  bool NeedsCheck() const {
    for (size_t segment = 0; segment < layout_.targets.size(); ++segment) {
      const TargetFill* const fill = FillOf(segment);
      if (fill == nullptr) continue;
      // One text for several plural forms is right for one of them at most.
      if (fill->score < kExactScore || layout_.targets[segment].size() > 1) {
        return true;
      }
    }
    // msgfmt refuses an entry of which only some forms are there.
    for (size_t i = 0; i < is_filled_.size(); ++i) {
      if (!is_filled_[i] && entry_.translations[i].text.empty()) return true;
    }
    return false;
  }

  // What the targets translate, if that is another text: both, for one without
  // the other says nothing of an entry with a plural.
  std::string Previous() const {
    std::string id = entry_.id->text;
    std::string plural = entry_.plural ? entry_.plural->text : "";
    bool is_other = false;
    for (size_t segment = 0; segment < layout_.targets.size(); ++segment) {
      const TargetFill* const fill = FillOf(segment);
      if (fill == nullptr || fill->score >= kExactScore ||
          fill->fuzzy_source.empty()) {
        continue;
      }
      is_other = true;
      const bool is_plural =
          entry_.plural &&
          (segment > 0 || layout_.targets.size() == 1);  // Without singular.
      (is_plural ? plural : id) = fill->fuzzy_source;
    }
    if (!is_other) return "";
    std::string lines = PreviousLines("msgid", id, entry_.line_end);
    if (entry_.plural) {
      lines += PreviousLines("msgid_plural", plural, entry_.line_end);
    }
    return lines;
  }

  // Changes the flags that are there; a line to be added if there are none.
  std::string SetFlags(bool is_fuzzy) {
    bool has_flags = false;
    for (const PoComment& comment : entry_.comments) {
      if (comment.kind != ',') continue;
      const std::string flags = FlagsWith(comment.text, is_fuzzy && !has_flags);
      has_flags = true;
      edits_.push_back({comment.begin, comment.end,
                        flags.empty() ? "" : "#, " + flags + entry_.line_end});
    }
    return is_fuzzy && !has_flags ? "#, fuzzy" + entry_.line_end : "";
  }

  void DropPrevious() {
    for (const PoComment& comment : entry_.comments) {
      if (comment.kind == '|')
        edits_.push_back({comment.begin, comment.end, ""});
    }
  }

  const FilePiece& piece_;
  const PoLayout& layout_;
  const PoEntry& entry_;
  const std::span<const TargetFill> fills_;
  std::vector<bool> is_filled_;  // Of the entry's translations.
  std::vector<Edit> edits_;
};

}  // namespace

std::string FillPo(const FilePiece& piece, const PoLayout& layout,
                   std::span<const TargetFill> fills) {
  if (layout.entry.is_obsolete) return piece.bytes;
  return PoFiller(piece, layout, fills).Run();
}

}  // namespace tercet
