// A sink whose bytes are compressed.
#ifndef TERCET_CLIENT_JOB_COMPRESSED_SINK_H_
#define TERCET_CLIENT_JOB_COMPRESSED_SINK_H_

#include <memory>

#include "client/lib/byte_sink.h"
#include "service/formats/compress.h"

namespace tercet {

// Compresses what goes into `sink`. REQUIRES: not kNone.
std::unique_ptr<client::ByteSink> MakeCompressedSink(
    std::unique_ptr<client::ByteSink> sink, Compression compression);

}  // namespace tercet

#endif  // TERCET_CLIENT_JOB_COMPRESSED_SINK_H_
