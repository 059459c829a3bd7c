#include "service/rpc/file_format.h"

namespace tercet {

FileFormat FormatFromApi(v1::FileFormat format, std::string_view field,
                         RequestCheck& check) {
  switch (format) {
    case v1::TMX:
      return FileFormat::kTmx;
    case v1::TSV:
      return FileFormat::kTsv;
    case v1::JSONL:
      return FileFormat::kJsonLines;
    case v1::CSV:
      return FileFormat::kCsv;
    case v1::MOSES:
      return FileFormat::kMoses;
    default:
      check.Add(field, "must be TMX, TSV, JSONL, CSV or MOSES");
      return FileFormat::kTmx;
  }
}

}  // namespace tercet
