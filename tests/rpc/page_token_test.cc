#include "service/rpc/page_token.h"

#include <gtest/gtest.h>

#include <optional>
#include <random>
#include <string>

namespace tercet {
namespace {

TEST(PageToken, IsBase64Url) {
  // RFC 4648, section 10, without padding.
  const struct {
    std::string bytes;
    std::string token;
  } kCases[] = {{"", ""},
                {"f", "Zg"},
                {"fo", "Zm8"},
                {"foo", "Zm9v"},
                {"foob", "Zm9vYg"},
                {"fooba", "Zm9vYmE"},
                {"foobar", "Zm9vYmFy"},
                {"\xFB\xFF", "-_8"}};
  for (const auto& [bytes, token] : kCases) {
    EXPECT_EQ(EncodePageToken(bytes), token);
    EXPECT_EQ(DecodePageToken(token), bytes);
  }
}

TEST(PageToken, RefusesWhatItNeverGives) {
  for (const std::string token : {"Z", "Zg==", "Zm9v YmFy", "Zh", "+/8"}) {
    EXPECT_EQ(DecodePageToken(token), std::nullopt) << token;
  }
}

TEST(PageToken, KeepsAnyBytes) {
  std::mt19937 random(1);
  for (int i = 0; i < 1000; ++i) {
    std::string bytes(random() % 20, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    EXPECT_EQ(DecodePageToken(EncodePageToken(bytes)), bytes) << i;
  }
}

}  // namespace
}  // namespace tercet
