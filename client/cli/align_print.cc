#include "client/cli/align_print.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

namespace tercet::cli {
namespace {

// As docs/formats/tsv.md has it.
std::string EscapeCell(std::string_view text) {
  std::string cell;
  for (const char c : text) {
    switch (c) {
      case '\t':
        cell += "\\t";
        break;
      case '\n':
        cell += "\\n";
        break;
      case '\r':
        cell += "\\r";
        break;
      case '\\':
        cell += "\\\\";
        break;
      default:
        cell.push_back(c);
    }
  }
  return cell;
}

std::string Numbers(const v1::BeadSide& side) {
  std::string numbers;
  for (int64_t i = side.begin(); i < side.end(); ++i) {
    if (!numbers.empty()) numbers.push_back(',');
    numbers += std::to_string(i);
  }
  return numbers;
}

Json VersionJson(const v1::DocumentVersion& version) {
  Json json = {{"file", version.file()},
               {"language", version.language_code()},
               {"sentences", version.sentence_count()}};
  const auto add = [&json](const char* name, const std::string& value) {
    if (!value.empty()) json[name] = value;
  };
  add("title", version.title());
  add("date", version.date());
  add("category", version.category());
  add("dateline", version.dateline());
  add("agency", version.agency());
  add("place", version.place());
  add("charset", version.charset());
  for (const std::string& warning : version.warnings()) {
    json["warnings"].push_back(warning);
  }
  for (const v1::DroppedText& dropped : version.dropped()) {
    json["dropped"].push_back(
        {{"reason", dropped.reason()}, {"text", dropped.text()}});
  }
  return json;
}

}  // namespace

std::vector<int> VersionOrder(const v1::AlignedDocument& document,
                              const std::vector<std::string>& files) {
  std::vector<int> order(static_cast<size_t>(document.versions_size()));
  for (size_t i = 0; i < order.size(); ++i) order[i] = static_cast<int>(i);
  const auto place = [&](int version) {
    return std::find(files.begin(), files.end(),
                     document.versions(version).file()) -
           files.begin();
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](int a, int b) { return place(a) < place(b); });
  return order;
}

std::string BeadLines(const v1::AlignedDocument& document,
                      const std::vector<int>& order) {
  std::string lines;
  for (const v1::Bead& bead : document.beads()) {
    for (const int version : order) {
      lines += Numbers(bead.sides(version)) + '\t';
    }
    lines += fmt::format("{:.4f}", bead.confidence());
    for (const int version : order) {
      lines += '\t' + EscapeCell(bead.sides(version).text());
    }
    lines.push_back('\n');
  }
  return lines;
}

Json DocumentJson(const v1::AlignedDocument& document,
                  const std::vector<int>& order) {
  Json versions = Json::array();
  for (const int version : order) {
    versions.push_back(VersionJson(document.versions(version)));
  }
  Json beads = Json::array();
  for (const v1::Bead& bead : document.beads()) {
    Json sides = Json::array();
    for (const int version : order) {
      const v1::BeadSide& side = bead.sides(version);
      Json sentences = Json::array();
      for (int64_t i = side.begin(); i < side.end(); ++i) {
        sentences.push_back(i);
      }
      sides.push_back({{"language", document.versions(version).language_code()},
                       {"sentences", std::move(sentences)},
                       {"text", side.text()}});
    }
    beads.push_back(
        {{"confidence", bead.confidence()}, {"sides", std::move(sides)}});
  }
  return {{"document", document.document()},
          {"confidence", document.confidence()},
          {"versions", std::move(versions)},
          {"beads", std::move(beads)}};
}

Json ProblemJson(const v1::AlignProblem& problem) {
  return {{"file", problem.file()},
          {"document", problem.document()},
          {"reason", problem.reason()},
          {"message", problem.message()},
          {"warning", problem.warning()}};
}

}  // namespace tercet::cli
