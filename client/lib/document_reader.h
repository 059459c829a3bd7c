// Reads a document of one segment a line, each with its neighbours.
#ifndef TERCET_CLIENT_LIB_DOCUMENT_READER_H_
#define TERCET_CLIENT_LIB_DOCUMENT_READER_H_

#include <cstddef>
#include <deque>
#include <optional>
#include <stop_token>
#include <string>

#include "client/lib/line_reader.h"
#include "service/base/status.h"

namespace tercet::client {

// A line and the nearest lines before and after it that are not empty; empty at
// the document's ends.
struct DocumentLine {
  std::string text;
  std::string previous;
  std::string next;

  friend bool operator==(const DocumentLine&, const DocumentLine&) = default;
};

// Not thread-safe.
class DocumentReader {
 public:
  // So many empty lines are looked over for a neighbour.
  static constexpr size_t kMostEmptyLines = 1000;

  // `lines` must live as long as the reader.
  explicit DocumentReader(LineReader& lines) : lines_(lines) {}

  // The next line, empty ones included; nullopt after the last one, and when
  // `stop` is requested while it waits. A line is given out once its next
  // neighbour is known, so one behind what was read.
  StatusOr<std::optional<DocumentLine>> Next(const std::stop_token& stop);

 private:
  // Reads until a line behind the first pending one is not empty.
  Status ReadNeighbour(const std::stop_token& stop);

  LineReader& lines_;
  std::deque<std::string> pending_;
  std::string previous_;
  bool ended_ = false;
};

}  // namespace tercet::client

#endif  // TERCET_CLIENT_LIB_DOCUMENT_READER_H_
