#include "service/formats/zstd_frame.h"

#include <zstd.h>

#include <cstddef>
#include <new>
#include <string>

#include "service/formats/decompress.h"

namespace tercet {
namespace {

class ZstdSink final : public CompressingSink {
 public:
  explicit ZstdSink(ByteSink& below)
      : below_(below), context_(ZSTD_createCCtx()) {
    if (context_ == nullptr) throw std::bad_alloc();
    ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_checksumFlag, 1);
  }

  Status Write(std::string_view bytes) override {
    return Compress(bytes, ZSTD_e_continue);
  }

  Status Finish() override { return Compress({}, ZSTD_e_end); }

 private:
  struct Deleter {
    void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  };

  // Returns when all input is taken and, at the end, all output is given.
  Status Compress(std::string_view bytes, ZSTD_EndDirective directive) {
    ZSTD_inBuffer input = {bytes.data(), bytes.size(), 0};
    while (true) {
      ZSTD_outBuffer output = {output_.data(), output_.size(), 0};
      const size_t rest =
          ZSTD_compressStream2(context_.get(), &output, &input, directive);
      if (ZSTD_isError(rest) != 0) {
        return MakeError(StatusCode::kInternal, ZSTD_getErrorName(rest),
                         {.reason = "INTERNAL"});
      }
      RETURN_IF_ERROR(
          below_.Write(std::string_view(output_).substr(0, output.pos)));
      const bool done =
          directive == ZSTD_e_end ? rest == 0 : input.pos == input.size;
      if (done) return OkStatus();
    }
  }

  ByteSink& below_;
  std::unique_ptr<ZSTD_CCtx, Deleter> context_;
  std::string output_ = std::string(ZSTD_CStreamOutSize(), '\0');
};

class ZstdSource final : public ByteSource {
 public:
  explicit ZstdSource(ByteSource& below)
      : below_(below), context_(ZSTD_createDCtx()) {
    if (context_ == nullptr) throw std::bad_alloc();
  }

  StatusOr<std::string_view> Read() override {
    while (true) {
      if (input_.pos == input_.size && !has_more_output_) {
        ASSIGN_OR_RETURN(const std::string_view chunk, below_.Read());
        if (chunk.empty()) {
          if (at_end_) return std::string_view();
          return DamagedArchive("it was cut off");
        }
        input_ = {chunk.data(), chunk.size(), 0};
      }
      ZSTD_outBuffer output = {output_.data(), output_.size(), 0};
      const size_t rest =
          ZSTD_decompressStream(context_.get(), &output, &input_);
      if (ZSTD_isError(rest) != 0) {
        return DamagedArchive(ZSTD_getErrorName(rest));
      }
      at_end_ = rest == 0;
      has_more_output_ = output.pos == output.size;
      if (output.pos > 0) {
        return std::string_view(output_).substr(0, output.pos);
      }
    }
  }

 private:
  struct Deleter {
    void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
  };

  ByteSource& below_;
  std::unique_ptr<ZSTD_DCtx, Deleter> context_;
  ZSTD_inBuffer input_ = {nullptr, 0, 0};
  bool has_more_output_ = false;
  bool at_end_ = false;  // Of a frame.
  std::string output_ = std::string(ZSTD_DStreamOutSize(), '\0');
};

}  // namespace

std::unique_ptr<ByteSource> MakeZstdSource(ByteSource& below) {
  return std::make_unique<ZstdSource>(below);
}

std::unique_ptr<CompressingSink> MakeZstdSink(ByteSink& below) {
  return std::make_unique<ZstdSink>(below);
}

}  // namespace tercet
