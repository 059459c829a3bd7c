// Files of Moses text, one language each, as the one stream that imports take:
// their lines in turn.
//
//   ASSIGN_OR_RETURN(auto source, MosesSource::Open(
//       {{.language = "en", .path = "news.en"},
//        {.language = "zh", .path = "news.zh.gz"}}));
#ifndef TERCET_CLIENT_JOB_MOSES_SOURCE_H_
#define TERCET_CLIENT_JOB_MOSES_SOURCE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "client/lib/byte_source.h"
#include "service/base/status.h"
#include "service/formats/unit_reader.h"

namespace tercet {

// A file may be in any encoding, and compressed with gzip or zstd. Of a zip
// archive it is the file whose name ends in `.LANGUAGE`, or the only one.
struct MosesFile {
  std::string language;
  std::string path;
};

// Not thread-safe.
class MosesSource final : public client::ByteSource {
 public:
  // Reads all files through to compare them; Read reads them again. Beside what
  // reading a file fails with: FILE_MALFORMED with metadata `path` and `line`,
  // where one has fewer lines than another or a line has more than 16 MiB.
  // REQUIRES: files is not empty.
  static StatusOr<std::unique_ptr<MosesSource>> Open(
      std::vector<MosesFile> files);
  ~MosesSource() override;

  StatusOr<size_t> Read(std::span<char> buffer,
                        const std::stop_token& stop) override;
  int64_t total_bytes() const override { return total_bytes_; }

  // What was odd about the files' encodings; `file` says which.
  const std::vector<ReadProblem>& problems() const { return problems_; }

 private:
  class File;

  explicit MosesSource(std::vector<MosesFile> files);

  // Counts lines and bytes.
  Status Compare();
  // Appends one line of each file to `ready_`; false at the end.
  StatusOr<bool> AddRound();

  const std::vector<MosesFile> names_;
  std::vector<std::unique_ptr<File>> files_;
  std::vector<ReadProblem> problems_;
  int64_t total_bytes_ = 0;
  std::string ready_;  // From `given_` on not yet read.
  size_t given_ = 0;
};

}  // namespace tercet

#endif  // TERCET_CLIENT_JOB_MOSES_SOURCE_H_
