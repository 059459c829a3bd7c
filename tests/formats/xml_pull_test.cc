#include "service/formats/xml_pull.h"

#include "fmt/format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/formats/format_helpers.h"
#include "tests/support/matchers.h"

namespace tercet {
namespace {

using ::testing::HasSubstr;

struct Parsed {
  std::string events;  // <a b="c">text</a>, entities that were skipped as {x}.
  Status end;
};

Parsed ParseXml(ByteSource& source) {
  XmlPull xml(source);
  Parsed parsed;
  while (true) {
    StatusOr<const XmlEvent*> event = xml.Next();
    if (!event.ok()) parsed.end = event.status();
    if (!event.ok() || *event == nullptr) return parsed;
    switch ((*event)->kind) {
      case XmlEvent::Kind::kStart:
        parsed.events += fmt::format("<{}", (*event)->name);
        for (const XmlAttribute& attribute : (*event)->attributes) {
          parsed.events +=
              fmt::format(" {}=\"{}\"", attribute.name, attribute.value);
        }
        parsed.events += '>';
        break;
      case XmlEvent::Kind::kEnd:
        parsed.events += fmt::format("</{}>", (*event)->name);
        break;
      case XmlEvent::Kind::kText:
        parsed.events += (*event)->text;
        break;
      case XmlEvent::Kind::kSkippedEntity:
        parsed.events += fmt::format("{{{}}}", (*event)->name);
        break;
    }
  }
}

Parsed ParseXml(std::string_view bytes, size_t chunk_bytes = 5) {
  const std::unique_ptr<ByteSource> source =
      MakeStringSource(bytes, chunk_bytes);
  return ParseXml(*source);
}

// `text` (below U+10000) in UTF-16, the low byte first.
std::string ToUtf16(std::u16string_view text) {
  std::string bytes;
  for (char16_t c : text) {
    bytes += static_cast<char>(c & 0xFF);
    bytes += static_cast<char>(c >> 8);
  }
  return bytes;
}

TEST(XmlPull, GivesElementsAttributesAndText) {
  const Parsed parsed = ParseXml(
      "<?xml version='1.0'?><!-- c --><a x='1' y='&lt;&#228;'>b<c/>"
      "<![CDATA[<d>]]>&amp;e</a>");
  EXPECT_THAT(parsed.end, IsOk());
  EXPECT_EQ(parsed.events, "<a x=\"1\" y=\"<ä\">b<c></c><d>&e</a>");
}

TEST(XmlPull, TellsLineAndOffsetOfEachStart) {
  const std::string bytes = "\n<a>\n <b>\r\n<c/></b></a>";
  for (size_t chunk_bytes : {1, 4, 100}) {
    const std::unique_ptr<ByteSource> source =
        MakeStringSource(bytes, chunk_bytes);
    XmlPull xml(*source);
    std::string places;
    while (true) {
      const StatusOr<const XmlEvent*> event = xml.Next();
      ASSERT_THAT(event, IsOk());
      if (*event == nullptr) break;
      if ((*event)->kind != XmlEvent::Kind::kStart) continue;
      places += fmt::format("{}@{}:{} ", (*event)->name,
                            (*event)->position.line, (*event)->position.offset);
    }
    EXPECT_EQ(places, "a@2:1 b@3:6 c@4:11 ");
  }
}

TEST(XmlPull, ReadsTheUsualEncodings) {
  constexpr std::string_view kExpected = "<a>ñé</a>";
  EXPECT_EQ(ParseXml("\xEF\xBB\xBF<a>\u00F1\u00E9</a>").events, kExpected);
  EXPECT_EQ(
      ParseXml("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xF1\xE9</a>")
          .events,
      kExpected);
  EXPECT_EQ(ParseXml(ToUtf16(u"\uFEFF<a>ñé</a>")).events, kExpected);
  EXPECT_EQ(
      ParseXml("<?xml version='1.0' encoding='Windows-1252'?><a>\x80\x93\xE9"
               "</a>")
          .events,
      "<a>€“é</a>");
}

TEST(XmlPull, NamesAnEncodingThatItDoesNotRead) {
  const Parsed parsed =
      ParseXml("<?xml version='1.0' encoding='GB18030'?><a>\xC4\xE3</a>");
  EXPECT_THAT(parsed.end,
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("GB18030")));
  EXPECT_THAT(parsed.end, ReasonIs("FILE_ENCODING_UNSUPPORTED"));
}

TEST(XmlPull, AllowsBlankLinesBeforeTheDeclaration) {
  const Parsed parsed = ParseXml("\r\n \t<?xml version='1.0'?><a/>");
  EXPECT_THAT(parsed.end, IsOk());
  EXPECT_EQ(parsed.events, "<a></a>");
}

TEST(XmlPull, KnowsEntitiesOfHtmlWithoutADeclaration) {
  const Parsed parsed = ParseXml("<a>&nbsp;&eacute;&yuml;&mdash;</a>");
  EXPECT_THAT(parsed.end, IsOk());
  EXPECT_EQ(parsed.events, "<a>\u00A0éÿ—</a>");
}

TEST(XmlPull, SkipsUndeclaredEntities) {
  const Parsed parsed = ParseXml("<a b='1&foo;2&#51;&amp;'>x&bar;y</a>");
  EXPECT_THAT(parsed.end, IsOk());
  EXPECT_EQ(parsed.events, "{foo}<a b=\"123&\">x{bar}y</a>");
}

TEST(XmlPull, ExpandsTheFilesOwnEntitiesInAttributesOnly) {
  const Parsed parsed =
      ParseXml("<!DOCTYPE a [<!ENTITY e 'E'>]><a b='&e;'>x&e;y</a>");
  EXPECT_THAT(parsed.end, IsOk());
  EXPECT_EQ(parsed.events, "<a b=\"E\">x{e}y</a>");
}

TEST(XmlPull, NeverReadsExternalEntitiesOrDtds) {
  const Parsed parsed = ParseXml(
      "<!DOCTYPE a SYSTEM 'file:///etc/passwd' ["
      "<!ENTITY x SYSTEM 'file:///etc/passwd'>"
      "<!ENTITY % p SYSTEM 'file:///etc/passwd'> %p;]><a>[&x;]</a>");
  EXPECT_THAT(parsed.end, IsOk());
  EXPECT_EQ(parsed.events, "<a>[{x}]</a>");
}

std::string BillionLaughs(std::string_view use) {
  std::string xml = "<!DOCTYPE a [<!ENTITY e0 'lol'>";
  for (int i = 1; i <= 12; ++i) {
    const std::string inner = fmt::format("&e{};", i - 1);
    xml += fmt::format("<!ENTITY e{} '", i);
    for (int j = 0; j < 10; ++j) xml += inner;
    xml += "'>";
  }
  return xml + "]><a>" + std::string(use) + "</a>";
}

TEST(XmlPull, DoesNotExpandABillionLaughsInText) {
  const Parsed parsed = ParseXml(BillionLaughs("1&e12;2"));
  EXPECT_THAT(parsed.end, IsOk());
  EXPECT_EQ(parsed.events, "<a>1{e12}2</a>");
}

TEST(XmlPull, StopsABillionLaughsInAnAttribute) {
  const Parsed parsed = ParseXml(BillionLaughs("1<b c='&e12;'/>"));
  EXPECT_EQ(parsed.events, "<a>1");
  EXPECT_THAT(parsed.end, StatusIs(StatusCode::kInvalidArgument,
                                   HasSubstr("expand to too much")));
}

TEST(XmlPull, LimitsDepth) {
  std::string deep;
  for (int i = 0; i < kMaxXmlDepth; ++i) deep += "<a>";
  std::string ends;
  for (int i = 0; i < kMaxXmlDepth; ++i) ends += "</a>";
  EXPECT_THAT(ParseXml(deep + ends).end, IsOk());
  EXPECT_THAT(ParseXml(deep + "<a/>" + ends).end,
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("256 deep")));
}

