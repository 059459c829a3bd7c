// Strict F1 and speed of alignment. docs/alignment.md reads the figures.
//
//   align_bench DATA_FOLDER            the whole table
//   align_bench --beads EN ZH [ES]     prints the beads of files named en.txt
//                                      and so on, one sentence a line
#include <fmt/format.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "bench/align/baselines.h"
#include "bench/align/gold.h"
#include "bench/align/noise.h"
#include "bench/align/strict_score.h"
#include "bench/must.h"
#include "service/align/align.h"

namespace tercet::bench {
namespace {

using Aligner = std::function<std::vector<BeadRanges>(const GoldDocument&)>;

std::vector<BeadRanges> AlignOurs(const GoldDocument& document,
                                  const Lexicon* lexicon) {
  std::vector<BeadRanges> beads;
  for (Bead& bead :
       Must(AlignDocuments(document.versions, {.lexicon = lexicon}))) {
    beads.push_back(std::move(bead.ranges));
  }
  return beads;
}

std::vector<BeadRanges> AlignByPairs(const GoldDocument& document,
                                     const Lexicon* lexicon) {
  const auto pair = [&](size_t second) {
    return AlignOurs(
        {.versions = {document.versions[0], document.versions[second]}},
        lexicon);
  };
  return ComposePairs(pair(1), pair(2));
}

// How often beads of some confidence are right.
class Reliability {
 public:
  void Add(const GoldDocument& document, const Lexicon* lexicon) {
    for (const Bead& bead :
         Must(AlignDocuments(document.versions, {.lexicon = lexicon}))) {
      if (!IsAligned(bead.ranges)) continue;
      const std::vector<BeadRanges> one = {bead.ranges};
      const size_t right = ScoreBeads(one, document.beads).all.right;
      Bin& bin = bins_[static_cast<size_t>(bead.confidence * (kBins - 1e-9))];
      ++bin.beads;
      bin.right += right;
      bin.confidence += bead.confidence;
    }
  }

  void Print() const {
    for (const Bin& bin : bins_) {
      if (bin.beads == 0) continue;
      const auto count = static_cast<double>(bin.beads);
      fmt::print("  mean confidence {:.3f}  right {:.3f}  of {}\n",
                 bin.confidence / count, static_cast<double>(bin.right) / count,
                 bin.beads);
    }
  }

