// tercet search
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "client/cli/commands.h"
#include "client/cli/filter_options.h"
#include "client/cli/json_shapes.h"
#include "client/cli/language_argument.h"
#include "client/cli/names.h"
#include "client/cli/output/diff.h"
#include "client/cli/output/display_width.h"
#include "client/cli/output/excerpt.h"
#include "client/cli/output/human.h"
#include "client/cli/unit_print.h"
#include "service/base/utf8.h"

namespace tercet::cli {
namespace {

constexpr int kDefaultLimit = 20;
// Columns of a text that are shown on each side of a hit.
constexpr int kContext = 120;
constexpr int kMostPageSize = 1000;
// Of --limit; any number larger than a memory would do.
constexpr int kMostUnits = 1'000'000'000;

struct SearchFlags {
  FilterFlags filter;
  std::string language;
  std::string form = "folded";
  bool all_words = false;
  std::vector<std::string> others;  // LANGUAGE=PHRASE
  int limit = kDefaultLimit;
  std::vector<std::string> phrases;
};

Status CheckPhrase(std::string_view phrase) {
  if (phrase.empty()) return UsageError("the phrase is empty");
  if (!IsValidUtf8(phrase)) return UsageError("the phrase is not valid UTF-8");
  return OkStatus();
}

// What --with asks for besides.
Status AddOther(const std::string& typed, const SearchFlags& flags,
                v1::SearchUnitsRequest& request) {
  const size_t middle = typed.find('=');
  if (middle == std::string::npos) {
    return UsageError(
        fmt::format("--with '{}' is not of the form LANGUAGE=PHRASE", typed));
  }
  v1::TextCondition& condition = *request.add_conditions();
  condition.set_language_code(typed.substr(0, middle));
  condition.add_phrases(typed.substr(middle + 1));
  condition.set_form(SearchFormOfName(flags.form));
  condition.set_all_words(flags.all_words);
  RETURN_IF_ERROR(CheckLanguage("--with", condition.language_code()));
  return CheckPhrase(condition.phrases(0));
}

StatusOr<v1::SearchUnitsRequest> MakeRequest(const SearchFlags& flags) {
  v1::SearchUnitsRequest request;
  v1::TextCondition& condition = *request.add_conditions();
  for (const std::string& phrase : flags.phrases) {
    RETURN_IF_ERROR(CheckPhrase(phrase));
    condition.add_phrases(phrase);
  }
  if (!flags.language.empty()) {
    RETURN_IF_ERROR(CheckLanguage("--in", flags.language));
    condition.set_language_code(flags.language);
  }
  condition.set_form(SearchFormOfName(flags.form));
  condition.set_all_words(flags.all_words);
  for (const std::string& other : flags.others) {
    RETURN_IF_ERROR(AddOther(other, flags, request));
  }
  ASSIGN_OR_RETURN(const Scope scope, ScopeOf(flags.filter));
  request.set_parent(scope.parent);
  *request.mutable_filter() = scope.filter;
  // One more, to know whether there are more.
  request.set_page_size(std::min(flags.limit, kMostPageSize - 1) + 1);
  return request;
}

void PrintHit(const v1::SearchHit& hit, Session& session) {
  if (session.settings().json) {
    session.PrintJson(ToJson(hit));
    return;
  }
  StyledText headline;
  const std::string& document = hit.unit().origin().document();
  if (!document.empty()) Append(headline, Printable(document) + "  ");
  Append(headline, Printable(hit.unit().name()), Style::kDim);
  session.PrintLine(headline);
  // Where the phrase is comes first.
  std::vector<LabelledText> found;
  std::vector<LabelledText> others;
  auto variant_hit = hit.variant_hits().begin();
  for (int i = 0; i < hit.unit().variants_size(); ++i) {
    const v1::Variant& variant = hit.unit().variants(i);
    const bool is_hit = variant_hit != hit.variant_hits().end() &&
                        variant_hit->variant_index() == i;
    LabelledText text{.label = Printable(variant.language_code())};
    if (is_hit) {
      text.text = Excerpt(MarkHits(variant, variant_hit->spans()), kContext);
      if (!session.settings().color_out) text.text = BracketChanges(text.text);
      found.push_back(std::move(text));
      ++variant_hit;
    } else {
      text.text = {{.text = WithCodes(variant), .style = Style::kPlain}};
      others.push_back(std::move(text));
    }
  }
  found.insert(found.end(), others.begin(), others.end());
  for (const StyledText& line :
       LabelledLines(found, /*indent=*/2, session.environment().out_width)) {
    session.PrintLine(line);
  }
}

StatusOr<ExitCode> RunSearch(const SearchFlags& flags, Session& session) {
  ASSIGN_OR_RETURN(const v1::SearchUnitsRequest request, MakeRequest(flags));
  ASSIGN_OR_RETURN(client::Client * client, session.Connect());
  client::Pager<v1::SearchHit> pager = client->SearchUnits(request);
  for (int shown = 0;; ++shown) {
    ASSIGN_OR_RETURN(const std::optional<v1::SearchHit> hit, pager.Next());
    if (!hit.has_value()) {
      if (shown == 0 && !session.settings().json) {
        session.PrintLine({{"nothing found", Style::kDim}});
      }
      return shown == 0 ? ExitCode::kNothingFound : ExitCode::kOk;
    }
    if (shown == flags.limit) {
      session.PrintNote(
          fmt::format("there are more than {}; --limit COUNT "
                      "shows more",
                      FormatCounted(shown, "unit")));
      return ExitCode::kOk;
    }
    PrintHit(*hit, session);
  }
}

}  // namespace

void AddSearch(CLI::App& app, Chosen& chosen) {
  CLI::App* command =
      app.add_subcommand("search", "Find units by a phrase in their texts");
  command->footer(
      "Examples:\n"
      "  tercet search 'climate change'\n"
      "  tercet search --words --form inflected talk minister\n"
      "  tercet search --in zh 水灾 --with en=flood\n"
      "All PHRASEs must stand in the same text, in any language.\n"
      "Exit code: 0 found, 1 nothing found; `tercet --help` has the others.");
  // Shared by the options and the command; lives as long as either.
  const auto flags = std::make_shared<SearchFlags>();
  command
      ->add_option("PHRASE", flags->phrases,
                   "Words that stand side by side, or Chinese characters")
      ->required()
      ->type_name("");
  command->add_option("--in", flags->language, "Only texts in this language")
      ->type_name("LANGUAGE");
  command->add_flag("--words", flags->all_words,
                    "The words of a PHRASE may stand anywhere in the text");
  command
      ->add_option("--form", flags->form,
                   "What counts as the same: folded ignores case and width")
      ->check(CLI::IsMember({"folded", "exact", "inflected"}));
  command
      ->add_option("--with", flags->others,
                   "The unit has this phrase in that language, too")
      ->allow_extra_args(false)
      ->type_name("LANGUAGE=PHRASE");
  command->add_option("--limit", flags->limit, "The most units to show (20)")
      ->check(CLI::Range(1, kMostUnits))
      ->type_name("COUNT");
  AddFilterOptions(*command, flags->filter);
  command->callback([&chosen, flags] {
    chosen.command = [flags](Session& s) { return RunSearch(*flags, s); };
  });
}

}  // namespace tercet::cli
