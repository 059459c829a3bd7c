#include "service/rpc/import_stream.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "fmt/format.h"
#include "google/protobuf/util/time_util.h"
#include "service/base/utf8.h"
#include "service/model/limits.h"
#include "service/rpc/convert.h"
#include "service/rpc/file_format.h"
#include "service/rpc/request_check.h"

namespace tercet {
namespace {

constexpr int kMaxLanguages = 256;
constexpr int kMaxProblems = 1000;
constexpr size_t kMaxReasonBytes = 63;  // As in google.rpc.ErrorInfo.
constexpr size_t kMaxShownBytes = 1024;

Status CheckChunk(const v1::ImportUnitsRequest& request) {
  if (!request.has_chunk()) {
    return InvalidFields(
        {{.field = "chunk",
          .description = "must be set in every message but the first"}});
  }
  if (request.chunk().size() > kMaxChunkBytes) {
    return InvalidFields(
        {{.field = "chunk",
          .description = fmt::format("has {} bytes; the most is {}",
                                     request.chunk().size(), kMaxChunkBytes)}});
  }
  return OkStatus();
}

UnitState StateFromApi(v1::Unit::State state, std::string_view field,
                       RequestCheck& check) {
  if (!v1::Unit::State_IsValid(state)) check.Add(field, "is no state");
  return static_cast<UnitState>(state);
}

std::string ToLower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) {
    return static_cast<char>(std::tolower(c));
  });
  return text;
}

void CheckName(std::string_view name, size_t max_bytes, std::string_view field,
               RequestCheck& check) {
  if (name.size() <= max_bytes) return;
  check.Add(field, fmt::format("has {} bytes; the most is {}", name.size(),
                               max_bytes));
}

void AddRule(int rule, std::string_view field, ImportRules& rules,
             RequestCheck& check) {
  switch (rule) {
    case v1::UNTRANSLATED:
      rules.drop_untranslated = true;
      return;
    case v1::TARGET_IS_SOURCE:
      rules.drop_equal = true;
      return;
    case v1::WRONG_LANGUAGE:
      rules.drop_wrong_language = true;
      return;
    case v1::NUMBERS_DIFFER:
      rules.drop_differing_numbers = true;
      return;
    default:
      check.Add(field, "is no rule");
  }
}

std::vector<LanguageTag> LanguagesFromApi(
    const google::protobuf::RepeatedPtrField<std::string>& codes,
    const std::string& field, RequestCheck& check) {
  std::vector<LanguageTag> languages;
  if (codes.size() > kMaxLanguages) {
    check.Add(field, "has more than 256 entries");
    return languages;
  }
  for (int i = 0; i < codes.size(); ++i) {
    languages.push_back(
        check.Language(fmt::format("{}[{}]", field, i), codes[i]));
  }
  return languages;
}

ImportRules RulesFromApi(const v1::ImportConfig& config, RequestCheck& check) {
  ImportRules rules;
  if (config.language_mappings_size() > kMaxLanguages) {
    check.Add("config.language_mappings", "has more than 256 entries");
  }
  for (int i = 0; i < config.language_mappings_size(); ++i) {
    const v1::LanguageMapping& mapping = config.language_mappings(i);
    const std::string field = fmt::format("config.language_mappings[{}]", i);
    rules.mappings.push_back({check.Language(field + ".from", mapping.from()),
                              check.Language(field + ".to", mapping.to())});
  }
  rules.languages =
      LanguagesFromApi(config.language_codes(), "config.language_codes", check);
  for (int i = 0; i < config.drop_rules_size(); ++i) {
    AddRule(config.drop_rules(i), fmt::format("config.drop_rules[{}]", i),
            rules, check);
  }
  rules.since_micros = check.Time("config.start_time", config.has_start_time(),
                                  config.start_time());
  rules.document = config.document();
  CheckName(config.document(), kMaxDocumentBytes, "config.document", check);
  rules.project = config.project();
  CheckName(config.project(), kMaxNameBytes, "config.project", check);
  rules.creator = config.creator();
  CheckName(config.creator(), kMaxNameBytes, "config.creator", check);
  rules.date_micros =
      check.Time("config.creation_time", config.has_creation_time(),
                 config.creation_time());
  return rules;
}

bool IsReason(std::string_view text) {
  return !text.empty() && text.size() <= kMaxReasonBytes &&
         std::ranges::all_of(text, [](char c) {
           return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
         });
}

std::vector<ReadProblem> ProblemsFromApi(const v1::ImportConfig& config,
                                         RequestCheck& check) {
  std::vector<ReadProblem> problems;
  if (config.problems_size() > kMaxProblems) {
    check.Add("config.problems", "has more than 1000 entries");
    return problems;
  }
  for (int i = 0; i < config.problems_size(); ++i) {
    const v1::ImportProblem& told = config.problems(i);
    if (!IsReason(told.reason())) {
      check.Add(fmt::format("config.problems[{}].reason", i),
                "must be capitals, digits and '_', at most 63");
    }
    problems.push_back(
        {.line = told.line(),
         .offset = told.byte_offset(),
         .reason = told.reason(),
         .message = PrintableUtf8(told.message(), kMaxShownBytes),
         .of_file = true,
         .excerpt = PrintableUtf8(told.excerpt(), kExcerptBytes),
         .file = PrintableUtf8(told.file(), kMaxShownBytes)});
  }
  return problems;
}

