// Tab-separated text: the texts of the chosen languages, and nothing else.
#include <utility>

#include "service/formats/writers.h"

namespace tercet {
namespace {

void AppendEscaped(std::string& out, std::string_view text) {
  for (char c : text) {
    switch (c) {
      case '\t':
        out += "\\t";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\\':
        out += "\\\\";
        break;
      default:
        out += c;
        break;
    }
  }
}

class TsvWriter final : public UnitWriter {
 public:
  TsvWriter(WriterOptions options, ByteSink& sink)
      : languages_(std::move(options.languages)), sink_(sink) {}

  Status Write(const WriteUnit& write) override {
    RETURN_IF_ERROR(WriteHead());
    std::string line;
    bool has_text = false;
    std::vector<bool> used(write.unit.variants.size());
    for (size_t column = 0; column < languages_.size(); ++column) {
      if (column > 0) line += '\t';
      const Variant* variant =
          TakeVariant(write.unit, languages_[column], used);
      if (variant == nullptr) continue;
      AppendEscaped(line, variant->segment.text);
      has_text = true;
    }
    if (!has_text) return OkStatus();
    return sink_.Write(line + "\n");
  }

  Status Finish() override { return WriteHead(); }

 private:
  // The first variant in `language` that is not yet used; null if none is left.
  static const Variant* TakeVariant(const Unit& unit,
                                    const LanguageTag& language,
                                    std::vector<bool>& used) {
    for (size_t i = 0; i < unit.variants.size(); ++i) {
      if (used[i] || unit.variants[i].language != language) continue;
      used[i] = true;
      return &unit.variants[i];
    }
    return nullptr;
  }

  Status WriteHead() {
    if (languages_.empty()) {
      return MakeError(StatusCode::kInvalidArgument,
                       "TSV has a column for each language: say which "
                       "languages to write",
                       {.reason = "LANGUAGES_MISSING"});
    }
    if (std::exchange(has_head_, true)) return OkStatus();
    std::string head;
    for (const LanguageTag& language : languages_) {
      if (!head.empty()) head += '\t';
      head += language.code();
    }
    return sink_.Write(head + "\n");
  }

  std::vector<LanguageTag> languages_;
  ByteSink& sink_;
  bool has_head_ = false;
};

}  // namespace

std::unique_ptr<UnitWriter> MakeTsvWriter(WriterOptions options,
                                          ByteSink& sink) {
  return std::make_unique<TsvWriter>(std::move(options), sink);
}

}  // namespace tercet
