// ExportUnits, and that imports read what it writes.
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "service/model/limits.h"
#include "tests/rpc/rpc_fixture.h"

namespace tercet {
namespace {

using grpc::ClientContext;
using grpc::StatusCode;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Le;
using testing::Not;
using testing::SizeIs;

struct Exported {
  grpc::Status status;
  std::string file;
  std::vector<size_t> chunk_sizes;
  int64_t unit_count = -1;
  int64_t left_out_count = -1;
  int64_t changed_text_count = -1;
};

class ExportCall : public RpcTest {
 protected:
  static v1::ExportUnitsRequest Request(v1::FileFormat format) {
    v1::ExportUnitsRequest request;
    request.set_memory("memories/press");
    request.set_format(format);
    return request;
  }

  Exported Export(const v1::ExportUnitsRequest& request) {
    ClientContext context;
    auto stream = memories_->ExportUnits(&context, request);
    Exported exported;
    for (v1::ExportUnitsResponse response; stream->Read(&response);) {
      exported.file += response.chunk();
      exported.chunk_sizes.push_back(response.chunk().size());
      exported.unit_count = response.unit_count();
      exported.left_out_count = response.left_out_count();
      exported.changed_text_count = response.changed_text_count();
    }
    exported.status = stream->Finish();
    return exported;
  }

