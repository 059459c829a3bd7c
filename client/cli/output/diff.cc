#include "client/cli/output/diff.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "client/cli/output/display_width.h"
#include "service/base/utf8.h"

namespace tercet::cli {
namespace {

struct Range {
  size_t begin = 0;
  size_t end = 0;
};

// A text that is addressed by code point.
class IndexedText {
 public:
  explicit IndexedText(std::string_view text) : text_(text) {
    for (size_t position = 0; position < text.size();) {
      starts_.push_back(position);
      DecodeUtf8(text, &position);
    }
    starts_.push_back(text.size());
  }

  size_t size() const { return starts_.size() - 1; }

  std::string_view Slice(Range range) const {
    const size_t begin = starts_[range.begin];
    return text_.substr(begin, starts_[range.end] - begin);
  }

  Range Clamp(int begin, int end) const {
    const int last = static_cast<int>(size());
    const int first = std::clamp(begin, 0, last);
    return {static_cast<size_t>(first),
            static_cast<size_t>(std::clamp(end, first, last))};
  }

  bool IsSpace(size_t index) const {
    size_t position = starts_[index];
    const char32_t c = DecodeUtf8(text_, &position);
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x3000;
  }

 private:
  std::string_view text_;  // The caller's; lives as long as the match.
  std::vector<size_t> starts_;
};

// Writes the stored text from left to right, inline codes included.
class DiffWriter {
 public:
  DiffWriter(const v1::Variant& stored, std::vector<bool> deleted_codes)
      : stored_(stored),
        text_(stored.text()),
        deleted_codes_(std::move(deleted_codes)) {}

  size_t position() const { return position_; }

  // Writes the stored text up to `end`; nothing when that is behind already.
  void WriteTo(size_t end, Style style) {
    for (; position_ < end; ++position_) {
      WriteCodes(style);
      Append(diff_, Printable(text_.Slice({position_, position_ + 1})), style);
    }
  }

  void Insert(std::string_view text) {
    Append(diff_, Printable(text), Style::kInserted);
  }

  StyledText Finish() {
    WriteTo(text_.size(), Style::kPlain);
    WriteCodes(Style::kPlain);
    return std::move(diff_);
  }

 private:
  // Writes the codes that stand before the character at `position_`.
  void WriteCodes(Style style) {
    for (; code_ < stored_.codes_size() &&
           stored_.codes(code_).offset() <= static_cast<int>(position_);
         ++code_) {
      Append(diff_, Printable(stored_.codes(code_).content()),
             deleted_codes_[code_] ? Style::kDeleted : style);
    }
  }

  const v1::Variant& stored_;
  const IndexedText text_;
  const std::vector<bool> deleted_codes_;
  size_t position_ = 0;
  int code_ = 0;
  StyledText diff_;
};

// Which inline codes of the stored text the edits take away. A code has no
// width, so its edit names only the place; several edits there, several codes.
std::vector<bool> FindDeletedCodes(const v1::Match& match) {
  const auto& codes = match.source().codes();
  std::vector<bool> deleted(codes.size(), false);
  for (const v1::Edit& edit : match.edits()) {
    if (edit.what() != v1::Edit::TAG || edit.op() == v1::Edit::INSERT) continue;
    for (int i = 0; i < codes.size(); ++i) {
      if (deleted[i] || codes[i].offset() != edit.stored_begin()) continue;
      deleted[i] = true;
      break;
    }
  }
  return deleted;
}

// An inserted word is drawn right behind the word before it, and so with the
// space that the query has between them.
Range WithSpaceBefore(const IndexedText& query, const v1::Edit& edit,
                      Range added) {
  if (edit.op() != v1::Edit::INSERT || edit.what() == v1::Edit::SPACING) {
    return added;
  }
  while (added.begin > 0 && query.IsSpace(added.begin - 1)) --added.begin;
  return added;
}

}  // namespace

std::string WithCodes(const v1::Variant& variant) {
  DiffWriter writer(variant, std::vector<bool>(variant.codes_size(), false));
  return Render(writer.Finish(), /*color=*/false);
}

StyledText MakeDiff(const v1::Match& match, std::string_view query) {
  const IndexedText stored_text(match.source().text());
  const IndexedText query_text(query);
  DiffWriter writer(match.source(), FindDeletedCodes(match));
  for (const v1::Edit& edit : match.edits()) {
    const Range stored =
        stored_text.Clamp(edit.stored_begin(), edit.stored_end());
    const Range added = query_text.Clamp(edit.query_begin(), edit.query_end());
    writer.WriteTo(stored.begin, Style::kPlain);
    // Differences that cannot be seen, in characters without a shape, say.
    if (stored_text.Slice(stored) == query_text.Slice(added)) continue;
    writer.WriteTo(stored.end, Style::kDeleted);
    writer.Insert(query_text.Slice(WithSpaceBefore(query_text, edit, added)));
  }
  return writer.Finish();
}

std::string SliceCodePoints(std::string_view text, int begin, int end) {
  const IndexedText indexed(text);
  return std::string(indexed.Slice(indexed.Clamp(begin, end)));
}

StyledText MarkHits(
    const v1::Variant& variant,
    const google::protobuf::RepeatedPtrField<v1::TextSpan>& spans) {
  const IndexedText text(variant.text());
  DiffWriter writer(variant, std::vector<bool>(variant.codes_size(), false));
  for (const v1::TextSpan& span : spans) {
    const Range hit = text.Clamp(span.begin(), span.end());
    writer.WriteTo(hit.begin, Style::kPlain);
    writer.WriteTo(hit.end, Style::kHit);
  }
  return writer.Finish();
}

StyledText BracketChanges(const StyledText& diff) {
  StyledText marked;
  for (const Span& span : diff) {
    std::string_view open, close;
    if (span.style == Style::kDeleted) open = "[-", close = "-]";
    if (span.style == Style::kInserted) open = "{+", close = "+}";
    if (span.style == Style::kHit) open = "[", close = "]";
    Append(marked, open);
    Append(marked, span.text);
    Append(marked, close);
  }
  return marked;
}

}  // namespace tercet::cli
