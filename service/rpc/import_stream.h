// The request side of an import: the config, and then the file's bytes.
#ifndef TERCET_SERVICE_RPC_IMPORT_STREAM_H_
#define TERCET_SERVICE_RPC_IMPORT_STREAM_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grpcpp/support/sync_stream.h"
#include "service/base/status.h"
#include "service/formats/file_format.h"
#include "service/formats/unit_reader.h"
#include "service/memory/import_rules.h"
#include "service/memory/types.h"
#include "service/rpc/call.h"
#include "service/rpc/import_reporter.h"
#include "tercet/v1/memory_service.grpc.pb.h"

namespace tercet {

// What an import's config asks for.
struct ImportPlan {
  std::string memory_id;
  std::optional<FileFormat> format;  // Nullopt: by the content.
  bool validate_only = false;
  WriteMode write_mode = WriteMode::kAddVariants;
  UnitState default_state = UnitState::kUnspecified;
  int64_t total_bytes = 0;  // 0: not known.
  bool strict = false;      // Units with a warning fail.
  ReadOptions reading;
  ImportRules rules;
  std::vector<ReadProblem> problems;  // That the client has found already.
  std::string source;                 // The file's name.
  std::string requester;              // Who imports.
  bool restart = false;
  std::string options;  // What is asked, for people.
  // What is asked, as bytes: equal for equal imports, whoever asks.
  std::string signature;
};

// Reads the first message. Fails with kInvalidArgument, reason
// IMPORT_CONFIG_MISSING when it is none, FIELDS_INVALID when it is wrong.
StatusOr<ImportPlan> ReadImportConfig(Call& call, ImportStream& stream);

// The bytes of the chunks. All arguments must outlive the source.
class ChunkSource final : public ByteSource {
 public:
  ChunkSource(Call& call, ImportStream& stream, ImportReporter& reporter)
      : call_(call), stream_(stream), reporter_(reporter) {}

  // Fails with kInvalidArgument, reason FIELDS_INVALID, on a message that is no
  // chunk or too large a one, and with kCancelled when the stream was cut off
  // rather than ended.
  StatusOr<std::string_view> Read() override;

 private:
  Call& call_;
  ImportStream& stream_;
  ImportReporter& reporter_;
  v1::ImportUnitsRequest request_;
};

}  // namespace tercet

#endif  // TERCET_SERVICE_RPC_IMPORT_STREAM_H_
