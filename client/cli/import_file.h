// One file into a memory, with progress and problems: for commands that make
// the file themselves.
#ifndef TERCET_CLIENT_CLI_IMPORT_FILE_H_
#define TERCET_CLIENT_CLI_IMPORT_FILE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "client/cli/import_report.h"
#include "client/cli/session.h"
#include "client/lib/client.h"
#include "tercet/v1/memory_service.pb.h"

namespace tercet::cli {

struct FileImport {
  std::string path;
  std::string shown;   // What people read instead of the path.
  std::string memory;  // `press`, or `memories/press`.
  v1::FileFormat format = v1::FILE_FORMAT_UNSPECIFIED;
  bool dry_run = false;
  bool restart = false;
  bool verbose = false;
  // So many problems in the file name files of their own; people have seen
  // them.
  int64_t problems_told = 0;
};

// Tells people at a terminal how to take back what was imported.
void PrintUndoNote(const std::vector<FileReport>& reports, Session& session);

// What went wrong is in the report.
FileReport ImportFileAs(const FileImport& import, client::Client& client,
                        Session& session);

}  // namespace tercet::cli

#endif  // TERCET_CLIENT_CLI_IMPORT_FILE_H_
