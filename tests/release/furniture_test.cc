#include "service/release/furniture.h"

#include <optional>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tercet {
namespace {

using ::testing::ElementsAre;

TEST(Furniture, KnowsItInThreeLanguages) {
  struct Case {
    const char* text;
    DropReason reason;
  };
  constexpr Case kCases[] = {
      {"Home > About China > Economy & Trade", DropReason::kBreadcrumb},
      {"首页 > 新闻 > 国际", DropReason::kBreadcrumb},
      {"您的位置：首页 >> 新闻", DropReason::kBreadcrumb},
      {"Inicio » Noticias", DropReason::kBreadcrumb},
      {"[Suggest to a Friend]", DropReason::kShare},
      {"Share | Print | E-mail", DropReason::kShare},
      {"【打印】 | 【关闭】", DropReason::kShare},
      {"分享到：", DropReason::kShare},
      {"Compartir | Imprimir", DropReason::kShare},
      {"Editor: Li Ming", DropReason::kEditor},
      {"责任编辑：李明", DropReason::kEditor},
      {"来源：新华网", DropReason::kEditor},
      {"Fuente: EFE", DropReason::kEditor},
      {"（完）", DropReason::kEditor},
      {"Enditem", DropReason::kEditor},
      {"Photo: Li Ming", DropReason::kCaption},
      {"新华社记者李明摄", DropReason::kCaption},
      {"President Li speaks in Lima. (Xinhua/Li Ming)", DropReason::kCaption},
      {"Foto: EFE", DropReason::kCaption},
      {"Copyright 2008 Xinhua", DropReason::kCopyright},
      {"版权所有 新华网", DropReason::kCopyright},
      {"© 2008 EFE. Todos los derechos reservados.", DropReason::kCopyright},
  };
  for (const Case& c : kCases) {
    EXPECT_EQ(FurnitureReason({.text = c.text}), c.reason) << c.text;
  }
}

TEST(Furniture, LeavesSentencesAlone) {
  for (const char* text :
       {"Two-way trade grew by 5 > 3 percent.", "Share prices fell on Friday.",
        "The editor: a portrait of a man who never slept, and of the paper "
        "that he made, which outlived him by more than sixty years and three "
        "owners, none of whom he would have liked.",
        "Print media are in decline.", "贸易增长。",
        "来源广泛的资金支持了增长。",
        "La fuente de la plaza fue restaurada."}) {
    EXPECT_EQ(FurnitureReason({.text = text}), std::nullopt) << text;
  }
}

TEST(Furniture, TakesEndMarks) {
  for (const auto& [text, rest, mark] :
       {std::array<const char*, 3>{"贸易增长。（完）", "贸易增长。", "（完）"},
        {"Trade grew. Enditem", "Trade grew.", "Enditem"},
        {"贸易增长。（责任编辑：李明）", "贸易增长。", "（责任编辑：李明）"},
        {"Trade grew.", "Trade grew.", ""}}) {
    std::string changed = text;
    EXPECT_EQ(TakeEndMark(changed), mark);
    EXPECT_EQ(changed, rest);
  }
}

TEST(Furniture, DropsOtherStoriesUpToTheNextText) {
  ReleasePage page;
  for (const char* text :
       {"Trade grew.", "Related News", "Prices fall in Lima",
        "President visits Peru", "The ministers will meet again on Monday."}) {
    page.blocks.push_back({.text = text});
  }
  ClearFurniture(page);
  ASSERT_EQ(page.blocks.size(), 2);
  EXPECT_EQ(page.blocks[1].text, "The ministers will meet again on Monday.");
  EXPECT_EQ(page.dropped.size(), 3);
  EXPECT_EQ(page.dropped[1].reason, DropReason::kRelated);
}

TEST(Furniture, TakesTheDateOfASourceLine) {
  ReleasePage page = {.language = "zh"};
  page.blocks.push_back({.text = "2026年11月20日 09:00 来源：海港报"});
  page.blocks.push_back({.text = "2026年11月20日，来源多样的资金到位。"});
  ClearFurniture(page);
  EXPECT_EQ(FormatDate(page.date), "2026-11-20");
  ASSERT_EQ(page.blocks.size(), 1);
}

TEST(Furniture, TakesDateAndCategoryFromIt) {
  ReleasePage page = {.title = "Trade grew"};
  for (const char* text : {"Home > Business > Trade grew", "2008-11-22 10:15",
                           "Trade grew by 5%."}) {
    page.blocks.push_back({.text = text});
  }
  ClearFurniture(page);
  EXPECT_EQ(page.category, "Business");
  EXPECT_EQ(FormatDate(page.date), "2008-11-22");
  EXPECT_EQ(page.blocks.size(), 1);
}

}  // namespace
}  // namespace tercet
