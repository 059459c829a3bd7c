// ImportUnits.
#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "fmt/format.h"
#include "service/model/limits.h"
#include "tests/rpc/rpc_fixture.h"

namespace tercet {
namespace {

using grpc::ClientContext;
using grpc::StatusCode;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

using Stream =
    grpc::ClientReaderWriter<v1::ImportUnitsRequest, v1::ImportUnitsResponse>;

// What came of an import.
struct Imported {
  grpc::Status status;
  v1::ImportProgress progress;  // The last.
  std::vector<v1::ImportProblem> problems;
  v1::Import started;
  v1::Import result;
  v1::ImportReport report;  // Of the result.
  bool has_result = false;
};

v1::ImportUnitsRequest ConfigMessage(v1::FileFormat format) {
  v1::ImportUnitsRequest request;
  request.mutable_config()->set_memory("memories/press");
  request.mutable_config()->set_format(format);
  return request;
}

v1::ImportUnitsRequest ChunkMessage(const std::string& bytes) {
  v1::ImportUnitsRequest request;
  request.set_chunk(bytes);
  return request;
}

std::string Tsv(int units) {
  std::string tsv = "en\tes\n";
  for (int i = 0; i < units; ++i) {
    tsv += fmt::format("Sentence {} of the file\tFrase {} del archivo\n", i, i);
  }
  return tsv;
}

Imported ReadAll(Stream& stream) {
  Imported imported;
  for (v1::ImportUnitsResponse response; stream.Read(&response);) {
    EXPECT_FALSE(imported.has_result) << "the result is the last message";
    if (response.has_started()) imported.started = response.started();
    if (response.has_progress()) imported.progress = response.progress();
    if (response.has_problem()) imported.problems.push_back(response.problem());
    if (response.has_result()) {
      imported.result = response.result();
      imported.report = response.result().report();
      imported.has_result = true;
    }
  }
  imported.status = stream.Finish();
  return imported;
}

class ImportCall : public RpcTest {
 protected:
  // Sends the messages and reads everything. Reads only then: a client that
  // listens late must not be waited for.
  Imported Send(const std::vector<v1::ImportUnitsRequest>& messages) {
    ClientContext context;
    std::unique_ptr<Stream> stream = memories_->ImportUnits(&context);
    for (const auto& message : messages) {
      if (!stream->Write(message)) break;
    }
    stream->WritesDone();
    return ReadAll(*stream);
  }