// Gives a tag that never ends.
class EndlessTag final : public ByteSource {
 public:
  StatusOr<std::string_view> Read() override {
    if (read_bytes_ == 0) {
      read_bytes_ = 3;
      return std::string_view("<a ");
    }
    read_bytes_ += kSpaces.size();
    return std::string_view(kSpaces);
  }
  size_t read_bytes() const { return read_bytes_; }

 private:
  const std::string kSpaces = std::string(4096, ' ');
  size_t read_bytes_ = 0;
};

TEST(XmlPull, GivesUpOnATagWithoutEnd) {
  EndlessTag source;
  EXPECT_THAT(ParseXml(source).end,
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("not closed")));
  EXPECT_LT(source.read_bytes(), 2 * kMaxXmlTokenBytes);
}

TEST(XmlPull, LimitsWhatStandsBeforeTheRoot) {
  std::string prolog = "<!DOCTYPE a [";
  const std::string value(1000, 'x');
  for (int i = 0; prolog.size() < 2 * kMaxXmlTokenBytes; ++i) {
    prolog += fmt::format("<!ENTITY e{} '{}'>", i, value);
  }
  EXPECT_THAT(ParseXml(prolog + "]><a/>", 4096).end,
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("no element")));
}

TEST(XmlPull, LimitsTheNumberOfNames) {
  std::string xml = "<a>";
  for (size_t i = 0; i <= kMaxXmlNames; ++i) {
    xml += fmt::format("<b{0} c{0}=''/>", i / 2);
  }
  EXPECT_THAT(ParseXml(xml + "</a>").end,
              StatusIs(StatusCode::kInvalidArgument,
                       HasSubstr("10000 different names")));
}

