#include "service/http/multipart.h"

#include <gtest/gtest.h>

#include "tests/support/matchers.h"

namespace tercet::http {
namespace {

constexpr std::string_view kType = "multipart/form-data; boundary=\"X\"";
constexpr std::string_view kBody =
    "preamble\r\n--X\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\n"
    "press\r\n--X\r\nContent-Disposition: form-data; name=\"tmx\"; "
    "filename=\"a.tmx\"\r\nContent-Type: text/xml\r\n\r\n<a>\r\n--Y\r\n</a>"
    "\r\n--X\r\nContent-Disposition: form-data; name=\"empty\"\r\n\r\n"
    "\r\n--X--\r\nepilogue";

struct Read {
  Status status;
  Parameters fields;
  std::string file;
};

Read ReadInPieces(std::string_view type, std::string_view body, size_t size) {
  Read read;
  MultipartReader reader(type, [&read](std::string_view bytes, const auto&) {
    read.file += bytes;
    return OkStatus();
  });
  for (size_t i = 0; i < body.size() && read.status.ok(); i += size) {
    read.status = reader.Add(body.substr(i, size));
  }
  if (read.status.ok()) read.status = reader.Finish();
  read.fields = reader.fields();
  return read;
}

TEST(MultipartReader, ReadsTheSameInPiecesOfAnySize) {
  for (size_t size = 1; size <= kBody.size(); ++size) {
    const Read read = ReadInPieces(kType, kBody, size);
    EXPECT_TRUE(read.status.ok()) << read.status << ", pieces of " << size;
    EXPECT_EQ(read.fields, (Parameters{{"key", "press"}, {"empty", ""}}));
    EXPECT_EQ(read.file, "<a>\r\n--Y\r\n</a>");
  }
}

TEST(MultipartReader, WantsTheEnd) {
  const Read read = ReadInPieces(kType, kBody.substr(0, 150), 16);
  EXPECT_EQ(GetDetails(read.status).reason, "HTTP_MULTIPART_INVALID");
}

TEST(MultipartReader, WantsABoundary) {
  const Read read = ReadInPieces("multipart/form-data", kBody, 16);
  EXPECT_EQ(GetDetails(read.status).reason, "HTTP_MULTIPART_INVALID");
}

TEST(MultipartReader, BoundsFieldsAndHeads) {
  const std::string head =
      "--X\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n";
  const Read field =
      ReadInPieces(kType, head + std::string(100'000, 'x'), 1000);
  EXPECT_EQ(GetDetails(field.status).reason, "HTTP_MULTIPART_INVALID");
  const Read endless =
      ReadInPieces(kType, "--X\r\n" + std::string(100'000, 'x'), 1000);
  EXPECT_EQ(GetDetails(endless.status).reason, "HTTP_MULTIPART_INVALID");
}

}  // namespace
}  // namespace tercet::http
