#include "service/memory/import_step.h"

#include <utility>

namespace tercet {

CheckedStep CheckStep(ImportStep step) {
  // With keep_going this cannot fail.
  CheckedStep checked{
      .units = *CheckUnits(std::move(step.units), /*keep_going=*/true)};
  checked.rest = std::move(step);
  return checked;
}

}  // namespace tercet
