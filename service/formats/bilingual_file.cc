#include "service/formats/bilingual_file.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "service/formats/bilingual_files.h"
#include "service/formats/text_script.h"
#include "service/formats/utf8_source.h"

namespace tercet {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Decodes below a file, and tells what was mended with the piece in which it
// was.
class DecodingFile final : public BilingualFile {
 public:
  DecodingFile(FileFormat format, ByteSource& source,
               const ReadOptions& options)
      : text_(source, options.charset,
              BaseLanguages(options.default_languages)),
        file_(format == FileFormat::kXliff ? MakeXliffFile(text_, options)
                                           : MakePoFile(text_, options)) {}

  StatusOr<std::optional<FilePiece>> Next() override {
    if (held_.has_value()) return std::exchange(held_, std::nullopt);
    StatusOr<std::optional<FilePiece>> piece = file_->Next();
    if (!piece.ok() || !piece->has_value()) return piece;
    const bool is_first = read_bytes_ == 0;
    read_bytes_ += static_cast<int64_t>((*piece)->bytes.size());
    while (auto problem = text_.TakeProblem(read_bytes_)) {
      (*piece)->problems.push_back(*std::move(problem));
    }
    if (!is_first || !text_.has_mark()) return piece;
    held_ = *std::move(piece);
    FilePiece mark;
    mark.bytes = kByteOrderMark;
    return std::optional<FilePiece>(std::move(mark));
  }

  std::string Fill(const FilePiece& piece,
                   std::span<const TargetFill> fills) const override {
    return file_->Fill(piece, fills);
  }

 private:
  Utf8Source text_;
  std::unique_ptr<BilingualFile> file_;
  std::optional<FilePiece> held_;  // Goes behind the byte order mark.
  int64_t read_bytes_ = 0;
};

}  // namespace

std::unique_ptr<BilingualFile> MakeBilingualFile(FileFormat format,
                                                 ByteSource& source,
                                                 const ReadOptions& options) {
  return std::make_unique<DecodingFile>(format, source, options);
}

std::string ApplyEdits(std::string_view bytes, std::vector<Edit> edits) {
  // What is put in at a place goes before what replaces something there.
  std::ranges::stable_sort(edits, [](const Edit& a, const Edit& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
  });
  std::string out;
  size_t at = 0;
  for (const Edit& edit : edits) {
    out += bytes.substr(at, edit.begin - at);
    out += edit.text;
    at = edit.end;
  }
  out += bytes.substr(at);
  return out;
}
}  // namespace tercet