  // Imports `file` in small chunks.
  Imported Import(const v1::ImportUnitsRequest& config,
                  const std::string& file) {
    std::vector<v1::ImportUnitsRequest> messages = {config};
    for (size_t i = 0; i < file.size(); i += 1000) {
      messages.push_back(ChunkMessage(file.substr(i, 1000)));
    }
    return Send(messages);
  }
};

TEST_F(ImportCall, ImportsAFileAndMakesTheMemory) {
  const std::string file = Tsv(2500);
  const Imported imported = Import(ConfigMessage(v1::TSV), file);
  ASSERT_THAT(imported.status, RpcOk());
  EXPECT_EQ(imported.report.read_count(), 2500);
  EXPECT_EQ(imported.report.created_count(), 2500);
  EXPECT_EQ(imported.report.failed_count(), 0);
  EXPECT_EQ(imported.started.name(), imported.result.name());
  EXPECT_EQ(imported.result.state(), v1::Import::DONE);
  EXPECT_EQ(imported.result.durable_bytes(), static_cast<int64_t>(file.size()));
  EXPECT_EQ(imported.progress.bytes_read(), static_cast<int64_t>(file.size()));
  EXPECT_EQ(imported.progress.units_read(), 2500);
  EXPECT_EQ(imported.progress.units_durable(), 2500);
  EXPECT_EQ(GetMemory("memories/press").unit_count(), 2500);
}

TEST_F(ImportCall, ImportingTwiceChangesNothing) {
  Import(ConfigMessage(v1::TSV), Tsv(1200));
  const Imported again = Import(ConfigMessage(v1::TSV), Tsv(1200));
  ASSERT_THAT(again.status, RpcOk());
  EXPECT_EQ(again.report.created_count(), 0);
  EXPECT_EQ(again.report.duplicate_count(), 1200);
  EXPECT_EQ(GetMemory("memories/press").unit_count(), 1200);
}

TEST_F(ImportCall, AddsOrOverwritesVariants) {
  Import(ConfigMessage(v1::TSV), "en\tes\nHello\tHola\n");
  const Imported added =
      Import(ConfigMessage(v1::TSV), "en\tes\nHello\tBuenas\n");
  EXPECT_EQ(added.report.variants_added_count(), 1);
  EXPECT_EQ(GetMemory("memories/press").language_counts(0).variant_count(), 2);
  v1::ImportUnitsRequest config = ConfigMessage(v1::TSV);
  config.mutable_config()->set_write_mode(v1::OVERWRITE);
  const Imported replaced = Import(config, "en\tes\nHello\tQué tal\n");
  EXPECT_EQ(replaced.report.updated_count(), 1);
  EXPECT_EQ(GetMemory("memories/press").language_counts(0).variant_count(), 1);
}

TEST_F(ImportCall, GivesUnitsTheDefaultState) {
  v1::ImportUnitsRequest config = ConfigMessage(v1::TSV);
  config.mutable_config()->set_default_state(v1::Unit::ALIGNED);
  ASSERT_THAT(Import(config, Tsv(1)).status, RpcOk());
  v1::ListUnitsRequest request;
  request.set_parent("memories/press");
  ClientContext context;
  v1::ListUnitsResponse units;
  ASSERT_THAT(memories_->ListUnits(&context, request, &units), RpcOk());
  EXPECT_EQ(units.units(0).state(), v1::Unit::ALIGNED);
}

TEST_F(ImportCall, SkipsAndReportsWrongUnits) {
  const std::string too_long(kMaxTextBytes + 1, 'x');
  const Imported imported =
      Import(ConfigMessage(v1::TSV),
             "en\tes\nHello\tHola\n" + too_long + "\tLargo\nBye\tAdiós\n");
  ASSERT_THAT(imported.status, RpcOk());
  EXPECT_EQ(imported.report.read_count(), 3);
  EXPECT_EQ(imported.report.created_count(), 2);
  EXPECT_EQ(imported.report.failed_count(), 1);
  ASSERT_THAT(imported.problems, SizeIs(1));
  EXPECT_EQ(imported.problems[0].line(), 3);
  EXPECT_EQ(imported.problems[0].byte_offset(), 17);
  EXPECT_EQ(imported.problems[0].kind(), v1::ImportProblem::FAILED);
  EXPECT_THAT(imported.problems[0].excerpt(), HasSubstr("xxx"));
  EXPECT_NE(imported.problems[0].reason(), "");
  EXPECT_THAT(imported.problems[0].message(), HasSubstr("131072"));
}

TEST_F(ImportCall, ReportsWhatTheReaderCouldNotRead) {
  const Imported imported =
      Import(ConfigMessage(v1::JSONL),
             "{\"variants\":[{\"language\":\"en\",\"text\":\"a\"}]}\n"
             "this is not JSON\n");
  ASSERT_THAT(imported.status, RpcOk());
  EXPECT_EQ(imported.report.failed_count(), 1);
  ASSERT_THAT(imported.problems, SizeIs(1));
  EXPECT_EQ(imported.problems[0].line(), 2);
}

TEST_F(ImportCall, SendsAThousandProblemsAndCountsAll) {
  std::string file;
  for (int i = 0; i < 1500; ++i) file += "this is not JSON\n";
  const Imported imported = Import(ConfigMessage(v1::JSONL), file);
  ASSERT_THAT(imported.status, RpcOk());
  EXPECT_EQ(imported.report.failed_count(), 1500);
  EXPECT_THAT(imported.report.problems(), SizeIs(100));
  EXPECT_THAT(imported.problems, SizeIs(1000));
}

TEST_F(ImportCall, KeepsWhatStandsBeforeAMalformedPlace) {
  const std::string tmx =
      "<?xml version=\"1.0\"?>\n<tmx version=\"1.4\"><header "
      "creationtool=\"t\" creationtoolversion=\"1\" segtype=\"sentence\" "
      "o-tmf=\"t\" adminlang=\"en\" srclang=\"en\" datatype=\"plaintext\"/>\n"
      "<body>\n<tu><tuv xml:lang=\"en\"><seg>Hello</seg></tuv>"
      "<tuv xml:lang=\"es\"><seg>Hola</seg></tuv></tu>\n<tu><tuv <<<";
  const Imported imported = Import(ConfigMessage(v1::TMX), tmx);
  EXPECT_THAT(imported.status,
              RpcFails(StatusCode::INVALID_ARGUMENT, "FILE_MALFORMED"));
  EXPECT_THAT(imported.status.error_message(), HasSubstr("1 unit is stored"));
  EXPECT_EQ(DecodeError(imported.status).info.metadata().at("units_durable"),
            "1");
  EXPECT_EQ(imported.progress.units_durable(), 1);
  EXPECT_TRUE(imported.has_result);
  EXPECT_EQ(GetMemory("memories/press").unit_count(), 1);
}

TEST_F(ImportCall, CanJustCheck) {
  v1::ImportUnitsRequest config = ConfigMessage(v1::TSV);
  config.mutable_config()->set_validate_only(true);
  const Imported imported = Import(config, Tsv(10));
  ASSERT_THAT(imported.status, RpcOk());
  EXPECT_EQ(imported.report.created_count(), 10);
  EXPECT_EQ(imported.progress.units_durable(), 0);
  v1::GetMemoryRequest request;
  request.set_name("memories/press");
  ClientContext context;
  v1::Memory memory;
  EXPECT_THAT(memories_->GetMemory(&context, request, &memory),
              RpcFails(StatusCode::NOT_FOUND, "MEMORY_NOT_FOUND"));
}

TEST_F(ImportCall, CheckingSeesWhatIsThere) {
  Import(ConfigMessage(v1::TSV), Tsv(10));
  v1::ImportUnitsRequest config = ConfigMessage(v1::TSV);
  config.mutable_config()->set_validate_only(true);
  const Imported imported = Import(config, Tsv(12));
  EXPECT_EQ(imported.report.duplicate_count(), 10);
  EXPECT_EQ(imported.report.created_count(), 2);
}

TEST_F(ImportCall, AFileWithoutUnitsMakesTheMemoryToo) {
  const Imported imported = Import(ConfigMessage(v1::TSV), Tsv(0));
  ASSERT_THAT(imported.status, RpcOk());
  EXPECT_EQ(imported.report.read_count(), 0);
  EXPECT_EQ(GetMemory("memories/press").unit_count(), 0);
}

TEST_F(ImportCall, ReadsMosesTextInTheLanguagesThatItIsTold) {
  v1::ImportUnitsRequest config = ConfigMessage(v1::MOSES);
  EXPECT_THAT(Import(config, "a\nb\n").status,
              NamesFields(ElementsAre("config.default_language_codes")));
  config.mutable_config()->add_default_language_codes("zh");
  config.mutable_config()->add_default_language_codes("en");
  const Imported imported = Import(config, "a\nb\n\nc\nd\n");
  EXPECT_THAT(imported.status,
              RpcFails(StatusCode::INVALID_ARGUMENT, "FILE_MALFORMED"));
  EXPECT_EQ(imported.report.created_count(), 1);
  EXPECT_EQ(imported.report.skipped_count(), 1);
  ASSERT_THAT(imported.problems, SizeIs(1));
  EXPECT_EQ(imported.problems[0].reason(), "TRANSLATION_MISSING");
  EXPECT_EQ(imported.problems[0].line(), 2);
}

TEST_F(ImportCall, ReportsWhatTheClientFoundFirst) {
  v1::ImportUnitsRequest config = ConfigMessage(v1::MOSES);
  config.mutable_config()->add_default_language_codes("en");
  config.mutable_config()->add_default_language_codes("es");
  v1::ImportProblem& known = *config.mutable_config()->add_problems();
  known.set_reason("not a reason");
  EXPECT_THAT(Import(config, "a\nb\n").status,
              NamesFields(ElementsAre("config.problems[0].reason")));
  known.set_reason("TEXT_MENDED");
  known.set_message("a byte was mended");
  known.set_file("news.es");
  known.set_line(7);
  const Imported imported = Import(config, "a\nb\nc\n\n");
  ASSERT_THAT(imported.status, RpcOk());
  EXPECT_EQ(imported.report.warning_count(), 1);
  EXPECT_EQ(imported.report.read_count(), 2);
  ASSERT_THAT(imported.report.problems(), SizeIs(2));
  EXPECT_EQ(imported.report.problems(0).kind(), v1::ImportProblem::WARNING);
  EXPECT_EQ(imported.report.problems(0).reason(), "TEXT_MENDED");
  EXPECT_EQ(imported.report.problems(0).file(), "news.es");
  EXPECT_EQ(imported.report.problems(0).line(), 7);
  EXPECT_EQ(imported.report.problems(1).reason(), "TRANSLATION_MISSING");
}

TEST_F(ImportCall, NeedsItsConfigFirst) {
  for (const auto& messages :
       {std::vector<v1::ImportUnitsRequest>{},
        std::vector<v1::ImportUnitsRequest>{ChunkMessage("en\tes\n")}}) {
    EXPECT_THAT(Send(messages).status, RpcFails(StatusCode::INVALID_ARGUMENT,
                                                "IMPORT_CONFIG_MISSING"));
  }
}

TEST_F(ImportCall, ConfigNamesEveryWrongField) {
  v1::ImportUnitsRequest request;
  v1::ImportConfig& config = *request.mutable_config();
  config.set_memory("press");
  config.set_format(static_cast<v1::FileFormat>(9));
  config.set_write_mode(static_cast<v1::WriteMode>(9));
  config.set_default_state(static_cast<v1::Unit::State>(9));
  config.set_total_bytes(-1);
  EXPECT_THAT(Send({request}).status,
              NamesFields(ElementsAre(
                  "config.memory", "config.format", "config.write_mode",
                  "config.default_state", "config.total_bytes")));
}

TEST_F(ImportCall, RefusesASecondConfigAndLargeChunks) {
  const v1::ImportUnitsRequest config = ConfigMessage(v1::TSV);
  EXPECT_THAT(Send({config, config}).status, NamesFields(ElementsAre("chunk")));
  EXPECT_THAT(
      Send({config, ChunkMessage(std::string(kMaxChunkBytes + 1, 'x'))}).status,
      NamesFields(ElementsAre("chunk")));
}

TEST_F(ImportCall, EmptyChunksDoNotEndTheFile) {
  const Imported imported =
      Send({ConfigMessage(v1::TSV), ChunkMessage("en\tes\nHello\t"),
            ChunkMessage(""), ChunkMessage("Hola\n")});
  ASSERT_THAT(imported.status, RpcOk());
  EXPECT_EQ(imported.report.created_count(), 1);
}

TEST_F(ImportCall, TellsHowFarItIsWhileTheClientIsSlow) {
  ClientContext context;
  std::unique_ptr<Stream> stream = memories_->ImportUnits(&context);
  ASSERT_TRUE(stream->Write(ConfigMessage(v1::TSV)));
  ASSERT_TRUE(stream->Write(ChunkMessage("en\tes\nHello\tHola\n")));
  const auto start = std::chrono::steady_clock::now();
  v1::ImportUnitsResponse response;
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_LE(std::chrono::steady_clock::now() - start, std::chrono::seconds(1));
  EXPECT_EQ(response.progress().bytes_read(), 17);
  stream->WritesDone();
  const Imported imported = ReadAll(*stream);
  EXPECT_THAT(imported.status, RpcOk());
  EXPECT_EQ(imported.report.created_count(), 1);
}

TEST_F(ImportCall, ABrokenOffFileIsNotTakenForAWholeOne) {
  // The last line is cut: "Hola mundo" became "Ho".
  for (int i = 0; i < 50; ++i) {
    ClientContext context;
    std::unique_ptr<Stream> stream = memories_->ImportUnits(&context);
    ASSERT_TRUE(stream->Write(ConfigMessage(v1::TSV)));
    ASSERT_TRUE(
        stream->Write(ChunkMessage(fmt::format("en\tes\nHello {}\tHo", i))));
    context.TryCancel();
    EXPECT_EQ(ReadAll(*stream).status.error_code(), StatusCode::CANCELLED);
  }
  service_->Drain();
  service_.reset();
  StatusOr<std::unique_ptr<Service>> service =
      Service::Start({.data = directory_.path(), .listen = "none"});
  ASSERT_TRUE(service.ok()) << service.status();
  auto stub = v1::ServerService::NewStub((*service)->InProcessChannel());
  ClientContext context;
  v1::ServerInfo info;
  ASSERT_THAT(stub->GetServerInfo(&context, {}, &info), RpcOk());
  EXPECT_EQ(info.unit_count(), 0);
}

TEST_F(ImportCall, HonoursADeadline) {
  ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() +
                       std::chrono::milliseconds(200));
  std::unique_ptr<Stream> stream = memories_->ImportUnits(&context);
  stream->Write(ConfigMessage(v1::TSV));
  // Never ends its file.
  EXPECT_EQ(ReadAll(*stream).status.error_code(),
            StatusCode::DEADLINE_EXCEEDED);
}

}  // namespace
}  // namespace tercet