// What is asked and not the default, for people.
std::string DescribeOptions(const v1::ImportConfig& config) {
  std::string text = config.format() == v1::FILE_FORMAT_UNSPECIFIED
                         ? "by content"
                         : ToLower(v1::FileFormat_Name(config.format()));
  const auto add = [&text](std::string_view what, const std::string& value) {
    if (!value.empty()) text += fmt::format(", {}{}", what, value);
  };
  if (config.write_mode() == v1::OVERWRITE) add("overwrite", " texts");
  if (config.default_state() != v1::Unit::STATE_UNSPECIFIED) {
    add("state ", ToLower(v1::Unit::State_Name(config.default_state())));
  }
  if (config.strict()) text += ", strict";
  for (const v1::LanguageMapping& mapping : config.language_mappings()) {
    add("map ", fmt::format("{}={}", mapping.from(), mapping.to()));
  }
  for (const std::string& code : config.default_language_codes()) {
    add("default ", code);
  }
  for (const std::string& code : config.language_codes()) add("only ", code);
  if (config.has_start_time()) {
    add("since ",
        google::protobuf::util::TimeUtil::ToString(config.start_time()));
  }
  for (const int rule : config.drop_rules()) {
    add("drop ", ToLower(v1::DropRule_Name(static_cast<v1::DropRule>(rule))));
  }
  add("document ", config.document());
  add("project ", config.project());
  add("creator ", config.creator());
  if (config.has_creation_time()) {
    add("date ",
        google::protobuf::util::TimeUtil::ToString(config.creation_time()));
  }
  return text;
}

std::string SignatureOf(v1::ImportConfig config) {
  config.clear_source();
  config.clear_requester();
  config.clear_restart();
  config.clear_validate_only();
  // Like the source, a file may be named in another way the next time. How many
  // problems there are must be the same: they are counted as items.
  for (v1::ImportProblem& problem : *config.mutable_problems()) {
    problem.clear_file();
  }
  // Without maps and unknown fields the bytes are always the same.
  config.DiscardUnknownFields();
  return config.SerializeAsString();
}

}  // namespace

StatusOr<ImportPlan> ReadImportConfig(Call& call, ImportStream& stream) {
  v1::ImportUnitsRequest request;
  const bool has_message = stream.Read(&request);
  RETURN_IF_ERROR(call.CheckNow());
  if (!has_message || !request.has_config()) {
    return MakeError(StatusCode::kInvalidArgument,
                     "the first message of an import must have config set",
                     {.reason = "IMPORT_CONFIG_MISSING"});
  }
  call.CountRequest(request);
  const v1::ImportConfig& config = request.config();
  RequestCheck check;
  ImportPlan plan;
  plan.memory_id = check.MemoryId("config.memory", config.memory());
  if (config.format() != v1::FILE_FORMAT_UNSPECIFIED) {
    plan.format = FormatFromApi(config.format(), "config.format", check);
  }
  plan.validate_only = config.validate_only();
  plan.write_mode = WriteModeFromApi(config.write_mode(), "config.write_mode",
                                     check.violations());
  plan.default_state =
      StateFromApi(config.default_state(), "config.default_state", check);
  if (config.total_bytes() < 0) check.Add("config.total_bytes", "is negative");
  plan.total_bytes = config.total_bytes();
  plan.strict = config.strict();
  plan.reading.default_languages = LanguagesFromApi(
      config.default_language_codes(), "config.default_language_codes", check);
  if (plan.format == FileFormat::kMoses &&
      config.default_language_codes_size() < 2) {
    check.Add("config.default_language_codes",
              "must be two at least for MOSES");
  }
  plan.rules = RulesFromApi(config, check);
  plan.problems = ProblemsFromApi(config, check);
  CheckName(config.source(), kMaxDocumentBytes, "config.source", check);
  CheckName(config.requester(), kMaxNameBytes, "config.requester", check);
  RETURN_IF_ERROR(check.status());
  plan.source = config.source();
  plan.requester = config.requester();
  plan.restart = config.restart();
  plan.options = DescribeOptions(config);
  plan.signature = SignatureOf(config);
  return plan;
}

StatusOr<std::string_view> ChunkSource::Read() {
  do {
    if (!stream_.Read(&request_)) {
      // A client that breaks off looks at first like one that ends; a file cut
      // inside a line must not be taken for a whole one. Only the second can
      // still be told something.
      RETURN_IF_ERROR(call_.CheckNow());
      RETURN_IF_ERROR(reporter_.Flush());
      RETURN_IF_ERROR(call_.CheckNow());
      return std::string_view();
    }
    call_.CountRequest(request_);
    RETURN_IF_ERROR(CheckChunk(request_));
  } while (request_.chunk().empty());
  reporter_.CountBytes(static_cast<int64_t>(request_.chunk().size()));
  return std::string_view(request_.chunk());
}

}  // namespace tercet
