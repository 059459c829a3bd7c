// Which format a file has, by its content.
#ifndef TERCET_SERVICE_FORMATS_DETECT_FORMAT_H_
#define TERCET_SERVICE_FORMATS_DETECT_FORMAT_H_

#include <optional>
#include <string_view>

#include "service/formats/unit_reader.h"

namespace tercet {

// `head`: the beginning of a file, in any encoding. `name` decides where the
// content does not, as for an empty file; it may be empty. Nullopt where
// neither says anything.
std::optional<FileFormat> DetectFormat(std::string_view head,
                                       std::string_view name,
                                       const ReadOptions& options);

}  // namespace tercet

#endif  // TERCET_SERVICE_FORMATS_DETECT_FORMAT_H_
