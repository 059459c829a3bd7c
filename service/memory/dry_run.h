// The session of an import that writes nothing, and yet sees what it would have
// written: a source that stands twice in a file is created once.
#ifndef TERCET_SERVICE_MEMORY_DRY_RUN_H_
#define TERCET_SERVICE_MEMORY_DRY_RUN_H_

#include <memory>
#include <string>

#include "service/base/clock.h"
#include "service/base/status.h"
#include "service/memory/import.h"
#include "service/memory/view.h"
#include "service/store/key_value_store.h"

namespace tercet {

// `store` and `clock` must outlive the session, which stands on `view`. What it
// would write goes to `scratch`, an empty store, so that its memory does not
// grow with the file.
std::unique_ptr<ImportSession> OpenDryRun(
    const KeyValueStore& store, std::shared_ptr<const View> view,
    std::unique_ptr<KeyValueStore> scratch, const Clock& clock,
    const std::string& memory_id, const ImportRequest& request);

}  // namespace tercet

#endif  // TERCET_SERVICE_MEMORY_DRY_RUN_H_
