#include "service/memory/import_rules.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/memory/test_database.h"

namespace tercet {
namespace {

using ::testing::IsEmpty;

// The reasons; `!` before one that is about the whole unit.
std::vector<std::string> Reasons(const ImportRules& rules, Unit& unit) {
  std::vector<std::string> reasons;
  for (const RuleFinding& finding : ApplyRules(rules, unit)) {
    reasons.push_back((finding.unit ? "!" : "") + finding.reason);
  }
  return reasons;
}

std::vector<std::string> Languages(const Unit& unit) {
  std::vector<std::string> codes;
  for (const Variant& variant : unit.variants) {
    codes.push_back(variant.language.code());
  }
  return codes;
}

using Strings = std::vector<std::string>;

TEST(ImportRules, ChangeNothingByDefault) {
  const Unit before = MakeUnit({{"en", "Same"}, {"es", "Same"}});
  Unit unit = before;
  EXPECT_THAT(Reasons({}, unit), IsEmpty());
  EXPECT_EQ(unit, before);
}

TEST(ImportRules, MapLanguages) {
  Unit unit = MakeUnit({{"zh-Hans", "是"}, {"en-GB", "Yes"}, {"es", "Sí"}});
  unit.source_language = Tag("zh-Hans");
  const ImportRules rules{
      .mappings = {{Tag("zh-Hans"), Tag("zh-CN")}, {Tag("en-GB"), Tag("en")}}};
  EXPECT_THAT(Reasons(rules, unit), IsEmpty());
  EXPECT_EQ(Languages(unit), (Strings{"zh-CN", "en", "es"}));
  EXPECT_EQ(unit.source_language, Tag("zh-CN"));
}

TEST(ImportRules, KeepTheLanguagesAskedFor) {
  const ImportRules rules{.languages = {Tag("zh"), Tag("es-MX")}};
  Unit unit = MakeUnit(
      {{"en", "Yes"}, {"zh-TW", "是"}, {"es-ES", "Sí"}, {"es-MX", "Sí."}});
  unit.source_language = Tag("en");
  EXPECT_THAT(Reasons(rules, unit), IsEmpty());
  EXPECT_EQ(Languages(unit), (Strings{"zh-TW", "es-MX"}));
  EXPECT_EQ(unit.source_language, Tag("zh-TW"));
  Unit other = MakeUnit({{"en", "Yes"}, {"fr", "Oui"}});
  EXPECT_EQ(Reasons(rules, other), (Strings{"!LANGUAGE_UNWANTED"}));
}

TEST(ImportRules, KeepUnitsThatAreRecent) {
  const ImportRules rules{.since_micros = 100};
  struct Case {
    std::optional<int64_t> creation;
    std::optional<int64_t> variant_change;
    Strings reasons;
  };
  const Case kCases[] = {{100, {}, {}},
                         {99, {}, {"!DATE_BEFORE"}},
                         {99, 101, {}},
                         {{}, {}, {"!DATE_MISSING"}}};
  for (const Case& c : kCases) {
    Unit unit = MakeUnit({{"en", "Yes"}});
    unit.attribution.creation_micros = c.creation;
    unit.variants[0].attribution.change_micros = c.variant_change;
    EXPECT_EQ(Reasons(rules, unit), c.reasons);
  }
}

TEST(ImportRules, DropWhatIsNotTranslated) {
  const ImportRules rules{.drop_untranslated = true};
  Unit two = MakeUnit({{"en", "Yes"}, {"es", "Sí"}});
  EXPECT_THAT(Reasons(rules, two), IsEmpty());
  // Two regions are one language.
  Unit regions = MakeUnit({{"en", "Yes"}, {"en-US", "Yep"}});
  EXPECT_EQ(Reasons(rules, regions), (Strings{"!TRANSLATION_MISSING"}));
  Unit unit = MakeUnit({{"en", "Yes"}, {"en", "Yep"}});
  EXPECT_EQ(Reasons(rules, unit), (Strings{"!TRANSLATION_MISSING"}));
}

TEST(ImportRules, DropTranslationsThatEqualTheirSource) {
  const ImportRules rules{.drop_equal = true};
  Unit unit = MakeUnit({{"en", "OK"}, {"es", "OK"}, {"zh", "好"}});
  EXPECT_EQ(Reasons(rules, unit), (Strings{"TARGET_IS_SOURCE"}));
  EXPECT_EQ(Languages(unit), (Strings{"en", "zh"}));
  Unit all = MakeUnit({{"en", "OK"}, {"es", "OK"}});
  EXPECT_EQ(Reasons(rules, all), (Strings{"!TARGET_IS_SOURCE"}));
}

TEST(ImportRules, DropTextsInWrongLanguages) {
  const ImportRules rules{.drop_wrong_language = true};
  Unit unit = MakeUnit({{"en", "The talks ended on Monday."},
                        {"zh", "The talks ended on Monday."},
                        {"es", "Las conversaciones terminaron el lunes."}});
  EXPECT_EQ(Reasons(rules, unit), (Strings{"LANGUAGE_WRONG"}));
  EXPECT_EQ(Languages(unit), (Strings{"en", "es"}));
  Unit source = MakeUnit({{"en", "会谈于星期一结束。"}, {"es", "Sí"}});
  EXPECT_EQ(Reasons(rules, source), (Strings{"!LANGUAGE_WRONG"}));
}

TEST(ImportRules, DropTranslationsWithOtherNumbers) {
  const ImportRules rules{.drop_differing_numbers = true};
  Unit unit = MakeUnit({{"en", "It rose 7.2 percent to 1.31 billion tons."},
                        {"es", "Subió un 7,2 % hasta 1.310 millones."},
                        {"zh", "增长7.3%，达13.1亿吨。"}});
  EXPECT_EQ(Reasons(rules, unit), (Strings{"NUMBERS_DIFFER"}));
  EXPECT_EQ(Languages(unit), (Strings{"en", "es"}));
}

TEST(ImportRules, SetAttributes) {
  const ImportRules rules{.document = "press/1",
                          .project = "summit",
                          .creator = "anna",
                          .date_micros = 7};
  Unit unit = MakeUnit({{"en", "Yes"}});
  unit.origin.document = "old";
  unit.attribution = {.creator = "bob", .changer = "eve"};
  unit.properties = {{"x-project", "old"}, {"x-client", "z"}};
  EXPECT_THAT(Reasons(rules, unit), IsEmpty());
  EXPECT_EQ(unit.origin.document, "press/1");
  EXPECT_EQ(unit.attribution.creator, "anna");
  EXPECT_EQ(unit.attribution.creation_micros, 7);
  EXPECT_EQ(unit.attribution.changer, "eve");
  EXPECT_EQ(unit.properties, (std::vector<Property>{{"x-client", "z"},
                                                    {"x-project", "summit"}}));
}

TEST(IsInWrongLanguage, KnowsWhatIsPlain) {
  struct Case {
    const char* language;
    const char* text;
    bool wrong;
  };
  const Case kCases[] = {
      {"zh", "The talks ended on Monday.", true},
      {"zh", "IBM Corporation", false},
      {"zh", "他说：The talks ended on Monday.", false},
      {"zh", "2008", false},
      {"zh-TW", "會談結束了", false},
      {"en", "会谈于星期一结束。", true},
      {"en", "The word 和 means and.", false},
      {"en", "El comercio de los países del sur creció por la demanda.", true},
      {"en", "El Salvador", false},
      {"es", "The trade of the countries was higher than that of others.",
       true},
      {"es", "Los trabajadores de The New York Times están en huelga.", false},
      {"es", "", false},
      {"ru", "The talks ended on Monday.", false},
      {"es", "Привет мой друг как дела", true},
      {"en", "Привет мой друг как дела", true},
      {"zh", "Привет мой друг как дела", true},
      {"es", "مرحبا بالعالم العربي", true},
      {"zh", "สวัสดีชาวโลกทุกคน", true},
      {"en", "안녕하세요 여러분", true},
      {"zh", "これはテストです", true},
      {"es", "El diario Правда publicó el texto.", false},
      {"zh", "《Правда》报道了此事。他们没有回应。", false},
      {"en", "α + β", false},
      {"zh", "ＡＢＣ", false},
      {"ru", "Привет мой друг как дела", false},
  };
  for (const Case& c : kCases) {
    EXPECT_EQ(IsInWrongLanguage(MakeVariant(c.language, c.text)), c.wrong)
        << c.language << " " << c.text;
  }
}

TEST(NumbersAgree, ComparesByValue) {
  struct Case {
    const char* en;
    const char* language;
    const char* text;
    bool agree;
  };
  const Case kCases[] = {
      {"No numbers.", "es", "Sin números.", true},
      {"111.461 billion", "zh", "1114.61亿", true},
      {"1,234.5 tons", "es", "1.234,5 toneladas", true},
      {"1,234.5 tons", "es", "1.234,6 toneladas", false},
      {"In 2008 it rose.", "zh", "2008年增长。", true},
      {"On Nov. 21 they met.", "zh", "他们于11月21日会面。", true},
      {"On Nov. 21 they met.", "zh", "他们于11月22日会面。", false},
      {"One of 3 men", "es", "Uno de 3 hombres", true},
      {"3 men", "es", "tres hombres", true},
      {"The men", "es", "Los 3 hombres", false},
      {"3 men", "es", "Los hombres", false},
      {"In the 1990s", "zh", "上世纪90年代", true},
      {"In the 1980s", "zh", "20世纪80年代", true},
      {"In the 1980s", "zh", "20世纪70年代", false},
      {"In the 1970s", "es", "En los años setenta", true},
      {"The 21st century", "es", "El siglo XXI", true},
      {"The 21st century", "es", "El siglo XX", false},
      {"The 1800s", "es", "El siglo XIX", true},
      {"It is No. 1.", "zh", "第一", true},
      {"It is No. 2.", "zh", "第一", false},
      {"The 14th Five-Year Plan", "zh", "“十四五”规划", true},
      {"The 14th Five-Year Plan", "zh", "“十三五”规划", false},
      {"The 30th anniversary", "es", "El trigésimo aniversario", true},
      {"12 months", "es", "un año", true},
      {"Up 7.2 percent in 12 months", "es", "Un 7,3 % en un año", false},
      {"Phase 2 began.", "es", "Empezó la fase II.", true},
      {"1 million cases", "es", "un millón de casos", true},
      {"$1.4bn", "es", "1,4 mil millones", true},
      {"5.7 million voters", "zh", "57亿选民", false},
      {"At 5 p.m.", "zh", "17时", true},
      {"In November", "zh", "11月", true},
      // No words of French are known.
      {"3 men", "fr", "trois hommes", true},
      {"2,315 men", "fr", "les hommes", false},
  };
  for (const Case& c : kCases) {
    EXPECT_EQ(
        NumbersAgree(MakeVariant("en", c.en), MakeVariant(c.language, c.text)),
        c.agree)
        << c.en << " | " << c.text;
  }
}

}  // namespace
}  // namespace tercet
