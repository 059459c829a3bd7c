// What the formats of bilingual_file.h share. For this folder only.
#ifndef TERCET_SERVICE_FORMATS_BILINGUAL_FILES_H_
#define TERCET_SERVICE_FORMATS_BILINGUAL_FILES_H_

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "service/formats/bilingual_file.h"

namespace tercet {

// What stands between units is given out in pieces of about this size.
inline constexpr size_t kPieceBytes = 64 * 1024;

// `source` gives UTF-8.
std::unique_ptr<BilingualFile> MakeXliffFile(ByteSource& source,
                                             const ReadOptions& options);
std::unique_ptr<BilingualFile> MakePoFile(ByteSource& source,
                                          const ReadOptions& options);

// The segments of a file as units: those that have a translation. With
// `has_neighbours` the segments are a running text, so that the one before and
// the one behind are context.
std::unique_ptr<UnitReader> MakeBilingualReader(
    std::unique_ptr<BilingualFile> file, bool has_neighbours);

// Changes to a piece's bytes.
struct Edit {
  size_t begin = 0;
  size_t end = 0;  // `begin` for an insertion.
  std::string text;
};

// `bytes` with the edits. REQUIRES: they do not overlap.
std::string ApplyEdits(std::string_view bytes, std::vector<Edit> edits);

}  // namespace tercet

#endif  // TERCET_SERVICE_FORMATS_BILINGUAL_FILES_H_