 private:
  static constexpr size_t kBins = 10;
  struct Bin {
    size_t beads = 0;
    size_t right = 0;
    double confidence = 0;
  };
  std::array<Bin, kBins> bins_;
};

struct Set {
  std::string name;
  std::vector<GoldDocument> documents;
};

double Seconds() {
  return std::chrono::duration<double>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

std::string TextOf(const GoldDocument& document, const BeadRanges& bead) {
  std::string text;
  for (size_t v = 0; v < bead.size(); ++v) {
    uint32_t number = 0;
    text += fmt::format("\n      {}:", document.versions[v].language);
    for (const auto& paragraph : document.versions[v].paragraphs) {
      for (const std::string& sentence : paragraph) {
        if (number >= bead[v].begin && number < bead[v].end) {
          text += fmt::format(" [{}] {}", number, sentence);
        }
        ++number;
      }
    }
  }
  return text;
}

// Beads that are wrong, and gold ones that were not found.
void PrintErrors(const GoldDocument& document,
                 const std::vector<BeadRanges>& found) {
  const auto print = [&](std::string_view what,
                         const std::vector<BeadRanges>& beads,
                         const std::vector<BeadRanges>& others) {
    for (const BeadRanges& bead : beads) {
      const std::vector<BeadRanges> one = {bead};
      if (ScoreBeads(one, others).all.right == 0) {
        fmt::print("  {} {}{}\n", document.name, what, TextOf(document, bead));
      }
    }
  };
  print("wrong", found, document.beads);
  print("missed", document.beads, found);
}

void Measure(const Set& set, std::string_view name, const Aligner& aligner) {
  StrictScore score;
  const double begin = Seconds();
  for (const GoldDocument& document : set.documents) {
    const StrictScore one = ScoreBeads(aligner(document), document.beads);
    if (std::getenv("ALIGN_BENCH_EACH") != nullptr) {
      fmt::print("    {:40} {:.4f} {:.4f}\n", document.name, one.all.F1(),
                 one.aligned.F1());
    }
    score += one;
    if (std::getenv("ALIGN_BENCH_ERRORS") != nullptr) {
      PrintErrors(document, aligner(document));
    }
  }
  fmt::print(
      "{:28} {:12} P {:.4f} R {:.4f} F1 {:.4f}   F1 aligned {:.4f}  {:.2f} s\n",
      set.name, name, score.all.Precision(), score.all.Recall(), score.all.F1(),
      score.aligned.F1(), Seconds() - begin);
}

std::vector<GoldDocument> Noisy(const std::vector<GoldDocument>& documents,
                                uint64_t seed) {
  std::vector<GoldDocument> noisy;
  for (size_t i = 0; i < documents.size(); ++i) {
    noisy.push_back(AddNoise(
        documents[i], documents[(i + 1) % documents.size()], {}, seed + i));
  }
  return noisy;
}

std::vector<GoldDocument> ProjectAll(const std::vector<GoldDocument>& documents,
                                     size_t first, size_t second) {
  std::vector<GoldDocument> projected;
  for (const GoldDocument& document : documents) {
    projected.push_back(Project(document, first, second));
  }
  return projected;
}

Lexicon LearnLexicon(const std::string& data) {
  Lexicon lexicon;
  const auto learn = [&](const std::string& en, const std::string& zh,
                         const std::string& es) {
    const std::array<LanguageText, 3> texts = {
        {{"en", en}, {"zh", zh}, {"es", es}}};
    lexicon.Learn(texts);
  };
  const std::string tico = data + "/news_like/tico19/";
  const auto en = ReadLines(tico + "en.txt");
  const auto zh = ReadLines(tico + "zh.txt");
  const auto es = ReadLines(tico + "es.txt");
  const bool with_tico = std::getenv("ALIGN_BENCH_DEV") == nullptr;
  for (size_t i = 0; with_tico && i < en.size(); ++i) {
    learn(en[i], zh[i], es[i]);
  }
  for (const std::string& line :
       ReadLines(data + "/sentences/software_docs_tri_40k.tsv")) {
    const size_t a = line.find('\t');
    const size_t b = line.find('\t', a + 1);
    const size_t c = line.find('\t', b + 1);
    if (c == std::string::npos) continue;
    learn(line.substr(0, a), line.substr(a + 1, b - a - 1),
          line.substr(b + 1, c - b - 1));
  }
  return lexicon;
}

void AddGold(const std::string& folder, std::vector<Set>& sets) {
  for (const char* name : {"champollion_zh-en", "maligna_pl", "parice_en-is"}) {
    const auto documents = ReadGold(folder + name);
    sets.push_back({name, documents});
    sets.push_back({std::string(name) + " noisy", Noisy(documents, 1)});
  }
}

// Parallel lines with noise. Two versions first, then noise: a merge in a third
// one would make one bead of two.
void AddLines(const std::string& name, const std::vector<std::string>& paths,
              uint64_t seed, std::vector<Set>& sets) {
  const auto documents = ReadParallelLines(paths, {"en", "zh", "es"}, 50);
  sets.push_back({name + " en-es", Noisy(ProjectAll(documents, 0, 2), seed)});
  sets.push_back(
      {name + " en-zh", Noisy(ProjectAll(documents, 0, 1), seed + 1)});
  sets.push_back(
      {name + " zh-es", Noisy(ProjectAll(documents, 1, 2), seed + 2)});
  sets.push_back({name + " en-zh-es", Noisy(documents, seed + 3)});
}

void AddReleases(const std::string& path, std::vector<Set>& sets) {
  const TextColumn en = {0, "en"};
  const TextColumn zh = {1, "zh"};
  const TextColumn es = {2, "es"};
  const auto add = [&](const std::string& name,
                       const std::vector<TextColumn>& columns, uint64_t seed) {
    sets.push_back({"releases noisy " + name,
                    Noisy(ReadParagraphs(path, columns, 8), seed)});
  };
  add("en-es", {en, es}, 30);
  add("en-zh", {en, zh}, 31);
  add("zh-es", {zh, es}, 32);
  add("en-zh-es", {en, zh, es}, 33);
}

std::vector<Set> ReadSets(const std::string& data) {
  std::vector<Set> sets;
  AddGold(data + "/align_gold/", sets);
  const std::string pud = data + "/news_like/pud/";
  AddLines("dev pud", {pud + "en.txt", pud + "zh-TW.txt", pud + "es.txt"}, 10,
           sets);
  const std::string tico = data + "/news_like/tico19/";
  AddLines("dev tico", {tico + "en.txt", tico + "zh.txt", tico + "es.txt"}, 20,
           sets);
  AddReleases(data + "/releases/debian_paragraphs_en_zh_es.tsv", sets);
  return sets;
}

// One set by all aligners that can do it.
void MeasureAll(const Set& set, const Lexicon& lexicon, bool baselines) {
  if (baselines && set.documents[0].versions.size() == 2) {
    Measure(set, "gale-church", [](const GoldDocument& document) {
      return GaleChurch(document.versions[0], document.versions[1]);
    });
    Measure(set, "hunalign", [](const GoldDocument& document) {
      return LengthAndDictionary(document.versions[0], document.versions[1]);
    });
  }
  if (set.documents[0].versions.size() == 3) {
    Measure(set, "by pairs", [&](const GoldDocument& document) {
      return AlignByPairs(document, &lexicon);
    });
  }
  Measure(set, "tercet", [](const GoldDocument& document) {
    return AlignOurs(document, nullptr);
  });
  Measure(set, "tercet+memory", [&](const GoldDocument& document) {
    return AlignOurs(document, &lexicon);
  });
}

void PrintReliability(const std::vector<Set>& sets, const Lexicon& lexicon) {
  for (const char* prefix : {"champollion", "releases", "parice", "dev"}) {
    Reliability reliability;
    for (const Set& set : sets) {
      if (!set.name.starts_with(prefix)) continue;
      for (const GoldDocument& document : set.documents) {
        reliability.Add(document, &lexicon);
      }
    }
    fmt::print("{}\n", prefix);
    reliability.Print();
  }
}

void Table(const std::string& data) {
  const std::vector<Set> sets = ReadSets(data);
  const double begin = Seconds();
  const Lexicon lexicon = std::getenv("ALIGN_BENCH_BARE") != nullptr
                              ? Lexicon()
                              : LearnLexicon(data);
  fmt::print("lexicon learnt in {:.1f} s\n", Seconds() - begin);
  const bool baselines = std::getenv("ALIGN_BENCH_OURS") == nullptr;
  const char* const only = std::getenv("ALIGN_BENCH_ONLY");
  for (const Set& set : sets) {
    if (only != nullptr && set.name.find(only) == std::string::npos) continue;
    MeasureAll(set, lexicon, baselines);
  }
  if (std::getenv("ALIGN_BENCH_RELIABILITY") != nullptr) {
    PrintReliability(sets, lexicon);
  }
}

void PrintBeads(const std::vector<std::string>& paths) {
  std::vector<DocumentVersion> versions;
  for (const std::string& path : paths) {
    versions.push_back(
        {std::filesystem::path(path).stem().string(), {ReadLines(path)}});
  }
  for (const Bead& bead : Must(AlignDocuments(versions, {}))) {
    fmt::print("{:.3f}", bead.confidence);
    for (size_t v = 0; v < versions.size(); ++v) {
      fmt::print("\t");
      for (uint32_t i = bead.ranges[v].begin; i < bead.ranges[v].end; ++i) {
        fmt::print("[{}] {} ", i, versions[v].paragraphs[0][i]);
      }
    }
    fmt::print("\n");
  }
}

}  // namespace
}  // namespace tercet::bench

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.size() > 2 && arguments[0] == "--beads") {
    tercet::bench::PrintBeads({arguments.begin() + 1, arguments.end()});
  } else if (arguments.size() == 1) {
    tercet::bench::Table(arguments[0]);
  } else {
    fmt::print(stderr, "usage: align_bench DATA_FOLDER | --beads FILE FILE\n");
    return EXIT_FAILURE;
  }
}
