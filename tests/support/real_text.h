// Real sentences for tests, where they are (shared_data.h).
#ifndef TERCET_TESTS_SUPPORT_REAL_TEXT_H_
#define TERCET_TESTS_SUPPORT_REAL_TEXT_H_

#include <string>
#include <string_view>
#include <vector>

namespace tercet {

// Sentences in "en", "zh" or "es", and phrases that are mostly numbers, dates
// and times; empty where there is no data.
std::vector<std::string> RealTexts(std::string_view language);

}  // namespace tercet

#endif  // TERCET_TESTS_SUPPORT_REAL_TEXT_H_
