// ImportService, and imports that are gone on with.
#include "service/rpc/import_calls.h"

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "fmt/format.h"
#include "tests/rpc/rpc_fixture.h"

namespace tercet {
namespace {

using grpc::ClientContext;
using grpc::StatusCode;
using testing::ElementsAre;
using testing::SizeIs;

std::string Tsv(int units) {
  std::string tsv = "en\tes\n";
  for (int i = 0; i < units; ++i) {
    tsv += fmt::format("Sentence {} of the file\tFrase {} del archivo\n", i, i);
  }
  return tsv;
}

class ImportCalls : public RpcTest {
 protected:
  using Stream =
      grpc::ClientReaderWriter<v1::ImportUnitsRequest, v1::ImportUnitsResponse>;

  struct Imported {
    grpc::Status status;
    v1::Import started;
    v1::Import result;
  };

  std::unique_ptr<Stream> Start(ClientContext& context,
                                const v1::ImportConfig& config,
                                std::string_view bytes) {
    std::unique_ptr<Stream> stream = memories_->ImportUnits(&context);
    Send(*stream, config, bytes);
    return stream;
  }

  static void Send(Stream& stream, const v1::ImportConfig& config,
                   std::string_view bytes) {
    v1::ImportUnitsRequest request;
    *request.mutable_config() = config;
    stream.Write(request);
    for (size_t i = 0; i < bytes.size(); i += 50'000) {
      request.set_chunk(std::string(bytes.substr(i, 50'000)));
      if (!stream.Write(request)) break;
    }
  }

  static void Take(const v1::ImportUnitsResponse& response,
                   Imported& imported) {
    if (response.has_started()) imported.started = response.started();
    if (response.has_result()) imported.result = response.result();
  }

  static Imported ReadAll(Stream& stream) {
    Imported imported;
    for (v1::ImportUnitsResponse response; stream.Read(&response);) {
      Take(response, imported);
    }
    imported.status = stream.Finish();
    return imported;
  }

  Imported Import(const v1::ImportConfig& config, std::string_view file) {
    ClientContext context;
    const std::unique_ptr<Stream> stream = memories_->ImportUnits(&context);
    Imported imported;
    // Reads while it writes, as the server may end the call early.
    std::jthread reader([&] {
      for (v1::ImportUnitsResponse response; stream->Read(&response);) {
        Take(response, imported);
      }
    });
    Send(*stream, config, file);
    stream->WritesDone();
    reader.join();
    imported.status = stream->Finish();
    return imported;
  }

  // Sends the beginning of a file, waits until some of it is durable and then
  // goes away.
  void BreakOff(const v1::ImportConfig& config, std::string_view beginning) {
    ClientContext context;
    const std::unique_ptr<Stream> stream = Start(context, config, beginning);
    for (v1::ImportUnitsResponse response; stream->Read(&response);) {
      if (response.progress().units_durable() > 0) break;
    }
    context.TryCancel();
    ReadAll(*stream);
  }

  static v1::ImportConfig Config() {
    v1::ImportConfig config;
    config.set_memory("memories/press");
    config.set_format(v1::TSV);
    config.set_source("a.tsv");
    config.set_requester("anna");
    return config;
  }

  // The file; expects success.
  std::string Export(const v1::ExportUnitsRequest& request) {
    ClientContext context;
    const auto stream = memories_->ExportUnits(&context, request);
    std::string file;
    for (v1::ExportUnitsResponse response; stream->Read(&response);) {
      file += response.chunk();
    }
    EXPECT_THAT(stream->Finish(), RpcOk());
    return file;
  }

  grpc::Status Undo(const std::string& name, v1::Import& last,
                    bool validate_only = false) {
    v1::UndoImportRequest request;
    request.set_name(name);
    request.set_validate_only(validate_only);
    ClientContext context;
    const auto stream = imports_->UndoImport(&context, request);
    for (v1::UndoImportResponse response; stream->Read(&response);) {
      last = response.import();
    }
    return stream->Finish();
  }

  grpc::Status Get(const std::string& name, v1::Import& import) {
    v1::GetImportRequest request;
    request.set_name(name);
    ClientContext context;
    return imports_->GetImport(&context, request, &import);
  }

  std::unique_ptr<v1::ImportService::Stub> imports_ =
      v1::ImportService::NewStub(service_->InProcessChannel());
};

TEST_F(ImportCalls, GetsWhatWasImported) {
  const Imported imported =
      Import(Config(), "en\tes\nHello\tHola\nBad\nBye\tAdiós\n");
  ASSERT_THAT(imported.status, RpcOk());
  v1::Import import;
  ASSERT_THAT(Get(imported.result.name(), import), RpcOk());
  EXPECT_EQ(import.name(), "memories/press/imports/1");
  EXPECT_EQ(import.state(), v1::Import::DONE);
  EXPECT_EQ(import.source(), "a.tsv");
  EXPECT_EQ(import.requester(), "anna");
  EXPECT_EQ(import.options(), "tsv");
  EXPECT_EQ(import.report().read_count(), 3);
  ASSERT_THAT(import.report().problems(), SizeIs(1));
  const v1::ImportProblem& problem = import.report().problems(0);
  EXPECT_EQ(problem.line(), 3);
  EXPECT_EQ(problem.byte_offset(), 17);
  EXPECT_EQ(problem.reason(), "CELL_COUNT_WRONG");
  EXPECT_EQ(problem.excerpt(), "Bad");
  ASSERT_THAT(import.report().reason_counts(), SizeIs(1));
  EXPECT_EQ(import.report().reason_counts(0).count(), 1);
  ASSERT_THAT(Get("memories/-/imports/1", import), RpcOk());
  EXPECT_EQ(import.name(), "memories/press/imports/1");
}

TEST_F(ImportCalls, NamesAreChecked) {
  v1::Import import;
  for (const char* name :
       {"imports/1", "memories/press/imports/", "memories/press/imports/x",
        "memories/press/imports/0", "memories/press/imports/01",
        "memories/A/imports/1"}) {
    EXPECT_THAT(Get(name, import), NamesFields(ElementsAre("name"))) << name;
  }
  EXPECT_THAT(Get("memories/press/imports/9", import),
              RpcFails(StatusCode::NOT_FOUND, "IMPORT_NOT_FOUND"));
  EXPECT_THAT(Undo("memories/press/imports/9", import),
              RpcFails(StatusCode::NOT_FOUND, "IMPORT_NOT_FOUND"));
}

TEST_F(ImportCalls, UnitsNameTheirImport) {
  Import(Config(), Tsv(1));
  v1::ListUnitsRequest request;
  request.set_parent("memories/press");
  ClientContext context;
  v1::ListUnitsResponse units;
  ASSERT_THAT(memories_->ListUnits(&context, request, &units), RpcOk());
  EXPECT_THAT(units.units(0).imports(),
              ElementsAre("memories/press/imports/1"));
}

TEST_F(ImportCalls, ListsPageByPage) {
  for (int i = 1; i <= 3; ++i) Import(Config(), Tsv(i));
  v1::ListImportsRequest request;
  request.set_parent("memories/-");
  request.set_page_size(2);
  std::vector<std::string> names;
  do {
    ClientContext context;
    v1::ListImportsResponse page;
    ASSERT_THAT(imports_->ListImports(&context, request, &page), RpcOk());
    for (const v1::Import& import : page.imports()) {
      names.push_back(import.name());
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_THAT(
      names, ElementsAre("memories/press/imports/3", "memories/press/imports/2",
                         "memories/press/imports/1"));
}

TEST_F(ImportCalls, TakesAnImportBack) {
  Import(Config(), Tsv(10));
  v1::ImportConfig more = Config();
  more.set_write_mode(v1::OVERWRITE);
  Import(more, "en\tes\nSentence 1 of the file\tOtra frase\nNew\tNuevo\n");
  v1::Import undone;
  ASSERT_THAT(Undo("memories/-/imports/2", undone, /*validate_only=*/true),
              RpcOk());
  EXPECT_EQ(undone.undo().restored_count(), 1);
  EXPECT_EQ(GetMemory("memories/press").unit_count(), 11);
  ASSERT_THAT(Undo("memories/press/imports/2", undone), RpcOk());
  EXPECT_EQ(undone.state(), v1::Import::UNDONE);
  EXPECT_EQ(undone.undo().restored_count(), 1);
  EXPECT_EQ(undone.undo().deleted_count(), 1);
  EXPECT_EQ(GetMemory("memories/press").unit_count(), 10);
  ASSERT_THAT(Undo("memories/press/imports/1", undone), RpcOk());
  EXPECT_EQ(undone.undo().deleted_count(), 10);
  EXPECT_EQ(GetMemory("memories/press").unit_count(), 0);
}

TEST_F(ImportCalls, GoesOnWhereItWasBrokenOff) {
  const std::string file = Tsv(5000);
  BreakOff(Config(), file.substr(0, file.size() / 2));
  const Imported again = Import(Config(), file);
  ASSERT_THAT(again.status, RpcOk());
  EXPECT_EQ(again.result.name(), "memories/press/imports/1");
  EXPECT_GE(again.started.report().read_count(), 1000);
  EXPECT_EQ(again.result.report().read_count(), 5000);
  EXPECT_EQ(again.result.report().created_count(), 5000);
  EXPECT_EQ(GetMemory("memories/press").unit_count(), 5000);
}

TEST_F(ImportCalls, OtherOptionsAreAnotherImport) {
  const std::string file = Tsv(5000);
  BreakOff(Config(), file.substr(0, file.size() / 2));
  v1::ImportConfig other = Config();
  other.set_default_state(v1::Unit::DRAFT);
  const Imported imported = Import(other, file);
  ASSERT_THAT(imported.status, RpcOk());
  EXPECT_EQ(imported.result.name(), "memories/press/imports/2");
  EXPECT_EQ(imported.started.report().read_count(), 0);
}

TEST_F(ImportCalls, RefusesOtherContentAndCanRestart) {
  std::string file = Tsv(5000);
  BreakOff(Config(), file.substr(0, file.size() / 2));
  // Behind what is looked at to recognise a file, before what is durable.
  file.replace(66'000, 1, "#");
  const Imported refused = Import(Config(), file);
  EXPECT_THAT(refused.status, RpcFails(StatusCode::FAILED_PRECONDITION,
                                       "IMPORT_CONTENT_CHANGED"));
  v1::ImportConfig anew = Config();
  anew.set_restart(true);
  const Imported imported = Import(anew, file);
  ASSERT_THAT(imported.status, RpcOk());
  EXPECT_EQ(imported.result.name(), "memories/press/imports/2");
  EXPECT_EQ(imported.result.report().read_count(), 5000);
}

TEST_F(ImportCalls, ADryRunSeesWhatItWouldHaveWritten) {
  // Every source comes again far behind, with another text; some are there.
  std::string file = Tsv(2500);
  for (int i = 0; i < 2500; ++i) {
    file += fmt::format("Sentence {} of the file\tOtra frase {}\n", i, i % 7);
    file +=
        fmt::format("Sentence {} of the file\tFrase {} del archivo\n", i, i);
  }
  file += "wrong\n";
  Import(Config(), Tsv(100));
  v1::ImportConfig config = Config();
  config.set_validate_only(true);
  const Imported dry = Import(config, file);
  ASSERT_THAT(dry.status, RpcOk());
  EXPECT_EQ(dry.result.name(), "");
  EXPECT_EQ(GetMemory("memories/press").unit_count(), 100);
  const Imported real = Import(Config(), file);
  ASSERT_THAT(real.status, RpcOk());
  EXPECT_EQ(dry.result.report().created_count(), 2400);
  EXPECT_EQ(dry.result.report().variants_added_count(), 2500);
  EXPECT_EQ(dry.result.report().DebugString(),
            real.result.report().DebugString());
}

TEST_F(ImportCalls, StrictRefusesUnitsWithWarnings) {
  v1::ImportConfig config = Config();
  config.set_format(v1::JSONL);
  config.set_strict(true);
  const Imported imported = Import(
      config,
      "{\"variants\":[{\"language\":\"en\",\"text\":\"a\"},"
      "{\"language\":\"es\",\"text\":\"\"}]}\n{\"en\":\"b\",\"es\":\"c\"}\n");
  ASSERT_THAT(imported.status, RpcOk());
  EXPECT_EQ(imported.result.report().failed_count(), 1);
  EXPECT_EQ(imported.result.report().created_count(), 1);
  EXPECT_EQ(imported.result.report().warning_count(), 0);
  EXPECT_EQ(imported.result.options(), "jsonl, strict");
}

TEST_F(ImportCalls, SaysWhichFormatItFound) {
  v1::ImportConfig config = Config();
  config.clear_format();
  config.set_strict(true);
  const Imported imported = Import(config, "{\"en\":\"b\",\"es\":\"c\"}\n");
  ASSERT_THAT(imported.status, RpcOk());
  EXPECT_EQ(imported.result.options(), "jsonl by content, strict");
}

TEST_F(ImportCalls, AppliesRules) {
  v1::ImportConfig config = Config();
  config.add_drop_rules(v1::TARGET_IS_SOURCE);
  config.add_drop_rules(v1::NUMBERS_DIFFER);
  v1::LanguageMapping& mapping = *config.add_language_mappings();
  mapping.set_from("zh-Hans");
  mapping.set_to("zh");
  config.set_document("press/1");
  const Imported imported = Import(config,
                                   "en\tes\tzh-Hans\n"
                                   "Same\tSame\t\n"
                                   "7 men\t8 hombres\t7人\n");
  ASSERT_THAT(imported.status, RpcOk());
  EXPECT_EQ(imported.result.report().skipped_count(), 1);
  EXPECT_EQ(imported.result.report().created_count(), 1);
  EXPECT_EQ(imported.result.report().warning_count(), 1);
  EXPECT_EQ(imported.result.options(),
            "tsv, map zh-Hans=zh, drop target_is_source, drop numbers_differ, "
            "document press/1");
  v1::ListUnitsRequest request;
  request.set_parent("memories/press");
  ClientContext context;
  v1::ListUnitsResponse units;
  ASSERT_THAT(memories_->ListUnits(&context, request, &units), RpcOk());
  ASSERT_THAT(units.units(0).variants(), SizeIs(2));
  EXPECT_EQ(units.units(0).variants(1).language_code(), "zh");
  EXPECT_EQ(units.units(0).origin().document(), "press/1");
}

TEST_F(ImportCalls, RulesAreChecked) {
  v1::ImportConfig config = Config();
  config.add_language_mappings()->set_from("no language");
  config.add_language_codes("??");
  config.add_drop_rules(v1::DROP_RULE_UNSPECIFIED);
  config.set_document(std::string(1025, 'x'));
  config.mutable_start_time()->set_nanos(-1);
  EXPECT_THAT(
      Import(config, "").status,
      NamesFields(ElementsAre(
          "config.language_mappings[0].from", "config.language_mappings[0].to",
          "config.language_codes[0]", "config.drop_rules[0]",
          "config.start_time", "config.document")));
}

TEST_F(ImportCalls, ExportsTheUnitsOfAnImport) {
  Import(Config(), Tsv(3));
  Import(Config(), "en\tes\nNew\tNuevo\nSentence 1 of the file\tOtra\n");
  v1::ExportUnitsRequest request;
  request.set_memory("memories/press");
  request.set_format(v1::TSV);
  request.mutable_filter()->add_imports("memories/press/imports/2");
  const std::string file = Export(request);
  EXPECT_THAT(file, testing::HasSubstr("New\tNuevo"));
  EXPECT_THAT(file, testing::HasSubstr("Sentence 1 of"));
  EXPECT_THAT(file, testing::Not(testing::HasSubstr("Sentence 2 of")));
}

TEST_F(ImportCalls, ExportsTheUnitsThatASearchFinds) {
  Import(Config(),
         "en\tes\nThe flood came\tLlegó la riada\nFloods came\tOtra\n"
         "The port\tEl puerto\n");
  v1::ExportUnitsRequest request;
  request.set_memory("memories/press");
  request.set_format(v1::TSV);
  v1::TextCondition& condition = *request.add_conditions();
  condition.add_phrases("FLOOD");
  EXPECT_EQ(Export(request), "en\tes\nThe flood came\tLlegó la riada\n");
  condition.set_language_code("es");
  EXPECT_EQ(Export(request), "en\tes\n");
  condition.clear_phrases();
  ClientContext context;
  const auto stream = memories_->ExportUnits(&context, request);
  v1::ExportUnitsResponse response;
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_THAT(stream->Finish(),
              NamesFields(ElementsAre("conditions[0].phrases")));
}

TEST_F(ImportCalls, AMalformedFileHasItsReport) {
  v1::ImportConfig config = Config();
  config.set_format(v1::TMX);
  const std::string tmx =
      "<tmx version=\"1.4\"><header srclang=\"en\"/><body>\n"
      "<tu tuid=\"a1\"><tuv xml:lang=\"en\"><seg>Hello</seg></tuv>"
      "<tuv xml:lang=\"es\"><seg></seg></tuv></tu>\n<tu><tuv <<<";
  const Imported imported = Import(config, tmx);
  EXPECT_THAT(imported.status,
              RpcFails(StatusCode::INVALID_ARGUMENT, "FILE_MALFORMED"));
  EXPECT_EQ(imported.result.state(), v1::Import::BROKEN_OFF);
  EXPECT_EQ(imported.result.error_reason(), "FILE_MALFORMED");
  EXPECT_EQ(imported.result.report().created_count(), 1);
  ASSERT_THAT(imported.result.report().problems(), SizeIs(1));
  const v1::ImportProblem& problem = imported.result.report().problems(0);
  EXPECT_EQ(problem.kind(), v1::ImportProblem::WARNING);
  EXPECT_EQ(problem.unit_id(), "a1");
  EXPECT_EQ(problem.excerpt(), "Hello");
}

}  // namespace
}  // namespace tercet
