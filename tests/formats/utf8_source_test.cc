#include "service/formats/utf8_source.h"

#include <limits>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/formats/format_helpers.h"
#include "tests/support/matchers.h"

namespace tercet {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct Decoded {
  std::string text;
  std::vector<std::string> problems;  // line:offset: message
};

Decoded Decode(std::string_view bytes, size_t chunk_bytes = 5,
               std::string_view declared = "",
               std::set<std::string> languages = {}) {
  const auto source = MakeStringSource(bytes, chunk_bytes);
  Utf8Source text(*source, declared, std::move(languages));
  Decoded decoded;
  while (true) {
    const StatusOr<std::string_view> chunk = text.Read();
    EXPECT_THAT(chunk, IsOk());
    if (!chunk.ok() || chunk->empty()) break;
    decoded.text += *chunk;
  }
  while (auto problem = text.TakeProblem(std::numeric_limits<int64_t>::max())) {
    decoded.problems.push_back(std::to_string(problem->line) + ":" +
                               std::to_string(problem->offset) + ": " +
                               problem->message);
  }
  return decoded;
}

// `text` in UTF-16 or UTF-32.
std::string Wide(std::u32string_view text, int unit_bytes, bool big_endian) {
  std::string bytes;
  const auto add = [&](uint32_t unit) {
    for (int i = 0; i < unit_bytes; ++i) {
      const int shift = big_endian ? 8 * (unit_bytes - 1 - i) : 8 * i;
      bytes += static_cast<char>((unit >> shift) & 0xFF);
    }
  };
  for (char32_t c : text) {
    if (unit_bytes == 2 && c > 0xFFFF) {
      add(0xD800 + ((c - 0x10000) >> 10));
      add(0xDC00 + ((c - 0x10000) & 0x3FF));
    } else {
      add(c);
    }
  }
  return bytes;
}

TEST(Utf8Source, GivesUtf8AsItIs) {
  const std::string text = "Año 2026: 贸易额 𝄞\n" + std::string(300, 'x') + "é";
  for (size_t chunk_bytes : {1, 2, 7, 1000}) {
    const Decoded decoded = Decode(text, chunk_bytes);
    EXPECT_EQ(decoded.text, text);
    EXPECT_THAT(decoded.problems, IsEmpty());
  }
}

TEST(Utf8Source, DropsByteOrderMarks) {
  EXPECT_EQ(Decode("\xEF\xBB\xBF\xEF\xBB\xBF"
                   "a")
                .text,
            "a");
  EXPECT_EQ(Decode("").text, "");
}

TEST(Utf8Source, ReadsUtf16AndUtf32WithAndWithoutAMark) {
  const std::u32string text = U"<a>ñ é 中 𝄞</a>\n";
  for (int unit_bytes : {2, 4}) {
    for (bool big_endian : {false, true}) {
      for (bool marked : {false, true}) {
        const std::string bytes =
            Wide((marked ? U"\uFEFF" : U"") + text, unit_bytes, big_endian);
        for (size_t chunk_bytes : {1, 3, 1000}) {
          const Decoded decoded = Decode(bytes, chunk_bytes);
          EXPECT_EQ(decoded.text, "<a>ñ é 中 𝄞</a>\n")
              << unit_bytes << big_endian << marked;
          EXPECT_THAT(decoded.problems, IsEmpty());
        }
      }
    }
  }
}

TEST(Utf8Source, GoesByWhatAnXmlFileDeclares) {
  const std::string head = "<?xml version='1.0' encoding='GB18030'?>";
  EXPECT_EQ(Decode(head + "<a>\xC4\xE3\xBA\xC3</a>").text,
            head + "<a>你好</a>");
  const std::string latin = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>";
  EXPECT_EQ(Decode(latin + "<a>a\xF1o</a>").text, latin + "<a>año</a>");
  const std::string big5 = "<?xml version='1.0' encoding='big5'?>";
  EXPECT_EQ(Decode(big5 + "<a>\xA7\x41\xA6\x6E</a>").text,
            big5 + "<a>你好</a>");
}

TEST(Utf8Source, GoesByWhatAPoFileDeclares) {
  const std::string head =
      "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=GBK\\n\"\n";
  EXPECT_EQ(Decode(head + "msgstr \"\xC4\xE3\xBA\xC3\"").text,
            head + "msgstr \"你好\"");
}

TEST(Utf8Source, GoesByWhatTheCallerSays) {
  EXPECT_EQ(Decode("a\xA4\xA4", 5, "big5").text, "a中");
}

TEST(Utf8Source, NoticesWrongDeclarations) {
  const Decoded utf8 =
      Decode("<?xml version='1.0' encoding='UTF-16'?><a>ñ</a>");
  EXPECT_THAT(utf8.text, HasSubstr("<a>ñ</a>"));
  EXPECT_THAT(utf8.problems, ElementsAre("1:0: declared as UTF-16, but it is "
                                         "not"));
  const Decoded utf16 = Decode(
      Wide(U"\uFEFF<?xml version='1.0' encoding='UTF-8'?><a/>", 2, false));
  EXPECT_THAT(utf16.problems,
              ElementsAre("1:0: declared as UTF-8, but it is UTF-16LE"));
  const Decoded latin = Decode(
      "<?xml version='1.0' encoding='GB18030'?><a>Año ñandú está así "
      "más allá</a>");
  EXPECT_THAT(latin.problems,
              ElementsAre("1:0: declared as GB18030, but it is UTF-8"));
}

TEST(Utf8Source, MendsStrayBytesAmongUtf8) {
  std::string good;
  for (int i = 0; i < 9; ++i) good += "año ñandú está así más allá 中文 ";
  good += "\n";
  const Decoded decoded =
      Decode(good + "a\xF1o \x93x\x94\n" + "b\xE4\xB8 c\xED\xA0\xBD d" +
             "\xED\xA0\xBD\xED\xB8\x80\n");
  EXPECT_EQ(decoded.text, good + "año “x”\nb\uFFFD c\uFFFD d😀\n");
  ASSERT_EQ(decoded.problems.size(), 2);  // Once a line.
  EXPECT_EQ(decoded.problems[0],
            "2:" + std::to_string(good.size() + 1) +
                ": the byte 0xF1 is not UTF-8 and was taken for 'ñ' "
                "(windows-1252)");
  EXPECT_THAT(decoded.problems[1], HasSubstr("cut off"));
}

TEST(Utf8Source, IsNotMisledByZerosBehindAscii) {
  EXPECT_EQ(Decode(std::string_view("a \xC2\xA7:\0\0", 7)).text,
            std::string_view("a \xC2\xA7:\0\0", 7));
  const std::string_view few("a \xE5\xB3\xAB b\0c d e\0f g\0", 17);
  EXPECT_EQ(Decode(few).text, few);
}

TEST(Utf8Source, ChoosesAmongChineseEncodingsByTheBytes) {
  // "Since the beginning of this year the trade of both sides ..." in GB18030.
  const std::string gb =
      "en\tzh\nx\t\xBD\xF1\xC4\xEA\xD2\xD4\xC0\xB4\xA3\xAC\xCB\xAB\xB7\xBD"
      "\xC3\xB3\xD2\xD7\xD4\xF6\xB3\xA4\xB0\xD9\xB7\xD6\xD6\xAE\xCE\xE5"
      "\xA1\xA3\n";
  EXPECT_EQ(Decode(gb, 1000).text,
            "en\tzh\nx\t今年以来，双方贸易增长百分之五。\n");
}

// A few bytes tell little: año was taken for a駉.
TEST(Utf8Source, GoesByTheLanguages) {
  const std::string latin = "a\xF1o \xBF\xC9l?";
  const std::string spanish = "año ¿Él?";
  for (const auto& [before, behind] :
       std::vector<std::pair<std::string, std::string>>{
           {"en\tes\nyear\t", "\n"},
           {"en,es,comment\nyear,", "\n"},
           {"<?xml version=\"1.0\" encoding=\"UTF-8\"?><tmx><tuv "
            "xml:lang=\"es-MX\"><seg>",
            "</seg>"},
           {"<xliff source-language='en' target-language='es'><target>",
            "</target>"},
           {"msgid \"\"\nmsgstr \"Language: es\\n\"\n"
            "\"Content-Type: text/plain; charset=UTF-8\\n\"\nmsgstr \"",
            "\"\n"},
           {"{\"en\": \"year\", \"es\": \"", "\"}\n"}}) {
    EXPECT_EQ(Decode(before + latin + behind, 1000).text,
              before + spanish + behind);
  }
  EXPECT_EQ(Decode(latin, 1000, "", {"es"}).text, spanish);
}

TEST(Utf8Source, KnowsAFewCharactersOfChinese) {
  const std::string head =
      "<?xml version='1.0' encoding='UTF-8'?><tuv xml:lang=\"zh-CN\"><seg>";
  EXPECT_EQ(Decode(head + "\xD6\xD0\xCE\xC4</seg>", 1000).text,
            head + "中文</seg>");
  EXPECT_EQ(Decode(head + "\xA4\xA4\xA4\xE5</seg>", 1000).text,
            head + "中文</seg>");
  // Chinese beside Spanish, in its own encoding.
  const std::string table = "zh\tes\n2008\ta\xF1o\n";
  EXPECT_EQ(Decode(table, 1000).text, "zh\tes\n2008\taño\n");
}

TEST(Utf8Source, NoticesBig5ThatIsCalledGb2312) {
  const Decoded decoded = Decode(
      "<?xml version='1.0' encoding='GB2312'?><a>\xA4\xA4\xA4\xE5\xBB\x4F"
      "\xC6\x57\xAA\xBA\xB7\x73\xBB\x44\xB3\xF8\xBE\xC9</a>");
  EXPECT_THAT(decoded.text, HasSubstr("中文臺灣的新聞報導"));
  EXPECT_THAT(decoded.problems,
              ElementsAre("1:0: declared as GB2312, but it is Big5"));
}

TEST(Utf8Source, TellsBytesThatMeanNothing) {
  const Decoded decoded = Decode(
      "<?xml version='1.0' encoding='GB18030'?>\n<a>\xC4\xE3\xBA\xC3\xFF"
      "\xC4\xE3</a>");
  EXPECT_THAT(decoded.text, HasSubstr("你好\uFFFD你"));
  ASSERT_EQ(decoded.problems.size(), 1);
  EXPECT_THAT(decoded.problems[0],
              HasSubstr("2:50: a byte that means nothing"));
}

TEST(Utf8Source, GivesTheSourcesErrorBehindWhatCameBefore) {
  FailingSource source("añ");
  Utf8Source text(source, "");
  std::string all;
  while (true) {
    const StatusOr<std::string_view> chunk = text.Read();
    if (!chunk.ok()) {
      EXPECT_THAT(chunk, ReasonIs("DISK_GONE"));
      break;
    }
    ASSERT_FALSE(chunk->empty());
    all += *chunk;
  }
  EXPECT_EQ(all, "añ");
}

TEST(DeclaredCharset, ReadsXmlAndPo) {
  EXPECT_EQ(DeclaredCharset("\r\n<?xml version='1.0' encoding = \"Big5\" ?>"),
            "Big5");
  EXPECT_EQ(DeclaredCharset("<?xml version='1.0'?><a encoding='x'/>"), "");
  EXPECT_EQ(DeclaredCharset("# c\nmsgid \"\"\nmsgstr \"charset=CHARSET\\n\""),
            "");
  EXPECT_EQ(DeclaredCharset("charset=x"), "");
}

}  // namespace
}  // namespace tercet
