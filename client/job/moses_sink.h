// The one stream that exports of Moses text come in, as a file for each
// language.
#ifndef TERCET_CLIENT_JOB_MOSES_SINK_H_
#define TERCET_CLIENT_JOB_MOSES_SINK_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "client/lib/byte_sink.h"
#include "service/base/status.h"
#include "service/formats/compress.h"

namespace tercet {

// Not thread-safe.
class MosesSink final : public client::ByteSink {
 public:
  // Makes a file for each of `paths`; line i of every round of lines goes to
  // the i-th. REQUIRES: paths is not empty.
  static StatusOr<std::unique_ptr<MosesSink>> Open(
      const std::vector<std::string>& paths, Compression compression);
  ~MosesSink() override;

  Status Write(std::string_view bytes) override;
  // The files appear under their names one after the other, when all are
  // written.
  Status Finish() override;

 private:
  class File;

  MosesSink();

  std::vector<std::unique_ptr<File>> files_;
  size_t next_ = 0;  // Whose line the next bytes are of.
};

}  // namespace tercet

#endif  // TERCET_CLIENT_JOB_MOSES_SINK_H_
