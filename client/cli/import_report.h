// What an import did, told at its end.
#ifndef TERCET_CLIENT_CLI_IMPORT_REPORT_H_
#define TERCET_CLIENT_CLI_IMPORT_REPORT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "client/cli/json_shapes.h"
#include "client/cli/settings.h"
#include "service/base/status.h"
#include "tercet/v1/memory_service.pb.h"

namespace tercet::cli {

// One file. Also where there is an error the import is as it ended, if it had
// begun.
struct FileReport {
  std::string file;
  std::string memory;
  v1::Import import;
  std::vector<v1::ImportProblem> problems;  // Those that the server sent.
  int64_t elapsed_ms = 0;
  Status error = OkStatus();
};

// Aligned text: a row for each file that could be read, and their sum where
// there are several; empty where there is none.
std::string ReportTable(const std::vector<FileReport>& reports, bool color);

// One object for one file.
Json ReportJson(const FileReport& report, const Settings& settings);

// One import with its report, reasons and problems.
std::string ImportText(const v1::Import& import, bool color);

// `press.tmx:3: TEXT_EMPTY: the text is empty`, with the file's name where the
// problem has none.
std::string ProblemLine(const v1::ImportProblem& problem,
                        const std::string& file);

// Whole units a second; 0 where no time has passed.
int64_t UnitsPerSecond(int64_t units, int64_t elapsed_ms);

}  // namespace tercet::cli

#endif  // TERCET_CLIENT_CLI_IMPORT_REPORT_H_
