#include "service/formats/input_reader.h"

#include <cstdlib>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/formats/compress.h"
#include "service/formats/detect_format.h"
#include "service/formats/zip_archive.h"
#include "tests/formats/format_helpers.h"
#include "tests/support/matchers.h"

namespace tercet {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Optional;
using ::testing::SizeIs;

constexpr std::string_view kTsv = "en\tes\na\tñ\n";
constexpr std::string_view kPo =
    "msgid \"\"\nmsgstr \"Language: es\\n\"\n\nmsgid \"a\"\nmsgstr \"b\"\n";

struct Read {
  std::vector<std::string> units;     // file:line: source text
  std::vector<std::string> problems;  // file: reason
  Status end;
};

Read ReadInput(std::string_view bytes, const InputOptions& options = {},
               size_t chunk_bytes = 100) {
  const auto source = MakeStringSource(bytes, chunk_bytes);
  const auto reader = MakeInputReader(*source, options);
  Read read;
  while (true) {
    const StatusOr<std::optional<ReadItem>> item = reader->Next();
    read.end = item.status();
    if (!item.ok() || !item->has_value()) return read;
    if (const auto* unit = std::get_if<ReadUnit>(&**item)) {
      read.units.push_back(unit->file + ":" + std::to_string(unit->line) +
                           ": " + unit->unit.variants[0].segment.text);
    } else {
      const auto& problem = std::get<ReadProblem>(**item);
      read.problems.push_back(problem.file + ": " + problem.reason);
    }
  }
}

class StringSink final : public ByteSink {
 public:
  Status Write(std::string_view bytes) override {
    bytes_ += bytes;
    return OkStatus();
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

std::string Compress(Compression compression, std::string_view bytes) {
  StringSink below;
  const auto sink = MakeCompressingSink(compression, below);
  EXPECT_THAT(sink->Write(bytes), IsOk());
  EXPECT_THAT(sink->Finish(), IsOk());
  return below.bytes();
}

void AppendNumber(std::string& out, uint32_t number, int bytes) {
  for (int i = 0; i < bytes; ++i) {
    out += static_cast<char>((number >> (8 * i)) & 0xFF);
  }
}

// A zip file with the raw deflate stream that is in a gzip file.
struct Entry {
  std::string name;
  std::string content;
};
std::string Zip(const std::vector<Entry>& entries) {
  std::string zip;
  for (const Entry& entry : entries) {
    const std::string gzip = Compress(Compression::kGzip, entry.content);
    const std::string deflated = gzip.substr(10, gzip.size() - 18);
    zip += "PK\x03\x04";
    AppendNumber(zip, 20, 2);                // Version.
    AppendNumber(zip, 0, 2);                 // Flags.
    AppendNumber(zip, 8, 2);                 // Deflated.
    AppendNumber(zip, 0, 4);                 // Time.
    zip += gzip.substr(gzip.size() - 8, 4);  // The same CRC.
    AppendNumber(zip, static_cast<uint32_t>(deflated.size()), 4);
    AppendNumber(zip, static_cast<uint32_t>(entry.content.size()), 4);
    AppendNumber(zip, static_cast<uint32_t>(entry.name.size()), 2);
    AppendNumber(zip, 0, 2);
    zip += entry.name + deflated;
  }
  zip += "PK\x05\x06" + std::string(18, '\0');
  return zip;
}

TEST(DetectFormat, GoesByTheContent) {
  struct Case {
    std::string_view head;
    FileFormat format;
  } kCases[] = {
      {"\r\n<?xml version='1.0'?><!DOCTYPE tmx SYSTEM 'x'><TMX>",
       FileFormat::kTmx},
      {"<x:xliff version='1.2'>", FileFormat::kXliff},
      {"{\"en\": 1}", FileFormat::kJsonLines},
      {"# c\n\nmsgid \"\"\n", FileFormat::kPo},
      {"#. c\r\nmsgctxt \"\"\n", FileFormat::kPo},
      {"en\tzh\na\tb", FileFormat::kTsv},
      {"en,zh\n", FileFormat::kCsv},
      {"\"English\";\"Spanish\"\r\n", FileFormat::kCsv},
      {"sep=|\nen|es", FileFormat::kCsv},
  };
  for (const Case& c : kCases) {
    // A name does not change it.
    EXPECT_THAT(DetectFormat(c.head, "", {}), Optional(c.format)) << c.head;
    EXPECT_THAT(DetectFormat(c.head, "x.pot.txt", {}), Optional(c.format));
  }
  EXPECT_EQ(DetectFormat("Hello, world\n", "", {}), std::nullopt);
  EXPECT_EQ(DetectFormat("<html>", "", {}), std::nullopt);
  EXPECT_THAT(DetectFormat("", "a.tmx", {}), Optional(FileFormat::kTmx));
  EXPECT_THAT(
      DetectFormat("a\tb", "", {.default_languages = {Tag("en"), Tag("es")}}),
      Optional(FileFormat::kTsv));
}

TEST(InputReader, ReadsPlainAndCompressedFiles) {
  for (const Compression compression :
       {Compression::kNone, Compression::kGzip, Compression::kZstd}) {
    for (const size_t chunk_bytes : {1, 7, 1000}) {
      const Read read =
          ReadInput(Compress(compression, kTsv), {.name = "x"}, chunk_bytes);
      EXPECT_THAT(read.end, IsOk());
      EXPECT_THAT(read.units, ElementsAre(":2: a"));
    }
  }
  const std::string gzip = Compress(Compression::kGzip, kTsv.substr(0, 6));
  EXPECT_THAT(
      ReadInput(gzip + Compress(Compression::kGzip, kTsv.substr(6))).units,
      SizeIs(1));
}

TEST(InputReader, ReadsEachFileOfAnArchive) {
  const std::string zip = Zip({{"a/b.tsv", std::string(kTsv)},
                               {"c.po.gz", Compress(Compression::kGzip, kPo)},
                               {"../d.tsv", std::string(kTsv)},
                               {"__MACOSX/a", "x"},
                               {"a/.DS_Store", "x"},
                               {"readme.txt", "Hello\n"}});
  for (const size_t chunk_bytes : {1, 13, 100'000}) {
    const Read read = ReadInput(zip, {.name = "all.zip"}, chunk_bytes);
    EXPECT_THAT(read.end, IsOk());
    EXPECT_THAT(read.units, ElementsAre("a/b.tsv:2: a", "c.po.gz:4: a"));
    EXPECT_THAT(read.problems, ElementsAre("../d.tsv: ARCHIVE_FILE_REFUSED",
                                           "readme.txt: FILE_FORMAT_UNKNOWN"));
  }
}

TEST(InputReader, FailsWhereNoFileOfAnArchiveCanBeRead) {
  EXPECT_THAT(ReadInput(Zip({{"a.txt", "Hello\n"}})).end,
              ReasonIs("FILE_FORMAT_UNKNOWN"));
}

// What was whole is there, and the end tells of it, as where it is alone.
TEST(InputReader, FailsAtTheEndWhereAFileOfAnArchiveWasCutOff) {
  const Read read = ReadInput(Zip({{"readme.txt", "Hello\n"},
                                   {"a.tmx", "<tmx><body><tu>"},
                                   {"b.tsv", std::string(kTsv)}}));
  EXPECT_THAT(read.units, ElementsAre("b.tsv:2: a"));
  EXPECT_THAT(read.end, ReasonIs("FILE_MALFORMED"));
  EXPECT_THAT(read.problems, SizeIs(2));
}

TEST(InputReader, RefusesDamagedFiles) {
  std::string gzip = Compress(Compression::kGzip, kTsv);
  EXPECT_THAT(ReadInput(gzip.substr(0, gzip.size() - 9)).end,
              ReasonIs("ARCHIVE_INVALID"));
  gzip[gzip.size() - 6] ^= 1;  // The checksum.
  EXPECT_THAT(ReadInput(gzip).end, ReasonIs("ARCHIVE_INVALID"));
  std::string zstd = Compress(Compression::kZstd, kTsv);
  const Status cut = ReadInput(zstd.substr(0, zstd.size() - 5)).end;
  EXPECT_THAT(cut, ReasonIs("ARCHIVE_INVALID"));
  EXPECT_THAT(std::string(MessageOf(cut)),
              HasSubstr("cut off, after 10 bytes of its content"));
  zstd.back() ^= 1;
  EXPECT_THAT(ReadInput(zstd).end, ReasonIs("ARCHIVE_INVALID"));
  const std::string zip = Zip({{"a.tsv", std::string(kTsv)}});
  EXPECT_THAT(ReadInput(zip.substr(0, 45)).end, ReasonIs("ARCHIVE_INVALID"));
}

TEST(InputReader, RefusesBombs) {
  std::string text(kTsv);
  text += std::string(100 << 20, '\n');
  for (const Compression compression :
       {Compression::kGzip, Compression::kZstd}) {
    const Read read = ReadInput(Compress(compression, text), {}, 4096);
    EXPECT_THAT(read.end, StatusIs(StatusCode::kInvalidArgument,
                                   HasSubstr("expands to more than 250")));
  }
  EXPECT_THAT(ReadInput(Zip({{"a.tsv", text}}), {}, 4096).end,
              ReasonIs("ARCHIVE_INVALID"));
}

TEST(InputReader, NamesWhatItReads) {
  EXPECT_THAT(ReadInput("Hello\n", {.name = "x.txt"}).end,
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("'x.txt'")));
}

TEST(InputReader, GoesByTheFormatThatIsAskedFor) {
  EXPECT_THAT(ReadInput(kTsv, {.format = FileFormat::kTmx}).end,
              ReasonIs("FILE_MALFORMED"));
}

TEST(InputReader, GivesTheSourcesError) {
  FailingSource source("a");
  EXPECT_THAT(MakeInputReader(source, {})->Next(), ReasonIs("DISK_GONE"));
}

TEST(PlainArchiveName, RefusesWhatLeadsElsewhere) {
  for (const std::string_view name : {"a", "a/b.tmx", "中.po", "..a/b"}) {
    EXPECT_TRUE(IsPlainArchiveName(name)) << name;
  }
  for (const std::string_view name :
       {"", "/a", "../a", "a/../b", "a\\..\\b", "C:\\a", "\\a"}) {
    EXPECT_FALSE(IsPlainArchiveName(name)) << name;
  }
}

TEST(DescribeInput, NamesTheFormatThatIsRead) {
  EXPECT_EQ(DescribeInput(kTsv, {}), "tsv");
  EXPECT_EQ(DescribeInput(kPo, {.name = "a.tsv"}), "po");
  EXPECT_EQ(DescribeInput("\"a\n\"", {.name = "a.csv"}), "csv");
  EXPECT_EQ(DescribeInput(kTsv, {.format = FileFormat::kCsv}), "csv");
  EXPECT_EQ(DescribeInput("PK\x03\x04...", {}), "zip archive");
  EXPECT_EQ(DescribeInput("Hello.", {.name = "a.txt"}), "unknown format");
  StringSink packed;
  const auto gzip = MakeCompressingSink(Compression::kGzip, packed);
  EXPECT_THAT(gzip->Write(kTsv), IsOk());
  EXPECT_THAT(gzip->Finish(), IsOk());
  EXPECT_EQ(DescribeInput(packed.bytes(), {}), "tsv");
}

}  // namespace
}  // namespace tercet
