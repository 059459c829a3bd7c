#include "service/rpc/export_call.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "service/formats/compress.h"
#include "service/formats/unit_writer.h"
#include "service/memory/text_conditions.h"
#include "service/memory/unit_filter.h"
#include "service/model/limits.h"
#include "service/rpc/chunk_sink.h"
#include "service/rpc/convert_filter.h"
#include "service/rpc/convert_search.h"
#include "service/rpc/file_format.h"
#include "service/rpc/request_check.h"
#include "service/rpc/send_response.h"
#include "service/text/language.h"

namespace tercet {
namespace {

// What of the memory has been written.
class ExportCount {
 public:
  // The unit that was written last, with what the writer lost so far.
  void Add(const WriteLosses& losses) {
    if (losses.left_out_units == losses_.left_out_units) ++unit_count_;
    losses_ = losses;
  }

  v1::ExportUnitsResponse ResponseFor(std::string chunk) const {
    v1::ExportUnitsResponse response;
    response.set_chunk(std::move(chunk));
    response.set_unit_count(unit_count_);
    response.set_left_out_count(losses_.left_out_units);
    response.set_changed_text_count(losses_.changed_texts);
    return response;
  }

 private:
  int64_t unit_count_ = 0;
  WriteLosses losses_;
};

// What a request asks for.
struct ExportPlan {
  std::string memory_id;
  FileFormat format = FileFormat::kTmx;
  std::vector<LanguageTag> languages;  // Empty: all.
  SearchQuery query;
  Compression compression = Compression::kNone;
};

Compression CompressionFromApi(v1::Compression compression,
                               RequestCheck& check) {
  switch (compression) {
    case v1::COMPRESSION_UNSPECIFIED:
      return Compression::kNone;
    case v1::GZIP:
      return Compression::kGzip;
    case v1::ZSTD:
      return Compression::kZstd;
    default:
      check.Add("compression", "is none that is known");
      return Compression::kNone;
  }
}

StatusOr<ExportPlan> ReadRequest(const v1::ExportUnitsRequest& request) {
  RequestCheck check;
  ExportPlan plan;
  plan.memory_id = check.MemoryId("memory", request.memory());
  plan.format = FormatFromApi(request.format(), "format", check);
  for (int i = 0; i < request.language_codes_size(); ++i) {
    plan.languages.push_back(check.Language(
        fmt::format("language_codes[{}]", i), request.language_codes(i)));
  }
  if (plan.format == FileFormat::kMoses && plan.languages.size() < 2) {
    check.Add("language_codes", "must be two at least for MOSES");
  }
  plan.query.filter = FilterFromApi(
      request.filter(), {.memory_id = plan.memory_id}, "filter.", check);
  if (request.conditions_size() > 0) {
    check.Count("conditions", request.conditions_size(), kMaxSearchConditions);
  }
  plan.query.conditions = ConditionsFromApi(request.conditions(), check);
  plan.compression = CompressionFromApi(request.compression(), check);
  RETURN_IF_ERROR(check.status());
  return plan;
}

// All languages of the memory, by code.
StatusOr<std::vector<LanguageTag>> LanguagesOf(const Memory& memory) {
  std::vector<LanguageTag> languages;
  for (const auto& [code, count] : memory.language_counts) {
    ASSIGN_OR_RETURN(languages.emplace_back(), LanguageTag::Parse(code));
  }
  return languages;
}

// The tags under which the memory has the languages asked for: `zh` asks for
// what is stored as `zh-CN` and `zh-TW`, too, just as in a filter. A language
// that is not there stays: nothing asked for is not all.
std::vector<LanguageTag> TagsOf(const std::vector<LanguageTag>& wanted,
                                const std::vector<LanguageTag>& stored) {
  std::vector<LanguageTag> tags;
  for (const LanguageTag& asked : wanted) {
    const size_t count = tags.size();
    for (const LanguageTag& tag : stored) {
      const bool is_new = std::ranges::find(tags, tag) == tags.end();
      if (is_new && IsIn(tag, asked)) tags.push_back(tag);
    }
    if (tags.size() == count) tags.push_back(asked);
  }
  return tags;
}

bool IsWanted(const Unit& unit, const std::vector<LanguageTag>& languages) {
  return languages.empty() ||
         std::ranges::any_of(unit.variants, [&](const Variant& variant) {
           return std::ranges::find(languages, variant.language) !=
                  languages.end();
         });
}

}  // namespace

Status ExportUnits(const ExportContext& context,
                   const v1::ExportUnitsRequest& request,
                   ExportStream& stream) {
  ASSIGN_OR_RETURN(ExportPlan plan, ReadRequest(request));
  ASSIGN_OR_RETURN(const std::unique_ptr<UnitWalk> walk,
                   context.database.WalkUnits(plan.memory_id));
  ASSIGN_OR_RETURN(std::vector<LanguageTag> stored,
                   LanguagesOf(walk->memory()));
  const bool is_table =
      plan.format == FileFormat::kTsv || plan.format == FileFormat::kCsv;
  // Moses text has a place for one text of a language, whatever its tag.
  const bool by_line = plan.format == FileFormat::kMoses;
  const std::vector<LanguageTag> tags = TagsOf(plan.languages, stored);
  // A table needs its columns before the first row.
  if (is_table && plan.languages.empty()) plan.languages = std::move(stored);
  if (!is_table && !by_line) plan.languages = tags;
  ExportCount count;
  ChunkSink sink([&](std::string chunk) {
    return SendResponse(context.call, stream,
                        count.ResponseFor(std::move(chunk)));
  });
  const std::unique_ptr<CompressingSink> compressed =
      MakeCompressingSink(plan.compression, sink);
  const std::unique_ptr<UnitWriter> writer =
      MakeWriter(plan.format,
                 {.languages = plan.languages, .tool_version = context.version},
                 *compressed);
  const bool by_text = !plan.query.conditions.empty();
  TextConditions texts(plan.query);
  while (true) {
    RETURN_IF_ERROR(context.call.stop()());
    ASSIGN_OR_RETURN(const std::optional<UnitEntry> entry, walk->Next());
    if (!entry.has_value()) break;
    if (!by_line && !IsWanted(entry->unit, tags)) continue;
    if (!Matches(plan.query.filter, *entry)) continue;
    if (by_text && texts.Find(entry->unit).empty()) continue;
    RETURN_IF_ERROR(writer->Write({.id = entry->id, .unit = entry->unit}));
    count.Add(writer->losses());
  }
  RETURN_IF_ERROR(writer->Finish());
  RETURN_IF_ERROR(compressed->Finish());
  return sink.Finish();
}

}  // namespace tercet
