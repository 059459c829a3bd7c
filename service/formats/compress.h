// Files that are compressed as they are written.
//
//   std::unique_ptr<CompressingSink> sink = MakeCompressingSink(kGzip, below);
//   RETURN_IF_ERROR(sink->Write(bytes));
//   RETURN_IF_ERROR(sink->Finish());
#ifndef TERCET_SERVICE_FORMATS_COMPRESS_H_
#define TERCET_SERVICE_FORMATS_COMPRESS_H_

#include <cstdint>
#include <memory>

#include "service/base/status.h"
#include "service/formats/unit_writer.h"

namespace tercet {

enum class Compression : uint8_t { kNone, kGzip, kZstd };

// Not thread-safe. Equal bytes give equal files: no time, no name in them.
class CompressingSink : public ByteSink {
 public:
  // Writes what closes the file. Call once, after the last byte.
  virtual Status Finish() = 0;
};

// `below` must outlive the sink. Fails only as `below` does.
std::unique_ptr<CompressingSink> MakeCompressingSink(Compression compression,
                                                     ByteSink& below);

}  // namespace tercet

#endif  // TERCET_SERVICE_FORMATS_COMPRESS_H_
