#include "service/text/stem.h"

#include <gtest/gtest.h>

namespace tercet {
namespace {

TEST(Stemmer, KnowsEnglishAndSpanish) {
  Stemmer english("en");
  EXPECT_EQ(english.Stem("agreements"), "agreement");
  Stemmer spanish("es");
  EXPECT_EQ(spanish.Stem("inundaciones"), spanish.Stem("inundación"));
}

TEST(Stemmer, LeavesOtherLanguagesAlone) {
  EXPECT_EQ(Stemmer("zh").Stem("贸"), "贸");
  EXPECT_EQ(Stemmer("").Stem("agreements"), "agreements");
}

}  // namespace
}  // namespace tercet
