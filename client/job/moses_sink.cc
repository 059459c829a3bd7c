#include "client/job/moses_sink.h"

#include <cstddef>
#include <utility>

#include "client/job/output_sink.h"

namespace tercet {

// A file that is compressed as it is written.
class MosesSink::File {
 public:
  File(std::unique_ptr<client::ByteSink> sink, Compression compression)
      : sink_(std::move(sink)),
        below_(*sink_),
        compressed_(MakeCompressingSink(compression, below_)) {}

  Status Write(std::string_view bytes) { return compressed_->Write(bytes); }
  Status FinishBytes() { return compressed_->Finish(); }
  Status FinishFile() { return sink_->Finish(); }

 private:
  std::unique_ptr<client::ByteSink> sink_;
  OutputSink below_;
  std::unique_ptr<CompressingSink> compressed_;
};

MosesSink::MosesSink() = default;
MosesSink::~MosesSink() = default;

StatusOr<std::unique_ptr<MosesSink>> MosesSink::Open(
    const std::vector<std::string>& paths, Compression compression) {
  std::unique_ptr<MosesSink> sink(new MosesSink());
  for (const std::string& path : paths) {
    ASSIGN_OR_RETURN(std::unique_ptr<client::ByteSink> file,
                     client::OpenFileSink(path));
    sink->files_.push_back(
        std::make_unique<File>(std::move(file), compression));
  }
  return sink;
}

Status MosesSink::Write(std::string_view bytes) {
  while (!bytes.empty()) {
    const size_t end = bytes.find('\n');
    const bool complete = end != std::string_view::npos;
    const std::string_view part =
        bytes.substr(0, complete ? end + 1 : bytes.size());
    RETURN_IF_ERROR(files_[next_]->Write(part));
    bytes.remove_prefix(part.size());
    if (complete) next_ = (next_ + 1) % files_.size();
  }
  return OkStatus();
}

Status MosesSink::Finish() {
  for (const std::unique_ptr<File>& file : files_) {
    RETURN_IF_ERROR(file->FinishBytes());
  }
  for (const std::unique_ptr<File>& file : files_) {
    RETURN_IF_ERROR(file->FinishFile());
  }
  return OkStatus();
}

}  // namespace tercet
