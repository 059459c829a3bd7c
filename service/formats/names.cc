#include "service/formats/names.h"

#include <algorithm>
#include <iterator>

namespace tercet {
namespace {

struct StateWord {
  UnitState state;
  std::string_view name;
};
constexpr StateWord kStateWords[] = {
    {UnitState::kUnspecified, "unspecified"},
    {UnitState::kAligned, "aligned"},
    {UnitState::kDraft, "draft"},
    {UnitState::kConfirmed, "confirmed"},
};

struct KindWord {
  InlineCode::Kind kind;
  std::string_view name;
};
constexpr KindWord kKindWords[] = {
    {InlineCode::Kind::kBeginPaired, "bpt"},
    {InlineCode::Kind::kEndPaired, "ept"},
    {InlineCode::Kind::kPlaceholder, "ph"},
    {InlineCode::Kind::kIsolated, "it"},
    {InlineCode::Kind::kHighlightBegin, "hi"},
    {InlineCode::Kind::kHighlightEnd, "/hi"},
    {InlineCode::Kind::kUnknownTag, "ut"},
};

char ToLower(char c) { return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c; }

}  // namespace

std::string_view StateName(UnitState state) {
  const auto* word = std::ranges::find(kStateWords, state, &StateWord::state);
  return word == std::end(kStateWords) ? "unspecified" : word->name;
}

std::optional<UnitState> StateFromName(std::string_view name) {
  const auto* word = std::ranges::find(kStateWords, name, &StateWord::name);
  if (word == std::end(kStateWords)) return std::nullopt;
  return word->state;
}

std::string_view CodeKindName(InlineCode::Kind kind) {
  const auto* word = std::ranges::find(kKindWords, kind, &KindWord::kind);
  return word == std::end(kKindWords) ? "ph" : word->name;
}

std::optional<InlineCode::Kind> CodeKindFromName(std::string_view name) {
  const auto* word = std::ranges::find(kKindWords, name, &KindWord::name);
  if (word == std::end(kKindWords)) return std::nullopt;
  return word->kind;
}

bool EqualsIgnoringCase(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, ToLower, ToLower);
}

}  // namespace tercet
