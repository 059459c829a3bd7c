#include "bench/engine/report.h"

#include <fmt/format.h>

#include <cstdio>

namespace tercet::bench {

void PrintTitle(const std::string& title) {
  fmt::print("\n### {}\n\n", title);
  std::fflush(stdout);
}

void PrintGoals(const std::vector<Goal>& goals) {
  fmt::print("| {:<52} | {:>14} | {:>17} | {:<12} |\n|---|---|---|---|\n",
             "figure", "here", "goal", "");
  for (const Goal& goal : goals) {
    const bool reached =
        goal.at_least ? goal.figure >= goal.goal : goal.figure <= goal.goal;
    fmt::print("| {:<52} | {:>14} | {:>17} | {:<12} |\n", goal.what,
               fmt::format("{:.4g} {}", goal.figure, goal.unit),
               fmt::format("{} {:.4g} {}",
                           goal.at_least ? ">=" : "<=", goal.goal, goal.unit),
               !goal.counts ? "other size"
               : reached    ? "reached"
                            : "MISSED");
  }
  std::fflush(stdout);
}

}  // namespace tercet::bench
