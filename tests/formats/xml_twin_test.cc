// Where expat, the independent judge, finds a file well-formed, we read the
// same from it and find nothing odd.
#define XML_DTD
#include <expat.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "fmt/format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/formats/utf8_source.h"
#include "service/formats/xml_pull.h"
#include "tests/formats/format_helpers.h"
#include "tests/support/matchers.h"
#include "tests/support/shared_data.h"

namespace tercet {
namespace {

constexpr uint64_t kSeed = 20261126;

void XMLCALL OnStart(void* out, const XML_Char* name,
                     const XML_Char** attributes) {
  std::string& events = *static_cast<std::string*>(out);
  events += fmt::format("<{}", name);
  for (; *attributes != nullptr; attributes += 2) {
    events += fmt::format(" {}=[{}]", attributes[0], attributes[1]);
  }
  events += '>';
}
void XMLCALL OnEnd(void* out, const XML_Char* name) {
  *static_cast<std::string*>(out) += fmt::format("</{}>", name);
}
void XMLCALL OnText(void* out, const XML_Char* text, int bytes) {
  static_cast<std::string*>(out)->append(text, static_cast<size_t>(bytes));
}

// What expat reads; nullopt where it finds the text not well-formed.
std::optional<std::string> ReadWithExpat(std::string_view text) {
  std::string events;
  XML_Parser parser = XML_ParserCreate("UTF-8");
  XML_SetUserData(parser, &events);
  XML_SetElementHandler(parser, OnStart, OnEnd);
  XML_SetCharacterDataHandler(parser, OnText);
  const XML_Status status =
      XML_Parse(parser, text.data(), static_cast<int>(text.size()), XML_TRUE);
  XML_ParserFree(parser);
  if (status != XML_STATUS_OK) return std::nullopt;
  return events;
}

struct OurEvents {
  std::string events;
  std::string oddities;
};

OurEvents ReadWithUs(std::string_view text, size_t chunk_bytes) {
  const auto source = MakeStringSource(text, chunk_bytes);
  XmlPull xml(*source);
  OurEvents ours;
  while (true) {
    const StatusOr<const XmlEvent*> event = xml.Next();
    if (!event.ok()) ours.oddities += MessageOf(event.status());
    if (!event.ok() || *event == nullptr) return ours;
    switch ((*event)->kind) {
      case XmlEvent::Kind::kStart:
        ours.events += fmt::format("<{}", (*event)->name);
        for (const XmlAttribute& attribute : (*event)->attributes) {
          ours.events +=
              fmt::format(" {}=[{}]", attribute.name, attribute.value);
        }
        ours.events += '>';
        break;
      case XmlEvent::Kind::kEnd:
        ours.events += fmt::format("</{}>", (*event)->name);
        break;
      case XmlEvent::Kind::kText:
        ours.events += (*event)->text;
        break;
      case XmlEvent::Kind::kOddity:
        ours.oddities += (*event)->text;
        break;
      case XmlEvent::Kind::kOther:
        break;
    }
  }
}

// Makes documents that are often well-formed.
class XmlMaker {
 public:
  explicit XmlMaker(uint64_t seed) : random_(seed) {}

  std::string Make() {
    std::string out = Below(2) == 0 ? "<?xml version='1.0'?>\r\n" : "";
    if (Below(4) == 0) out += "<!-- a > -- -->";
    if (Below(4) == 0) out += "<!DOCTYPE a SYSTEM \"b>'\">\n";
    Element(out, 0);
    if (Below(3) == 0) out += " <?pi?>\n<!-- end -->";
    return out;
  }

 private:
  size_t Below(size_t bound) { return random_() % bound; }

