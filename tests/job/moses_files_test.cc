// Files of Moses text: one stream for imports, and back.
#include <fstream>
#include <string>
#include <vector>

#include "client/job/moses_sink.h"
#include "client/job/moses_source.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/base/files.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace tercet {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

class MosesFiles : public ::testing::Test {
 protected:
  std::string Put(const std::string& name, std::string_view bytes) {
    std::ofstream(folder_.Join(name), std::ios::binary) << bytes;
    return folder_.Join(name);
  }

  std::string Get(const std::string& name) {
    std::ifstream file(folder_.Join(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  TempDir folder_;
};

// All that the source gives, in pieces of a few bytes.
StatusOr<std::string> ReadSource(MosesSource& source) {
  std::string all;
  char buffer[5];
  while (true) {
    ASSIGN_OR_RETURN(const size_t count,
                     source.Read(buffer, std::stop_token()));
    if (count == 0) return all;
    all.append(buffer, count);
  }
}

StatusOr<std::string> ReadFiles(std::vector<MosesFile> files) {
  ASSIGN_OR_RETURN(const std::unique_ptr<MosesSource> source,
                   MosesSource::Open(std::move(files)));
  ASSIGN_OR_RETURN(std::string all, ReadSource(*source));
  EXPECT_EQ(static_cast<size_t>(source->total_bytes()), all.size());
  return all;
}

TEST_F(MosesFiles, GivesTheirLinesInTurn) {
  EXPECT_THAT(ReadFiles({{"en", Put("a.en", "one\ntwo\n")},
                         {"zh", Put("a.zh", "一\r\n二")},
                         {"es", Put("a.es", "\xEF\xBB\xBFuno\n\n")}}),
              IsOkAndHolds("one\n一\r\nuno\ntwo\n二\n\n"));
  EXPECT_THAT(ReadFiles({{"en", Put("b.en", "")}, {"zh", Put("b.zh", "")}}),
              IsOkAndHolds(""));
}

TEST_F(MosesFiles, NamesTheFileThatHasFewerLines) {
  const std::string longer = Put("a.en", "one\ntwo\nthree\n");
  const std::string shorter = Put("a.zh", "一\n");
  for (const auto& files :
       {std::vector<MosesFile>{{"en", longer}, {"zh", shorter}},
        std::vector<MosesFile>{{"zh", shorter}, {"en", longer}}}) {
    const Status error = MosesSource::Open(files).status();
    EXPECT_THAT(error, ReasonIs("FILE_MALFORMED"));
    EXPECT_THAT(error, StatusIs(StatusCode::kInvalidArgument,
                                HasSubstr(shorter + ":2: ")));
    EXPECT_THAT(std::string(MessageOf(error)),
                HasSubstr(longer + " has 3 lines"));
    EXPECT_EQ(GetDetails(error).metadata.at("line"), "2");
    EXPECT_EQ(GetDetails(error).metadata.at("path"), shorter);
  }
}

TEST_F(MosesFiles, NamesALineThatIsTooLong) {
  const std::string longest =
      Put("a.en", "one\n" + std::string(17 << 20, 'x') + "\n");
  EXPECT_THAT(
      MosesSource::Open({{"en", longest}, {"es", Put("a.es", "a\nb\n")}}),
      StatusIs(StatusCode::kInvalidArgument, HasSubstr(longest + ":2: ")));
}

TEST_F(MosesFiles, NamesAFileThatCannotBeRead) {
  const Status error =
      MosesSource::Open({{"en", Put("a.en", "a\n")}, {"es", "/no/such"}})
          .status();
  EXPECT_THAT(error, ReasonIs("FILE_UNREADABLE"));
  EXPECT_THAT(std::string(MessageOf(error)), HasSubstr("/no/such"));
}

TEST_F(MosesFiles, ReadsAnyEncodingAndTellsWhatWasMended) {
  const std::string wide = Put("a.en", std::string_view("\xFF\xFE"
                                                        "a\0\n\0b\0\n\0",
                                                        10));
  // Plainly UTF-8 but for one byte.
  const std::string spanish = "El niño está aquí, señor, mañana o pasado.";
  const std::string mended =
      Put("a.es", spanish + " " + spanish + "\nni\xF1o\n");
  StatusOr<std::unique_ptr<MosesSource>> source =
      MosesSource::Open({{"en", wide}, {"es", mended}});
  ASSERT_THAT(source, IsOk());
  EXPECT_THAT(ReadSource(**source),
              IsOkAndHolds("a\n" + spanish + " " + spanish + "\nb\nniño\n"));
  ASSERT_THAT((*source)->problems(), SizeIs(1));
  EXPECT_EQ((*source)->problems()[0].reason, "TEXT_MENDED");
  EXPECT_EQ((*source)->problems()[0].file, mended);
  EXPECT_EQ((*source)->problems()[0].line, 2);
}

std::vector<std::string> Paths(const TempDir& folder) {
  return {folder.Join("out.en"), folder.Join("out.zh")};
}

TEST_F(MosesFiles, SplitsAStreamInAnyPieces) {
  const std::string stream = "one\n一\ntwo\n二\n";
  for (size_t size = 1; size <= stream.size(); ++size) {
    StatusOr<std::unique_ptr<MosesSink>> sink =
        MosesSink::Open(Paths(folder_), Compression::kNone);
    ASSERT_THAT(sink, IsOk());
    for (size_t i = 0; i < stream.size(); i += size) {
      ASSERT_THAT((*sink)->Write(stream.substr(i, size)), IsOk());
    }
    ASSERT_THAT((*sink)->Finish(), IsOk());
    EXPECT_EQ(Get("out.en"), "one\ntwo\n");
    EXPECT_EQ(Get("out.zh"), "一\n二\n");
  }
}

TEST_F(MosesFiles, LeavesNothingWhereItIsNotFinished) {
  {
    StatusOr<std::unique_ptr<MosesSink>> sink =
        MosesSink::Open(Paths(folder_), Compression::kNone);
    ASSERT_THAT(sink, IsOk());
    ASSERT_THAT((*sink)->Write("one\n"), IsOk());
  }
  EXPECT_EQ(Get("out.en"), "");
  EXPECT_EQ(Get("out.en.part"), "");
}

TEST_F(MosesFiles, CompressedFilesComeBack) {
  const std::string stream = "one\n一\ntwo\n二\n";
  for (const Compression compression :
       {Compression::kGzip, Compression::kZstd}) {
    StatusOr<std::unique_ptr<MosesSink>> sink =
        MosesSink::Open(Paths(folder_), compression);
    ASSERT_THAT(sink, IsOk());
    ASSERT_THAT((*sink)->Write(stream), IsOk());
    ASSERT_THAT((*sink)->Finish(), IsOk());
    EXPECT_NE(Get("out.en"), "one\ntwo\n");
    EXPECT_THAT(
        ReadFiles({{"en", Paths(folder_)[0]}, {"zh", Paths(folder_)[1]}}),
        IsOkAndHolds(stream));
  }
}

}  // namespace
}  // namespace tercet