TEST(XmlPull, ReadsALongComment) {
  const std::string comment(kMaxXmlTokenBytes / 2, 'x');
  EXPECT_EQ(ParseXml("<a><!--" + comment + "-->b</a>", 4096).events,
            "<a>b</a>");
}

TEST(XmlPull, SaysWhatIsWrongWhere) {
  struct Case {
    std::string_view xml;
    std::string_view events;
    std::string_view message;
  } kCases[] = {
      {"", "", "line 1, byte 0: the file is empty"},
      {"PK\x03\x04", "", "line 1, byte 2: this is not XML"},
      {"<a>\n<b>x &", "<a>\n<b>x ", "line 2, byte 9: the file ends inside"},
      {"<a>\n<b>x & y", "<a>\n<b>x ", "line 2, byte 10: this is not XML"},
      {"<a>\n<b>x", "<a>\n<b>x", "line 2, byte 8: the file ends before"},
      {"<a>\n<b", "<a>\n", "line 2, byte 4: the file ends inside"},
      {"<a><b></a>", "<a><b>", "this end tag does not belong"},
      {"<a/>\n<b/>", "<a></a>", "line 2, byte 5: something follows"},
      {"<a>&#7;</a>", "<a>", "a character reference"},
      {"<a>\x07</a>", "<a>", "a control character"},
      {"<a>\xF1</a>", "<a>", "not in the file's encoding"},
      {"<a><?xml version='1.0'?></a>", "<a>", "not at the beginning"},
      {"<?xml version='1.0' encoding='UTF-16'?><a/>", "",
       "not in the encoding"},
  };
  for (const Case& c : kCases) {
    const Parsed parsed = ParseXml(c.xml);
    EXPECT_EQ(parsed.events, c.events) << c.xml;
    EXPECT_THAT(parsed.end, StatusIs(StatusCode::kInvalidArgument,
                                     HasSubstr(std::string(c.message))))
        << c.xml;
    EXPECT_THAT(parsed.end, ReasonIs("FILE_MALFORMED")) << c.xml;
  }
}

TEST(XmlPull, NamesLineAndOffsetInTheMetadata) {
  const ErrorDetails details = GetDetails(ParseXml("<a>\n<b></a>").end);
  EXPECT_EQ(details.metadata.at("line"), "2");
  EXPECT_EQ(details.metadata.at("byte_offset"), "9");
}

TEST(XmlPull, ParsesWhatCameBeforeTheSourcesError) {
  FailingSource source("<a>b<c>");
  const Parsed parsed = ParseXml(source);
  EXPECT_EQ(parsed.events, "<a>b<c>");
  EXPECT_THAT(parsed.end, ReasonIs("DISK_GONE"));
}

}  // namespace
}  // namespace tercet
