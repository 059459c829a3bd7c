// The report of an import against a plain model of the memory: random files,
// whose lines come again, differ in their translations, or are wrong.
#include <algorithm>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "fmt/format.h"
#include "tests/rpc/rpc_fixture.h"

namespace tercet {
namespace {

using grpc::ClientContext;

// Each unit by its source's language and text, with its Spanish texts.
using Units = std::map<std::string, std::vector<std::string>>;

struct Counts {
  int64_t created = 0;
  int64_t updated = 0;
  int64_t variants_added = 0;
  int64_t duplicates = 0;
  int64_t skipped = 0;
  int64_t failed = 0;
  int64_t texts_added = 0;
  int64_t texts_removed = 0;

  int64_t read() const {
    return created + updated + variants_added + duplicates + skipped + failed;
  }
};

// What an import of the model has met: the texts that its units had before.
using Met = std::map<std::string, std::vector<std::string>>;

bool Has(const std::vector<std::string>& texts, const std::string& text) {
  return std::ranges::find(texts, text) != texts.end();
}

// Adds a text to a unit that an overwriting import has met before: what it took
// away and brings again was never gone.
void AddAgain(const std::string& es, const std::vector<std::string>* before,
              std::vector<std::string>& texts, Counts& counts) {
  if (Has(texts, es)) {
    ++counts.duplicates;
    return;
  }
  texts.push_back(es);
  if (before == nullptr || !Has(*before, es)) {
    ++counts.variants_added;
    ++counts.texts_added;
    return;
  }
  ++counts.duplicates;
  --counts.texts_removed;
  if (texts == *before) {
    --counts.updated;
    ++counts.duplicates;
  }
}

// Takes all texts of a unit away but this one.
void Overwrite(const std::string& es, std::vector<std::string>& texts,
               Counts& counts) {
  const bool is_there = Has(texts, es);
  const auto others = static_cast<int64_t>(texts.size()) - (is_there ? 1 : 0);
  texts = {es};
  counts.texts_added += is_there ? 0 : 1;
  counts.texts_removed += others;
  if (others > 0) {
    ++counts.updated;
  } else {
    ++(is_there ? counts.duplicates : counts.variants_added);
  }
}

// Adds a unit to the model as WriteMode says.
void Add(const std::string& en, const std::string& es, bool overwrite,
         Units& units, Met& met, Counts& counts) {
  const bool is_english = !en.empty();
  const std::string key = is_english ? "en " + en : "es " + es;
  const auto [found, is_new] = units.try_emplace(key);
  std::vector<std::string>& texts = found->second;
  if (is_new) {
    ++counts.created;
    counts.texts_added += (is_english ? 1 : 0) + (es.empty() ? 0 : 1);
    if (is_english && !es.empty()) texts.push_back(es);
    met[key];
    return;
  }
  const auto [before, is_first] = met.try_emplace(key, texts);
  if (!is_english || es.empty()) {
    ++counts.duplicates;
  } else if (overwrite && is_first) {
    Overwrite(es, texts, counts);
  } else {
    AddAgain(es,
             overwrite && !before->second.empty() ? &before->second : nullptr,
             texts, counts);
  }
}

// A random line of a table of English and Spanish; what it does to the model.
std::string RandomLine(std::mt19937& random, bool overwrite, Units& units,
                       Met& met, Counts& counts) {
  const std::string en = fmt::format("Sentence {}", random() % 200);
  const std::string es = fmt::format("Frase {}", random() % 4);
  switch (random() % 12) {
    case 0:
      ++counts.failed;
      return "a line without a second cell";
    case 1:
      // No UTF-8: the file is windows-1252.
      Add(en, "ÿþ", overwrite, units, met, counts);
      return en + "\t\xFF\xFE";
    case 2:
      ++counts.skipped;
      return "\t";
    case 3:
      Add(en, "", overwrite, units, met, counts);
      return en + "\t";
    case 4:
      Add("", es, overwrite, units, met, counts);
      return "\t" + es;
    default:
      Add(en, es, overwrite, units, met, counts);
      return en + "\t" + es;
  }
}

class ImportReportTest : public RpcTest {
 protected:
  v1::ImportReport Import(const std::string& file, bool overwrite,
                          bool dry_run) {
    ClientContext context;
    const auto stream = memories_->ImportUnits(&context);
    v1::ImportUnitsRequest request;
    v1::ImportConfig& config = *request.mutable_config();
    config.set_memory("memories/press");
    config.set_format(v1::TSV);
    config.set_validate_only(dry_run);
    config.set_write_mode(overwrite ? v1::OVERWRITE : v1::ADD_VARIANTS);
    stream->Write(request);
    for (size_t i = 0; i < file.size(); i += 9999) {
      request.set_chunk(file.substr(i, 9999));
      stream->Write(request);
    }
    stream->WritesDone();
    v1::ImportReport report;
    for (v1::ImportUnitsResponse response; stream->Read(&response);) {
      if (response.has_result()) report = response.result().report();
    }
    EXPECT_THAT(stream->Finish(), RpcOk());
    return report;
  }

