// How alike a translation is to a reference: chrF (Popovic, WMT 2015).
#ifndef TERCET_BENCH_QUALITY_CHRF_H_
#define TERCET_BENCH_QUALITY_CHRF_H_

#include <string_view>

namespace tercet::bench {

// chrF2: n-grams of 1 to 6 characters, white space left out, recall weighing
// twice as much as precision. From 0 to 100. Orders that either text is too
// short for are left out, as sacreBLEU does; 100 when both texts are empty.
// REQUIRES: valid UTF-8.
double Chrf(std::string_view translation, std::string_view reference);

}  // namespace tercet::bench

#endif  // TERCET_BENCH_QUALITY_CHRF_H_
