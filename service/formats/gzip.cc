#include "service/formats/gzip.h"

#include <zlib.h>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <new>
#include <string>

#include "service/formats/decompress.h"

namespace tercet {
namespace {

constexpr size_t kOutputBytes = 64 * 1024;
constexpr int kGzipWindowBits = 15 + 16;  // 16: a gzip header.
constexpr int kMemoryLevel = 8;

class GzipSink final : public CompressingSink {
 public:
  explicit GzipSink(ByteSink& below) : below_(below) {
    if (deflateInit2(&stream_, Z_DEFAULT_COMPRESSION, Z_DEFLATED,
                     kGzipWindowBits, kMemoryLevel,
                     Z_DEFAULT_STRATEGY) != Z_OK) {
      throw std::bad_alloc();
    }
  }
  ~GzipSink() override { deflateEnd(&stream_); }
  GzipSink(const GzipSink&) = delete;
  GzipSink& operator=(const GzipSink&) = delete;

  Status Write(std::string_view bytes) override {
    while (!bytes.empty()) {
      const std::string_view part =
          bytes.substr(0, std::numeric_limits<uInt>::max());
      // zlib does not change what it reads.
      stream_.next_in =
          reinterpret_cast<Bytef*>(const_cast<char*>(part.data()));
      stream_.avail_in = static_cast<uInt>(part.size());
      RETURN_IF_ERROR(Deflate(Z_NO_FLUSH));
      bytes.remove_prefix(part.size());
    }
    return OkStatus();
  }

  Status Finish() override { return Deflate(Z_FINISH); }

 private:
  Status Deflate(int flush) {
    do {
      stream_.next_out = reinterpret_cast<Bytef*>(output_.data());
      stream_.avail_out = static_cast<uInt>(output_.size());
      deflate(&stream_, flush);
      const size_t count = output_.size() - stream_.avail_out;
      RETURN_IF_ERROR(below_.Write(std::string_view(output_).substr(0, count)));
    } while (stream_.avail_out == 0);
    return OkStatus();
  }

  ByteSink& below_;
  z_stream stream_ = {};
  std::string output_ = std::string(kOutputBytes, '\0');
};

class GzipSource final : public ByteSource {
 public:
  explicit GzipSource(ByteSource& below) : below_(below) {
    if (inflateInit2(&stream_, kGzipWindowBits) != Z_OK) throw std::bad_alloc();
  }
  ~GzipSource() override { inflateEnd(&stream_); }
  GzipSource(const GzipSource&) = delete;
  GzipSource& operator=(const GzipSource&) = delete;

  StatusOr<std::string_view> Read() override {
    while (true) {
      if (stream_.avail_in == 0) {
        ASSIGN_OR_RETURN(const std::string_view chunk, below_.Read());
        if (chunk.empty()) {
          if (at_end_) return std::string_view();
          return DamagedArchive("it was cut off");
        }
        Feed(chunk);
      }
      if (at_end_ && !BeginNext()) continue;
      ASSIGN_OR_RETURN(const std::string_view part, Inflate());
      if (!part.empty()) return part;
    }
  }

 private:
  void Feed(std::string_view chunk) {
    // zlib does not change what it reads; no chunk has gigabytes.
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(chunk.data()));
    stream_.avail_in = static_cast<uInt>(chunk.size());
  }

  // Whether another file of gzip follows; zeros behind the last say nothing.
  bool BeginNext() {
    while (stream_.avail_in > 0 && *stream_.next_in == 0) {
      ++stream_.next_in;
      --stream_.avail_in;
    }
    if (stream_.avail_in == 0) return false;
    inflateReset(&stream_);
    at_end_ = false;
    return true;
  }

  StatusOr<std::string_view> Inflate() {
    stream_.next_out = reinterpret_cast<Bytef*>(output_.data());
    stream_.avail_out = static_cast<uInt>(output_.size());
    const int result = inflate(&stream_, Z_NO_FLUSH);
    const size_t count = output_.size() - stream_.avail_out;
    if (result == Z_STREAM_END) {
      at_end_ = true;
    } else if (result != Z_OK && result != Z_BUF_ERROR && count == 0) {
      return DamagedArchive(stream_.msg == nullptr ? "it is damaged"
                                                   : stream_.msg);
    }
    // What stands before a damaged place is whole; zlib fails again there.
    return std::string_view(output_).substr(0, count);
  }

  ByteSource& below_;
  z_stream stream_ = {};
  bool at_end_ = false;  // Of one file of gzip.
  std::string output_ = std::string(kOutputBytes, '\0');
};

}  // namespace

std::unique_ptr<ByteSource> MakeGzipSource(ByteSource& below) {
  return std::make_unique<GzipSource>(below);
}

std::unique_ptr<CompressingSink> MakeGzipSink(ByteSink& below) {
  return std::make_unique<GzipSink>(below);
}

}  // namespace tercet
