// What somebody who mistyped a name probably meant.
#ifndef TERCET_SERVICE_SERVER_DID_YOU_MEAN_H_
#define TERCET_SERVICE_SERVER_DID_YOU_MEAN_H_

#include <string>
#include <string_view>
#include <vector>

namespace tercet {

// `; did you mean 'listen'?` with the name that is nearest to `typed`, or
// nothing where none is near: up to a third of its letters may be wrong.
std::string DidYouMean(std::string_view typed,
                       const std::vector<std::string>& names);

}  // namespace tercet

#endif  // TERCET_SERVICE_SERVER_DID_YOU_MEAN_H_
