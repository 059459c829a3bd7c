// What holds for all files to translate.
#ifndef TERCET_TESTS_FUZZ_BILINGUAL_FUZZ_H_
#define TERCET_TESTS_FUZZ_BILINGUAL_FUZZ_H_

#include <string>
#include <string_view>
#include <vector>

#include "service/formats/bilingual_file.h"
#include "tests/fuzz/format_fuzz.h"

namespace tercet {

struct FuzzBilingual {
  std::vector<BilingualSegment> segments;
  std::string written;
  bool ok = true;
  bool is_mended = false;
};

// Reads a file, and fills in each segment's source as its target if `fills`.
inline FuzzBilingual ReadBilingual(FileFormat format, std::string_view bytes,
                                   size_t chunk_bytes, bool fills) {
  const auto source = MakeStringSource(bytes, chunk_bytes);
  const auto file = MakeBilingualFile(format, *source, {});
  FuzzBilingual read;
  while (true) {
    StatusOr<std::optional<FilePiece>> piece = file->Next();
    read.ok = piece.ok();
    if (!piece.ok() || !piece->has_value()) return read;
    std::vector<TargetFill> targets;
    for (size_t i = 0; fills && i < (*piece)->segments.size(); ++i) {
      const BilingualSegment& segment = (*piece)->segments[i];
      if (segment.source.text.empty()) continue;
      targets.push_back({.segment = i, .target = segment.source, .score = 80});
    }
    read.is_mended = read.is_mended || !(*piece)->problems.empty();
    read.written += file->Fill(**piece, targets);
    for (BilingualSegment& segment : (*piece)->segments) {
      read.segments.push_back(std::move(segment));
    }
  }
}

// Reads a file whose first byte is the size of its chunks: it comes back as it
// is, and with targets it has the same segments if nothing had to be mended.
inline void TestBilingual(FileFormat format, std::string_view data) {
  if (data.empty()) return;
  TestFormat(format, FileFormat::kJsonLines, data);
  const size_t chunk_bytes = static_cast<unsigned char>(data.front());
  data.remove_prefix(1);
  const FuzzBilingual read = ReadBilingual(format, data, chunk_bytes, false);
  if (!read.ok) return;
  const FuzzBilingual same =
      ReadBilingual(format, read.written, read.written.size(), false);
  Require(same.ok && same.written == read.written, "it comes back as it is");
  // Where markup was mended a target may stand in what another reader takes
  // for something else.
  if (same.is_mended) return;
  const FuzzBilingual filled =
      ReadBilingual(format, read.written, read.written.size(), true);
  const FuzzBilingual again =
      ReadBilingual(format, filled.written, filled.written.size(), false);
  Require(again.ok, "our own file is readable");
  Require(again.segments.size() == read.segments.size(),
          "no segment is lost or made");
}

}  // namespace tercet

#endif  // TERCET_TESTS_FUZZ_BILINGUAL_FUZZ_H_