  int64_t VariantCount() {
    int64_t count = 0;
    const v1::Memory memory = GetMemory("memories/press");
    for (const auto& language : memory.language_counts()) {
      count += language.variant_count();
    }
    return count;
  }
};

void ExpectEqual(const v1::ImportReport& report, const Counts& wanted) {
  EXPECT_EQ(report.read_count(), wanted.read());
  EXPECT_EQ(report.created_count(), wanted.created);
  EXPECT_EQ(report.updated_count(), wanted.updated);
  EXPECT_EQ(report.variants_added_count(), wanted.variants_added);
  EXPECT_EQ(report.duplicate_count(), wanted.duplicates);
  EXPECT_EQ(report.skipped_count(), wanted.skipped);
  EXPECT_EQ(report.failed_count(), wanted.failed);
  EXPECT_EQ(report.new_variant_count(), wanted.texts_added);
  EXPECT_EQ(report.removed_variant_count(), wanted.texts_removed);
}

// The reasons of each kind add up to the units of that kind.
void ExpectReasonsAddUp(const v1::ImportReport& report) {
  std::map<v1::ImportProblem::Kind, int64_t> sums;
  for (const v1::ReasonCount& reason : report.reason_counts()) {
    sums[reason.kind()] += reason.count();
  }
  EXPECT_EQ(sums[v1::ImportProblem::FAILED], report.failed_count());
  EXPECT_EQ(sums[v1::ImportProblem::SKIPPED], report.skipped_count());
  EXPECT_EQ(sums[v1::ImportProblem::WARNING], report.warning_count());
}

TEST_F(ImportReportTest, CountsAddUpAndAreWhatIsInTheMemory) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE(fmt::format("seed {}", seed));
  std::mt19937 random(seed);
  CreateMemory("press");
  Units units;
  int64_t texts = 0;
  for (int round = 0; round < 12; ++round) {
    SCOPED_TRACE(fmt::format("round {}", round));
    const bool overwrite = random() % 2 == 0;
    Counts wanted;
    Met met;
    std::string file = "en\tes\n";
    for (size_t lines = random() % 3000; lines > 0; --lines) {
      file += RandomLine(random, overwrite, units, met, wanted) + "\n";
    }
    const v1::ImportReport dry = Import(file, overwrite, /*dry_run=*/true);
    const v1::ImportReport report = Import(file, overwrite, /*dry_run=*/false);
    EXPECT_EQ(dry.DebugString(), report.DebugString());
    ExpectEqual(report, wanted);
    ExpectReasonsAddUp(report);
    texts += wanted.texts_added - wanted.texts_removed;
    EXPECT_EQ(GetMemory("memories/press").unit_count(), units.size());
    EXPECT_EQ(VariantCount(), texts);
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace tercet