  void Element(std::string& out, int depth) {
    constexpr std::string_view kNames[] = {"a", "tu:v", "seg", "中", "x-y.z_1"};
    const std::string_view name = kNames[Below(std::size(kNames))];
    out += fmt::format("<{}", name);
    Attributes(out);
    if (Below(4) == 0) out += ' ';
    if (Below(5) == 0) {
      out += "/>";
      return;
    }
    out += '>';
    for (size_t i = Below(6); i > 0; --i) {
      if (depth < 5 && Below(3) == 0) {
        Element(out, depth + 1);
      } else {
        Text(out);
      }
    }
    out += fmt::format("</{}{}>", name, Below(4) == 0 ? "\n" : "");
  }

  void Attributes(std::string& out) {
    constexpr std::string_view kNames[] = {"i", "xml:lang", "type", "né"};
    constexpr std::string_view kValues[] = {
        "1", "", "a>b", "&lt;&#10;&#x4E2D;", "\r\n\t x", "'", "=\t", "年"};
    for (const std::string_view name : kNames) {
      if (Below(3) > 0) continue;
      out += fmt::format("{}{} = \"{}\"", Below(3) == 0 ? "\n" : " ", name,
                         kValues[Below(std::size(kValues))]);
    }
  }

  void Text(std::string& out) {
    constexpr std::string_view kPieces[] = {"text",
                                            " ",
                                            "\r\n",
                                            "\r",
                                            "&amp;",
                                            "&#65;",
                                            "&#x4e;",
                                            "<!-- c<b>& -->",
                                            "<?p a<b>?>",
                                            "<![CDATA[<&]>]]>",
                                            "中，文",
                                            "é",
                                            "𝄞",
                                            "]]",
                                            ">",
                                            "\t",
                                            "&apos;",
                                            "<![CDATA[]]>",
                                            "\xEF\xBF\xBD",
                                            "]]>"};
    out += kPieces[Below(std::size(kPieces))];
  }

  std::mt19937_64 random_;
};

TEST(XmlTwin, ReadsAsExpatDoes) {
  int well_formed = 0;
  for (uint64_t round = 0; round < 3000; ++round) {
    const std::string text = XmlMaker(kSeed + round).Make();
    const std::optional<std::string> expected = ReadWithExpat(text);
    if (!expected) continue;
    ++well_formed;
    for (size_t chunk_bytes : {1, 3, 100'000}) {
      const OurEvents ours = ReadWithUs(text, chunk_bytes);
      ASSERT_EQ(ours.events, *expected) << "seed " << kSeed + round << text;
      ASSERT_EQ(ours.oddities, "") << "seed " << kSeed + round << text;
    }
  }
  EXPECT_GT(well_formed, 1000);
}

TEST(XmlTwin, ReadsSamplesAsExpatDoes) {
  for (const std::string_view folder :
       {"formats/tmx", "formats/tmx_derived", "formats/xliff"}) {
    const std::optional<std::string> path = SharedData(folder);
    if (!path) {
      GTEST_SKIP() << "no samples: set TERCET_SHARED_DATA to the folder that "
                      "has formats/";
    }
    for (const auto& entry : std::filesystem::directory_iterator(*path)) {
      std::ifstream file(entry.path(), std::ios::binary);
      const std::string bytes(std::istreambuf_iterator<char>(file), {});
      if (bytes.find("<!ENTITY") != std::string::npos) continue;
      const auto source = MakeStringSource(bytes);
      Utf8Source utf8(*source, "");
      std::string text;
      while (true) {
        const StatusOr<std::string_view> chunk = utf8.Read();
        ASSERT_THAT(chunk, IsOk());
        if (chunk->empty()) break;
        text += *chunk;
      }
      const std::optional<std::string> expected = ReadWithExpat(text);
      if (!expected) continue;
      const OurEvents ours = ReadWithUs(text, 4096);
      EXPECT_EQ(ours.events, *expected) << entry.path();
      // Entities that a DTD elsewhere may declare are odd to us alone.
      if (bytes.find("<!DOCTYPE") == std::string::npos) {
        EXPECT_EQ(ours.oddities, "") << entry.path();
      }
    }
  }
}

}  // namespace
}  // namespace tercet
