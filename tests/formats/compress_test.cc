#include "service/formats/compress.h"

#include <zlib.h>
#include <zstd.h>

#include <memory>
#include <string>

#include "gtest/gtest.h"

namespace tercet {
namespace {

class StringSink final : public ByteSink {
 public:
  Status Write(std::string_view bytes) override {
    text += bytes;
    return OkStatus();
  }
  std::string text;
};

class FullSink final : public ByteSink {
 public:
  Status Write(std::string_view bytes) override {
    return MakeError(StatusCode::kUnavailable, "full", {.reason = "FULL"});
  }
};

// Text that compresses, and noise that does not.
std::string SomeBytes(size_t count) {
  std::string bytes;
  uint32_t state = 7;
  for (size_t i = 0; i < count; ++i) {
    state = state * 1664525 + 1013904223;
    bytes.push_back(i % 3000 < 1500 ? 'a' : static_cast<char>(state >> 24));
  }
  return bytes;
}

std::string Compressed(Compression compression, std::string_view bytes,
                       size_t chunk) {
  StringSink below;
  const auto sink = MakeCompressingSink(compression, below);
  for (size_t i = 0; i < bytes.size(); i += chunk) {
    EXPECT_TRUE(sink->Write(bytes.substr(i, chunk)).ok());
  }
  EXPECT_TRUE(sink->Finish().ok());
  return below.text;
}

std::string Gunzip(std::string compressed, size_t size) {
  std::string bytes(size + 1, '\0');
  z_stream stream = {};
  EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
  stream.next_in = reinterpret_cast<Bytef*>(compressed.data());
  stream.avail_in = static_cast<uInt>(compressed.size());
  stream.next_out = reinterpret_cast<Bytef*>(bytes.data());
  stream.avail_out = static_cast<uInt>(bytes.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  bytes.resize(stream.total_out);
  inflateEnd(&stream);
  return bytes;
}

std::string Unzstd(const std::string& compressed, size_t size) {
  std::string bytes(size + 1, '\0');
  const size_t count = ZSTD_decompress(bytes.data(), bytes.size(),
                                       compressed.data(), compressed.size());
  EXPECT_FALSE(ZSTD_isError(count));
  bytes.resize(ZSTD_isError(count) ? 0 : count);
  return bytes;
}

TEST(Compress, GivesBackAllBytes) {
  for (const size_t size : {0, 1, 1000, 1'000'000}) {
    const std::string bytes = SomeBytes(size);
    for (const size_t chunk : {97, 300'000}) {
      EXPECT_EQ(Compressed(Compression::kNone, bytes, chunk), bytes);
      EXPECT_EQ(Gunzip(Compressed(Compression::kGzip, bytes, chunk), size),
                bytes);
      EXPECT_EQ(Unzstd(Compressed(Compression::kZstd, bytes, chunk), size),
                bytes);
    }
  }
}

TEST(Compress, EqualBytesGiveEqualFiles) {
  const std::string bytes = SomeBytes(100'000);
  for (const Compression compression :
       {Compression::kGzip, Compression::kZstd}) {
    const std::string once = Compressed(compression, bytes, 1000);
    EXPECT_EQ(Compressed(compression, bytes, 1000), once);
    EXPECT_LT(once.size(), bytes.size());
  }
}

TEST(Compress, FailsAsTheSinkBelow) {
  for (const Compression compression :
       {Compression::kNone, Compression::kGzip, Compression::kZstd}) {
    FullSink below;
    const auto sink = MakeCompressingSink(compression, below);
    Status status = sink->Write(SomeBytes(1'000'000));
    if (status.ok()) status = sink->Finish();
    EXPECT_EQ(status.code(), StatusCode::kUnavailable);
  }
}

}  // namespace
}  // namespace tercet
