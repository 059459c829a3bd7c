#include "service/formats/unit_writer.h"

#include <algorithm>
#include <utility>

#include "service/formats/writers.h"

namespace tercet {

std::unique_ptr<UnitWriter> MakeWriter(FileFormat format, WriterOptions options,
                                       ByteSink& sink) {
  switch (format) {
    case FileFormat::kTmx:
      return MakeTmxWriter(std::move(options), sink);
    case FileFormat::kTsv:
      return MakeTsvWriter(std::move(options), sink);
    case FileFormat::kJsonLines:
      return MakeJsonlWriter(std::move(options), sink);
    case FileFormat::kCsv:
      return MakeCsvWriter(std::move(options), sink);
    case FileFormat::kMoses:
      return MakeMosesWriter(std::move(options), sink);
    case FileFormat::kXliff:
    case FileFormat::kPo:
      break;
  }
  return nullptr;
}

bool IsWanted(const WriterOptions& options, const LanguageTag& language) {
  return options.languages.empty() ||
         std::ranges::find(options.languages, language) !=
             options.languages.end();
}

}  // namespace tercet