  void Import(const std::string& memory, v1::FileFormat format,
              const std::string& file) {
    ClientContext context;
    auto stream = memories_->ImportUnits(&context);
    v1::ImportUnitsRequest request;
    request.mutable_config()->set_memory(memory);
    request.mutable_config()->set_format(format);
    stream->Write(request);
    for (size_t i = 0; i < file.size(); i += kMaxChunkBytes) {
      request.set_chunk(file.substr(i, kMaxChunkBytes));
      stream->Write(request);
    }
    stream->WritesDone();
    for (v1::ImportUnitsResponse response; stream->Read(&response);) {
      EXPECT_FALSE(response.has_problem()) << response.DebugString();
    }
    ASSERT_THAT(stream->Finish(), RpcOk());
  }
};

v1::Unit RichUnit() {
  v1::Unit unit = MakeUnit("Press the button now", "Pulse el botón ahora");
  v1::InlineCode& open = *unit.mutable_variants(1)->add_codes();
  open.set_kind(v1::InlineCode::BEGIN_PAIRED);
  open.set_offset(9);
  open.set_content("<b>");
  v1::Property& number = *open.add_attributes();
  number.set_type("i");
  number.set_value("1");
  v1::InlineCode& close = *unit.mutable_variants(1)->add_codes();
  close.set_kind(v1::InlineCode::END_PAIRED);
  close.set_offset(14);
  close.set_content("</b>");
  *close.add_attributes() = number;
  unit.set_external_id("tu-7");
  unit.add_notes("a note");
  return unit;
}

TEST_F(ExportCall, WritesEveryFormatThatImportsRead) {
  CreateMemory("press");
  CreateUnit("memories/press", RichUnit());
  CreateUnit("memories/press", MakeUnit("Hello", "Hola"));
  int copies = 0;
  for (v1::FileFormat format : {v1::TMX, v1::JSONL}) {
    const Exported exported = Export(Request(format));
    ASSERT_THAT(exported.status, RpcOk());
    EXPECT_EQ(exported.unit_count, 2);
    const std::string copy = "memories/copy" + std::to_string(++copies);
    Import(copy, format, exported.file);
    v1::ExportUnitsRequest again = Request(format);
    again.set_memory(copy);
    EXPECT_EQ(Export(again).file, exported.file);
    EXPECT_EQ(GetMemory(copy).unit_count(), 2);
  }
}

TEST_F(ExportCall, ATableHasAllLanguagesByCode) {
  CreateMemory("press");
  CreateUnit("memories/press", MakeUnit("Hello", "Hola"));
  v1::Unit chinese = MakeUnit("Bye", "Adiós");
  chinese.mutable_variants(1)->set_language_code("zh_cn");
  CreateUnit("memories/press", chinese);
  const Exported exported = Export(Request(v1::TSV));
  ASSERT_THAT(exported.status, RpcOk());
  EXPECT_THAT(exported.file, testing::StartsWith("en\tes\tzh-CN\n"));
  EXPECT_EQ(exported.unit_count, 2);
}

TEST_F(ExportCall, ACsvTableHasAllLanguagesByCode) {
  CreateMemory("press");
  CreateUnit("memories/press", MakeUnit("Hello, you", "Hola"));
  const Exported exported = Export(Request(v1::CSV));
  ASSERT_THAT(exported.status, RpcOk());
  EXPECT_EQ(exported.file, "en,es\r\n\"Hello, you\",Hola\r\n");
  Import("memories/copy", v1::CSV, exported.file);
  v1::ExportUnitsRequest again = Request(v1::CSV);
  again.set_memory("memories/copy");
  EXPECT_EQ(Export(again).file, exported.file);
}

TEST_F(ExportCall, MosesTextHasTheLinesOfTheLanguagesInTurn) {
  CreateMemory("press");
  CreateUnit("memories/press", MakeUnit("Hello\nyou", "Hola"));
  v1::Unit chinese = MakeUnit("Bye", "Adiós");
  chinese.mutable_variants(1)->set_language_code("zh_cn");
  CreateUnit("memories/press", chinese);
  v1::ExportUnitsRequest request = Request(v1::MOSES);
  request.add_language_codes("es");
  EXPECT_THAT(Export(request).status,
              NamesFields(ElementsAre("language_codes")));
  request.add_language_codes("en");
  const Exported exported = Export(request);
  ASSERT_THAT(exported.status, RpcOk());
  EXPECT_EQ(exported.file, "Hola\nHello you\n");
  EXPECT_EQ(exported.unit_count, 1);
  EXPECT_EQ(exported.left_out_count, 1);
  EXPECT_EQ(exported.changed_text_count, 1);
  request.set_language_codes(0, "zh");
  EXPECT_EQ(Export(request).file, "Adiós\nBye\n");
}

TEST_F(ExportCall, WritesOnlyTheLanguagesAsked) {
  CreateMemory("press");
  CreateUnit("memories/press", MakeUnit("Hello", "Hola"));
  v1::Unit english;
  english.add_variants()->set_language_code("en");
  english.mutable_variants(0)->set_text("Bye");
  CreateUnit("memories/press", english);
  v1::ExportUnitsRequest request = Request(v1::JSONL);
  request.add_language_codes("ES");
  const Exported exported = Export(request);
  ASSERT_THAT(exported.status, RpcOk());
  EXPECT_EQ(exported.unit_count, 1);
  EXPECT_THAT(exported.file, HasSubstr("Hola"));
  EXPECT_THAT(exported.file, Not(HasSubstr("Hello")));
}

TEST_F(ExportCall, WritesALanguageUnderItsTags) {
  CreateMemory("press");
  v1::Unit chinese = MakeUnit("Rose.", "上升。");
  chinese.mutable_variants(1)->set_language_code("zh-CN");
  chinese.add_variants()->set_language_code("zh-TW");
  chinese.mutable_variants(2)->set_text("上昇。");
  CreateUnit("memories/press", chinese);
  v1::ExportUnitsRequest request = Request(v1::TSV);
  request.add_language_codes("zh-Hans");
  request.add_language_codes("es");
  // A table has the columns that are asked for; other formats tell the tags.
  EXPECT_EQ(Export(request).file, "zh-Hans\tes\n上升。\t\n");
  request.set_format(v1::JSONL);
  EXPECT_THAT(Export(request).file,
              AllOf(HasSubstr("zh-CN"), Not(HasSubstr("zh-TW"))));
  request.set_language_codes(0, "zh");
  EXPECT_THAT(Export(request).file,
              AllOf(HasSubstr("zh-CN"), HasSubstr("zh-TW")));
}

TEST_F(ExportCall, CutsLargeFilesIntoChunks) {
  CreateMemory("press");
  for (int i = 0; i < 20; ++i) {
    CreateUnit("memories/press",
               MakeUnit(std::to_string(i) + std::string(100'000, 'x'), "Hola"));
  }
  const Exported exported = Export(Request(v1::TMX));
  ASSERT_THAT(exported.status, RpcOk());
  EXPECT_GT(exported.file.size(), 2'000'000u);
  EXPECT_GT(exported.chunk_sizes.size(), 2u);
  EXPECT_THAT(exported.chunk_sizes, Each(Le(kMaxChunkBytes)));
  EXPECT_EQ(exported.unit_count, 20);
}

TEST_F(ExportCall, AnEmptyMemoryGivesAnEmptyFile) {
  CreateMemory("press");
  const Exported exported = Export(Request(v1::JSONL));
  ASSERT_THAT(exported.status, RpcOk());
  EXPECT_EQ(exported.file, "");
  EXPECT_EQ(exported.unit_count, 0);
}

TEST_F(ExportCall, ChecksTheRequest) {
  v1::ExportUnitsRequest request;
  request.set_memory("memories/-");
  request.add_language_codes("?");
  EXPECT_THAT(
      Export(request).status,
      NamesFields(ElementsAre("memory", "format", "language_codes[0]")));
  EXPECT_THAT(Export(Request(v1::TMX)).status,
              RpcFails(StatusCode::NOT_FOUND, "MEMORY_NOT_FOUND"));
}

TEST_F(ExportCall, HonoursAPassedDeadline) {
  CreateMemory("press");
  ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() -
                       std::chrono::seconds(1));
  auto stream = memories_->ExportUnits(&context, Request(v1::TMX));
  v1::ExportUnitsResponse response;
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_EQ(stream->Finish().error_code(), StatusCode::DEADLINE_EXCEEDED);
}

}  // namespace
}  // namespace tercet
