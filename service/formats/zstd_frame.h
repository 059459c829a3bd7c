// The only place that knows zstd. For this folder only: callers use compress.h
// and input_reader.h.
#ifndef TERCET_SERVICE_FORMATS_ZSTD_FRAME_H_
#define TERCET_SERVICE_FORMATS_ZSTD_FRAME_H_

#include <memory>

#include "service/formats/compress.h"
#include "service/formats/unit_reader.h"

namespace tercet {

std::unique_ptr<CompressingSink> MakeZstdSink(ByteSink& below);

// What a file of zstd holds. Fails with ARCHIVE_INVALID where it is damaged,
// cut off or wants a window of more than 128 MiB.
std::unique_ptr<ByteSource> MakeZstdSource(ByteSource& below);

}  // namespace tercet

#endif  // TERCET_SERVICE_FORMATS_ZSTD_FRAME_H_
