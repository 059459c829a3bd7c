// Where things are in a piece of PO, for the writing of targets.
#ifndef TERCET_SERVICE_FORMATS_PO_LAYOUT_H_
#define TERCET_SERVICE_FORMATS_PO_LAYOUT_H_

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "service/formats/bilingual_file.h"
#include "service/formats/po_entry.h"

namespace tercet {

inline constexpr std::string_view kPoFuzzy = "fuzzy";

struct PoLayout final : PieceLayout {
  PoEntry entry;
  // Of each segment of the piece, the translations that are its targets.
  std::vector<std::vector<size_t>> targets;
};

// As BilingualFile::Fill.
std::string FillPo(const FilePiece& piece, const PoLayout& layout,
                   std::span<const TargetFill> fills);

}  // namespace tercet

#endif  // TERCET_SERVICE_FORMATS_PO_LAYOUT_H_
