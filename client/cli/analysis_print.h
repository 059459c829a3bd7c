// The report of `tercet analyze`.
#ifndef TERCET_CLIENT_CLI_ANALYSIS_PRINT_H_
#define TERCET_CLIENT_CLI_ANALYSIS_PRINT_H_

#include <string>

#include "client/cli/json_shapes.h"
#include "client/job/job_analysis.h"

namespace tercet::cli {

// For people: a table for each file (and pair of languages in it), and one of
// all where there are several.
// Characters come before words where all files are Chinese. Bands of internal
// matches are only shown `with_internal`.
struct AnalysisTableOptions {
  bool with_internal = false;
  bool color = false;
};
std::string AnalysisTable(const JobAnalysis& analysis,
                          const AnalysisTableOptions& options);

// A line for each file and band, as RFC 4180 wants it; the `total` of a file's
// bands, and that of all files, are lines like the others.
std::string AnalysisCsv(const JobAnalysis& analysis);

// {"files": [...], "total": {...}}
Json AnalysisJson(const JobAnalysis& analysis);

// One table, of those bands that have segments.
std::string CountsTable(const std::string& name, const BandCounts& counts,
                        bool color);

// {"bands": {...}, "total": {...}}
Json CountsJson(const BandCounts& counts);

}  // namespace tercet::cli

#endif  // TERCET_CLIENT_CLI_ANALYSIS_PRINT_H_
