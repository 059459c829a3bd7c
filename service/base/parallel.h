// A loop on several threads.
#ifndef TERCET_SERVICE_BASE_PARALLEL_H_
#define TERCET_SERVICE_BASE_PARALLEL_H_

#include <cstddef>
#include <functional>

#include "service/base/status.h"

namespace tercet {

// Calls `body(i)` for every i below `count`, each once, on up to `threads`
// threads, the caller's among them; in ascending order on each of them. After
// an error no further call begins; of several errors that of the least i is
// returned. An exception of a call is rethrown here.
Status ParallelFor(size_t count, size_t threads,
                   const std::function<Status(size_t i)>& body);

// The processors that this process may use, at least 1.
size_t ProcessorCount();

}  // namespace tercet

#endif  // TERCET_SERVICE_BASE_PARALLEL_H_
