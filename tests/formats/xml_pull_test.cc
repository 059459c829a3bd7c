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
  std::string events;  // <a b="c">text</a>, oddities as {REASON}.
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
      case XmlEvent::Kind::kOddity:
        parsed.events += fmt::format("{{{}}}", (*event)->reason);
        break;
      case XmlEvent::Kind::kOther:
        break;
    }
  }
}

Parsed ParseXml(std::string_view bytes, size_t chunk_bytes = 5) {
  const std::unique_ptr<ByteSource> source =
      MakeStringSource(bytes, chunk_bytes);
  return ParseXml(*source);
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

TEST(XmlPull, AllowsBlankLinesBeforeTheDeclaration) {
  const Parsed parsed = ParseXml("\r\n \t<?xml version='1.0'?><a/>");
  EXPECT_THAT(parsed.end, IsOk());
  EXPECT_EQ(parsed.events, "<a></a>");
}

TEST(XmlPull, KnowsEntitiesOfHtmlWithoutADeclaration) {
  const Parsed parsed =
      ParseXml("<a>&nbsp;&eacute;&yuml;&mdash;&le;&Omega;&prime;&hearts;</a>");
  EXPECT_THAT(parsed.end, IsOk());
  EXPECT_EQ(parsed.events, "<a>\u00A0éÿ—≤Ω′♥</a>");
}

TEST(XmlPull, TakesUndeclaredEntitiesForText) {
  const Parsed parsed = ParseXml("<a b='1&foo;2&#51;&amp;'>x&bar;y</a>");
  EXPECT_THAT(parsed.end, IsOk());
  EXPECT_EQ(parsed.events,
            "{ENTITY_UNKNOWN}<a b=\"1&foo;23&\">x{ENTITY_UNKNOWN}&bar;y</a>");
}

TEST(XmlPull, NeverExpandsTheFilesOwnEntities) {
  const Parsed parsed = ParseXml(
      "<!DOCTYPE a [<!-- ' > --><!ENTITY e 'E>'>]><a b='&e;'>x&e;y</a>");
  EXPECT_THAT(parsed.end, IsOk());
  EXPECT_EQ(parsed.events,
            "{ENTITY_UNKNOWN}<a b=\"&e;\">x{ENTITY_UNKNOWN}y</a>");
}

TEST(XmlPull, NeverReadsExternalEntitiesOrDtds) {
  const Parsed parsed = ParseXml(
      "<!DOCTYPE a SYSTEM 'file:///etc/passwd' ["
      "<!ENTITY x SYSTEM 'file:///etc/passwd'>"
      "<!ENTITY % p SYSTEM 'file:///etc/passwd'> %p;]><a>[&x;]</a>");
  EXPECT_THAT(parsed.end, IsOk());
  EXPECT_EQ(parsed.events, "<a>[{ENTITY_UNKNOWN}]</a>");
}

TEST(XmlPull, LimitsDepth) {
  std::string deep;
  std::string ends;
  for (size_t i = 0; i < kMaxXmlDepth; ++i) {
    deep += "<a>";
    ends += "</a>";
  }
  EXPECT_THAT(ParseXml(deep + ends, 4096).end, IsOk());
  EXPECT_THAT(ParseXml(deep + "<a/>" + ends, 4096).end,
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("16384 deep")));
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
  EXPECT_LT(source.read_bytes(), 3 * kMaxXmlTokenBytes);
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
    xml += fmt::format("<b{0}/>", i);
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

TEST(XmlPull, MendsWhatToolsWrite) {
  struct Case {
    std::string_view xml;
    std::string_view events;
  } kCases[] = {
      {"<a>AT&T & R&D;</a>",
       "<a>AT{MARKUP_BARE}&T {MARKUP_BARE}& R{ENTITY_UNKNOWN}&D;</a>"},
      {"<a b='x&y'/>", "{MARKUP_BARE}<a b=\"x&y\"></a>"},
      {"<a>1 < 2 <3 <b and c> </ d</a>",
       "<a>1 {MARKUP_BARE}< 2 {MARKUP_BARE}<3 {MARKUP_BARE}<b and c> "
       "{TAG_MISMATCHED}</a>"},
      {"<a>x\x07\x0By\xEF\xBF\xBFz</a>",
       "<a>x{CHARACTER_INVALID}y{CHARACTER_INVALID}z</a>"},
      {"<a>&#7;&#x0;&#xD83D;|&#xD83D;&#xDE00;</a>",
       "<a>{CHARACTER_INVALID}{CHARACTER_INVALID}{CHARACTER_INVALID}|😀</a>"},
      {"<a b='\x01&#2;'/>",
       "{CHARACTER_INVALID}{CHARACTER_INVALID}<a b=\"\"></a>"},
      {"<a><b>x</a></b>", "<a><b>x{TAG_MISMATCHED}</b></a>{TAG_MISMATCHED}"},
      {"<a><b>x</c></b></a>", "<a><b>x{TAG_MISMATCHED}</b></a>"},
      {"<A><b>x</B></a>", "<A><b>x</b></A>"},
      {"<a b='1' b='2'/>", "{ATTRIBUTE_REPEATED}<a b=\"1\"></a>"},
      {"<a/> x <b/>", "<a></a>{CONTENT_BEHIND_END}<b></b>"},
      {"\xEF\xBB\xBF\xEF\xBB\xBF<a/>", "<a></a>"},
      {"<a><?xml version='1.0'?></a>", "<a></a>"},
      {"<a>b\r\nc\rd</a>", "<a>b\nc\nd</a>"},
      {"<a b='c\r\nd\te'/>", "<a b=\"c d e\"></a>"},
      {"<a>，</a>", "<a>，</a>"},
  };
  for (const Case& c : kCases) {
    for (size_t chunk_bytes : {1, 2, 3, 100}) {
      const Parsed parsed = ParseXml(c.xml, chunk_bytes);
      EXPECT_EQ(parsed.events, c.events) << c.xml;
      EXPECT_THAT(parsed.end, IsOk()) << c.xml;
    }
  }
}

TEST(XmlPull, AllowsZerosBehindTheEnd) {
  const Parsed parsed =
      ParseXml(std::string("<a/>\n") + std::string(900, '\0'));
  EXPECT_THAT(parsed.end, IsOk());
  EXPECT_EQ(parsed.events, "<a></a>");
}

TEST(XmlPull, GivesEveryByteOfTheFileInOrder) {
  const std::string file =
      " <?xml version='1.0'?>\r\n<!DOCTYPE a [<!ENTITY e 'E'>]><!-- c -->\n"
      "<a x = '1' >b&amp;&x;& <c/>\r\n<![CDATA[<d>]]></b></a >\n\0 x<";
  for (size_t chunk_bytes : {1, 3, 1000}) {
    const auto source = MakeStringSource(file, chunk_bytes);
    XmlPull xml(*source);
    std::string raw;
    while (true) {
      const StatusOr<const XmlEvent*> event = xml.Next();
      if (!event.ok() || *event == nullptr) break;
      EXPECT_EQ((*event)->position.offset, raw.size());
      raw += (*event)->raw;
    }
    EXPECT_EQ(raw, file.substr(0, raw.size()));
    EXPECT_GE(raw.size(), file.size() - 1);
  }
}

TEST(XmlPull, SaysWhatIsWrongWhere) {
  struct Case {
    std::string_view xml;
    std::string_view events;
    std::string_view message;
  } kCases[] = {
      {"", "", "line 1, byte 0: the file is empty"},
      {"\xEF\xBB\xBF", "", "line 1, byte 3: the file is empty"},
      {"PK\x03\x04", "", "line 1, byte 0: this is not XML"},
      {"<a>\n<b>x", "<a>\n<b>x", "line 2, byte 8: the file ends before"},
      {"<a>\n<b", "<a>\n", "line 2, byte 4: the file ends inside"},
      {"<a>\n<!-- b", "<a>\n", "line 2, byte 4: the file ends inside"},
      {"<!DOCTYPE a [", "", "line 1, byte 0: the file ends inside"},
      {"< a>", "", "this is not XML"},
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
  const ErrorDetails details = GetDetails(ParseXml("<a>\n<b>x").end);
  EXPECT_EQ(details.metadata.at("line"), "2");
  EXPECT_EQ(details.metadata.at("byte_offset"), "8");
}

TEST(XmlPull, ParsesWhatCameBeforeTheSourcesError) {
  FailingSource source("<a>b<c>");
  const Parsed parsed = ParseXml(source);
  EXPECT_EQ(parsed.events, "<a>b<c>");
  EXPECT_THAT(parsed.end, ReasonIs("DISK_GONE"));
}

}  // namespace
}  // namespace tercet
