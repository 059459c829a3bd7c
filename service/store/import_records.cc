#include "service/store/import_records.h"

#include <utility>

#include "fmt/format.h"
#include "service/base/bytes.h"
#include "service/store/record_parse.h"
#include "tercet/storage/v1/record.pb.h"

namespace tercet {
namespace {

namespace pb = ::tercet::storage::v1;

std::string EncodeHash(const Hash128& hash) {
  std::string bytes;
  AppendU64(bytes, hash.high);
  AppendU64(bytes, hash.low);
  return bytes;
}

StatusOr<Hash128> DecodeHash(std::string_view bytes) {
  ByteReader reader(bytes);
  const std::optional<uint64_t> high = reader.ReadU64();
  const std::optional<uint64_t> low = reader.ReadU64();
  if (!low.has_value() || !reader.rest().empty()) {
    return Damaged("import", "a hash has not 16 bytes");
  }
  return Hash128{.high = *high, .low = *low};
}

void EncodeCounts(const ImportCounts& counts, pb::ImportCountsRecord& record) {
  record.set_created(counts.created);
  record.set_updated(counts.updated);
  record.set_variants_added(counts.variants_added);
  record.set_duplicates(counts.duplicates);
  record.set_skipped(counts.skipped);
  record.set_failed(counts.failed);
  record.set_warnings(counts.warnings);
  record.set_texts_added(counts.texts_added);
  record.set_texts_removed(counts.texts_removed);
}

ImportCounts DecodeCounts(const pb::ImportCountsRecord& record) {
  return {.created = record.created(),
          .updated = record.updated(),
          .variants_added = record.variants_added(),
          .duplicates = record.duplicates(),
          .skipped = record.skipped(),
          .failed = record.failed(),
          .warnings = record.warnings(),
          .texts_added = record.texts_added(),
          .texts_removed = record.texts_removed()};
}

StatusOr<ImportCase::Kind> DecodeKind(uint32_t kind) {
  if (kind < static_cast<uint32_t>(ImportCase::Kind::kFailed) ||
      kind > static_cast<uint32_t>(ImportCase::Kind::kKept)) {
    return Damaged("import", fmt::format("a case of kind {}", kind));
  }
  return static_cast<ImportCase::Kind>(kind);
}

StatusOr<ImportState> DecodeState(uint32_t state) {
  if (state < static_cast<uint32_t>(ImportState::kRunning) ||
      state > static_cast<uint32_t>(ImportState::kUndone)) {
    return Damaged("import", fmt::format("its state is {}", state));
  }
  return static_cast<ImportState>(state);
}

}  // namespace

std::string EncodeImport(const Import& import) {
  pb::ImportRecord record;
  record.set_state(static_cast<uint32_t>(import.state));
  record.set_source(import.source);
  record.set_options(import.options);
  record.set_creator(import.creator);
  record.set_begin_micros(import.begin_micros);
  record.set_update_micros(import.update_micros);
  record.set_run(import.run);
  record.set_identity(EncodeHash(import.identity));
  EncodeCounts(import.counts, *record.mutable_counts());
  for (const auto& [reason, count] : import.reasons) {
    pb::ReasonCountRecord& entry = *record.add_reasons();
    entry.set_kind(static_cast<uint32_t>(reason.kind));
    entry.set_reason(reason.reason);
    entry.set_count(count);
  }
  record.set_case_count(import.case_count);
  pb::CheckpointRecord& checkpoint = *record.mutable_checkpoint();
  checkpoint.set_items(import.checkpoint.items);
  checkpoint.set_bytes(import.checkpoint.bytes);
  checkpoint.set_digest(EncodeHash(import.checkpoint.digest));
  record.set_error_reason(import.error_reason);
  record.set_error_message(import.error_message);
  record.mutable_undo()->set_deleted(import.undo.deleted);
  record.mutable_undo()->set_restored(import.undo.restored);
  record.mutable_undo()->set_kept(import.undo.kept);
  return record.SerializeAsString();
}

StatusOr<Import> DecodeImport(std::string_view bytes) {
  ASSIGN_OR_RETURN(pb::ImportRecord record,
                   ParseMessage<pb::ImportRecord>("import", bytes));
  Import import;
  ASSIGN_OR_RETURN(import.state, DecodeState(record.state()));
  import.source = std::move(*record.mutable_source());
  import.options = std::move(*record.mutable_options());
  import.creator = std::move(*record.mutable_creator());
  import.begin_micros = record.begin_micros();
  import.update_micros = record.update_micros();
  import.run = record.run();
  ASSIGN_OR_RETURN(import.identity, DecodeHash(record.identity()));
  import.counts = DecodeCounts(record.counts());
  for (const pb::ReasonCountRecord& entry : record.reasons()) {
    ASSIGN_OR_RETURN(const ImportCase::Kind kind, DecodeKind(entry.kind()));
    import.reasons[{.kind = kind, .reason = entry.reason()}] = entry.count();
  }
  import.case_count = record.case_count();
  import.checkpoint.items = record.checkpoint().items();
  import.checkpoint.bytes = record.checkpoint().bytes();
  ASSIGN_OR_RETURN(import.checkpoint.digest,
                   DecodeHash(record.checkpoint().digest()));
  import.error_reason = std::move(*record.mutable_error_reason());
  import.error_message = std::move(*record.mutable_error_message());
  import.undo = {.deleted = record.undo().deleted(),
                 .restored = record.undo().restored(),
                 .kept = record.undo().kept()};
  return import;
}

std::string EncodeImportCase(const ImportCase& import_case) {
  pb::ImportCaseRecord record;
  record.set_kind(static_cast<uint32_t>(import_case.kind));
  record.set_file(import_case.file);
  record.set_line(import_case.line);
  record.set_byte_offset(import_case.byte_offset);
  record.set_unit_id(import_case.unit_id);
  record.set_reason(import_case.reason);
  record.set_message(import_case.message);
  record.set_excerpt(import_case.excerpt);
  return record.SerializeAsString();
}

StatusOr<ImportCase> DecodeImportCase(std::string_view bytes) {
  ASSIGN_OR_RETURN(pb::ImportCaseRecord record,
                   ParseMessage<pb::ImportCaseRecord>("import case", bytes));
  ImportCase result;
  ASSIGN_OR_RETURN(result.kind, DecodeKind(record.kind()));
  result.file = std::move(*record.mutable_file());
  result.line = record.line();
  result.byte_offset = record.byte_offset();
  result.unit_id = std::move(*record.mutable_unit_id());
  result.reason = std::move(*record.mutable_reason());
  result.message = std::move(*record.mutable_message());
  result.excerpt = std::move(*record.mutable_excerpt());
  return result;
}

std::string EncodeBefore(const StoredBefore& before) {
  pb::BeforeRecord record;
  record.set_revision(static_cast<uint64_t>(before.revision));
  if (before.unit.has_value()) record.set_unit(EncodeUnit(*before.unit));
  return record.SerializeAsString();
}

StatusOr<StoredBefore> DecodeBefore(std::string_view bytes) {
  ASSIGN_OR_RETURN(const pb::BeforeRecord record,
                   ParseMessage<pb::BeforeRecord>("before image", bytes));
  StoredBefore before{.revision = Revision{record.revision()}};
  if (record.has_unit()) {
    ASSIGN_OR_RETURN(before.unit, DecodeUnit(record.unit()));
  }
  return before;
}

}  // namespace tercet
