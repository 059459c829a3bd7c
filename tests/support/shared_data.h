// Real text for tests, where it is: it is not part of the repository.
#ifndef TERCET_TESTS_SUPPORT_SHARED_DATA_H_
#define TERCET_TESTS_SUPPORT_SHARED_DATA_H_

#include <optional>
#include <string>
#include <string_view>

namespace tercet {

// The full path of `path` under $TERCET_SHARED_DATA, else under ../shared/data
// beside the sources; nullopt when it is not there. A test without its data
// says so and is skipped.
std::optional<std::string> SharedData(std::string_view path);

}  // namespace tercet

#endif  // TERCET_TESTS_SUPPORT_SHARED_DATA_H_
