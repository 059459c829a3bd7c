// Reading and filling whole files to translate, for tests.
#ifndef TERCET_TESTS_FORMATS_BILINGUAL_HELPERS_H_
#define TERCET_TESTS_FORMATS_BILINGUAL_HELPERS_H_

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "service/formats/bilingual_file.h"
#include "tests/formats/format_helpers.h"

namespace tercet {

struct BilingualContent {
  std::vector<BilingualSegment> segments;
  std::vector<ReadProblem> problems;
  std::string written;
  Status end;
};

// What to put into a segment; nullopt for nothing. `fill.segment` is set.
using FillSegment = std::function<bool(const BilingualSegment&, TargetFill&)>;

inline BilingualContent ReadBilingual(FileFormat format, std::string_view bytes,
                                      const FillSegment& fill = {},
                                      size_t chunk_bytes = 64 * 1024,
                                      const ReadOptions& options = {}) {
  const auto source = MakeStringSource(bytes, chunk_bytes);
  const auto file = MakeBilingualFile(format, *source, options);
  BilingualContent content;
  while (true) {
    StatusOr<std::optional<FilePiece>> piece = file->Next();
    content.end = piece.status();
    if (!piece.ok() || !piece->has_value()) return content;
    std::vector<TargetFill> fills;
    for (size_t i = 0; fill && i < (*piece)->segments.size(); ++i) {
      TargetFill made{.segment = i};
      if (fill((*piece)->segments[i], made)) fills.push_back(std::move(made));
    }
    content.written += file->Fill(**piece, fills);
    for (BilingualSegment& segment : (*piece)->segments) {
      content.segments.push_back(std::move(segment));
    }
    for (ReadProblem& problem : (*piece)->problems) {
      content.problems.push_back(std::move(problem));
    }
  }
}

// Fills every segment with its source in capitals (ASCII) and its codes.
inline bool FillWithCapitals(const BilingualSegment& segment,
                             TargetFill& fill) {
  if (segment.source.text.empty() || !segment.is_translatable) return false;
  fill.target = segment.source;
  for (char& c : fill.target->text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return true;
}

}  // namespace tercet

#endif  // TERCET_TESTS_FORMATS_BILINGUAL_HELPERS_H_
