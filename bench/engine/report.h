// The tables of figures beside their goals, as Markdown.
#ifndef TERCET_BENCH_ENGINE_REPORT_H_
#define TERCET_BENCH_ENGINE_REPORT_H_

#include <string>
#include <vector>

namespace tercet::bench {

// One figure and what it should be.
struct Goal {
  std::string what;
  double figure = 0;
  double goal = 0;
  bool at_least = true;  // Else at most.
  std::string unit;      // "x", "B", "units/s" ...
  // Whether this run is of the size that the goal is for.
  bool counts = true;
};

// A table of goals: reached, missed, or of another size.
void PrintGoals(const std::vector<Goal>& goals);

// Prints a heading, and what the table's columns are.
void PrintTitle(const std::string& title);

}  // namespace tercet::bench

#endif  // TERCET_BENCH_ENGINE_REPORT_H_
