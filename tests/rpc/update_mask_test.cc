#include "service/rpc/update_mask.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/rpc/rpc_fixture.h"
#include "tests/support/matchers.h"

namespace tercet {
namespace {

using google::protobuf::FieldMask;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

FieldMask MaskOf(std::vector<std::string> paths) {
  FieldMask mask;
  mask.mutable_paths()->Assign(paths.begin(), paths.end());
  return mask;
}

TEST(UpdateMask, OmittedMeansWhatIsSet) {
  v1::Unit unit = MakeUnit("a", "b");
  unit.set_usage_count(3);
  RequestCheck check;
  EXPECT_THAT(MaskedUnitFields(unit, {}, check),
              ElementsAre(UnitField::kVariants, UnitField::kUsageCount));
  EXPECT_THAT(check.status(), IsOk());
}

TEST(UpdateMask, StarMeansEverything) {
  RequestCheck check;
  EXPECT_THAT(MaskedUnitFields({}, MaskOf({"*"}), check), SizeIs(9));
  const MemoryFields fields = MaskedMemoryFields({}, MaskOf({"*"}), check);
  EXPECT_EQ(fields.display_name, "");
  EXPECT_EQ(fields.penalty, 0);
  EXPECT_THAT(check.status(), IsOk());
}

TEST(UpdateMask, NamedFieldsMayBeEmpty) {
  RequestCheck check;
  EXPECT_THAT(MaskedUnitFields({}, MaskOf({"notes", "origin"}), check),
              ElementsAre(UnitField::kOrigin, UnitField::kNotes));
  const MemoryFields fields =
      MaskedMemoryFields({}, MaskOf({"penalty"}), check);
  EXPECT_EQ(fields.display_name, std::nullopt);
  EXPECT_EQ(fields.penalty, 0);
  EXPECT_THAT(check.status(), IsOk());
}

TEST(UpdateMask, RefusesOtherPaths) {
  for (const std::string path :
       {"name", "etag", "create_time", "origin.document", "nonsense"}) {
    RequestCheck check;
    MaskedUnitFields({}, MaskOf({"notes", path}), check);
    EXPECT_THAT(check.status(),
                StatusIs(StatusCode::kInvalidArgument, HasSubstr(path)));
  }
}

TEST(UpdateMask, StarStandsAlone) {
  RequestCheck check;
  MaskedUnitFields({}, MaskOf({"*", "notes"}), check);
  EXPECT_THAT(check.status(),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("'*'")));
}

TEST(KeepFields, EmptiesTheOthers) {
  v1::Unit unit = MakeUnit("a", "b");
  unit.set_name("memories/press/units/x");
  unit.add_notes("n");
  KeepFields({UnitField::kNotes}, unit);
  EXPECT_THAT(unit.variants(), IsEmpty());
  EXPECT_THAT(unit.notes(), ElementsAre("n"));
  EXPECT_EQ(unit.name(), "memories/press/units/x");
}

}  // namespace
}  // namespace tercet
