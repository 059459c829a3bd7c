#include "client/job/job_memory.h"

#include <algorithm>
#include <vector>

#include "client/job/unit_message.h"
#include "fmt/format.h"
#include "service/base/hash.h"

namespace tercet {
namespace {

constexpr size_t kMaxUnits = 1'000'000;

// The last part of `memories/{memory}/units/{unit}`.
std::string_view IdOf(std::string_view name) {
  return name.substr(name.rfind('/') + 1);
}

// Units of several memories may be the same to a job.
Hash128 HashOf(const Unit& unit) {
  std::string texts;
  for (const Variant& variant : unit.variants) {
    texts += fmt::format("{} {}\n{}\n", variant.language.code(),
                         variant.segment.text.size(), variant.segment.text);
  }
  return HashBytes128(texts);
}

}  // namespace

StatusOr<Unit> UnitForJob(const v1::Match& match) {
  ASSIGN_OR_RETURN(Unit unit, UnitOf(match.unit()));
  ASSIGN_OR_RETURN(const Variant source, VariantOf(match.source()));
  const auto is_wanted = [&](const Variant& variant) {
    return variant.language.language() == source.language.language() ||
           std::ranges::any_of(match.targets(), [&](const v1::Variant& target) {
             return target.language_code() == variant.language.code();
           });
  };
  const bool turned =
      SourceVariant(unit).language.language() != source.language.language();
  std::erase_if(unit.variants,
                [&](const Variant& variant) { return !is_wanted(variant); });
  unit.source_language = source.language;
  // Some tools take the first variant for the source, whatever `srclang` says.
  const auto first =
      std::ranges::find_if(unit.variants, [&](const Variant& variant) {
        return variant.language.language() == source.language.language();
      });
  if (first != unit.variants.end()) {
    std::rotate(unit.variants.begin(), first, first + 1);
  }
  // Neighbours in a language that the job does not read.
  if (turned) unit.origin.previous = unit.origin.next = std::string();
  return unit;
}

JobMemory::JobMemory(WriterOptions options, ByteSink& sink)
    : writer_(MakeWriter(FileFormat::kTmx, std::move(options), sink)) {}

Status JobMemory::Add(
    const google::protobuf::RepeatedPtrField<v1::Match>& matches) {
  ++segment_count_;
  if (!matches.empty()) ++found_count_;
  for (const v1::Match& match : matches) {
    ASSIGN_OR_RETURN(const Unit unit, UnitForJob(match));
    const Hash128 hash = HashOf(unit);
    if (!seen_.insert({hash.high, hash.low}).second) continue;
    if (seen_.size() > kMaxUnits) {
      return MakeError(
          StatusCode::kResourceExhausted,
          fmt::format("more than {} units; divide the file, or ask for fewer "
                      "or better matches",
                      kMaxUnits),
          {.reason = "PULL_TOO_LARGE"});
    }
    RETURN_IF_ERROR(
        writer_->Write({.id = IdOf(match.unit().name()), .unit = unit}));
  }
  return OkStatus();
}

Status JobMemory::Finish() { return writer_->Finish(); }

}  // namespace tercet
