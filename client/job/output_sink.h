// The client's sinks as the writers of the formats want them.
#ifndef TERCET_CLIENT_JOB_OUTPUT_SINK_H_
#define TERCET_CLIENT_JOB_OUTPUT_SINK_H_

#include <string_view>

#include "client/lib/byte_sink.h"
#include "service/formats/unit_writer.h"

namespace tercet {

class OutputSink final : public ByteSink {
 public:
  // `sink` must outlive this.
  explicit OutputSink(client::ByteSink& sink) : sink_(sink) {}

  Status Write(std::string_view bytes) override { return sink_.Write(bytes); }

 private:
  client::ByteSink& sink_;
};

}  // namespace tercet

#endif  // TERCET_CLIENT_JOB_OUTPUT_SINK_H_
