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
    default:
      check.Add(field, "must be TMX, TSV or JSONL");
      return FileFormat::kTmx;
  }
}

}  // namespace tercet
