// The only place that knows zlib. For this folder only: callers use compress.h
// and input_reader.h.
#ifndef TERCET_SERVICE_FORMATS_GZIP_H_
#define TERCET_SERVICE_FORMATS_GZIP_H_

#include <memory>

#include "service/formats/compress.h"
#include "service/formats/unit_reader.h"

namespace tercet {

std::unique_ptr<CompressingSink> MakeGzipSink(ByteSink& below);

// What a file of gzip holds; several behind each other are one. Fails with
// ARCHIVE_INVALID where it is damaged or cut off.
std::unique_ptr<ByteSource> MakeGzipSource(ByteSource& below);

}  // namespace tercet

#endif  // TERCET_SERVICE_FORMATS_GZIP_H_
