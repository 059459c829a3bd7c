#!/usr/bin/env bash
# Runs fuzz targets: tools/fuzz.sh BUILD_FOLDER [TARGET] [SECONDS]. A target
# starts from its corpus in tests/fuzz/corpus/ and adds what it finds to
# BUILD_FOLDER/corpus/; what makes it fail is left in BUILD_FOLDER/failures/.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=tools/dev/ui.sh
source tools/dev/ui.sh

build=${1:?usage: tools/fuzz.sh BUILD_FOLDER [TARGET] [SECONDS]}

names() {
  local program
  for program in "$build"/bin/fuzz_*; do echo "${program##*/fuzz_}"; done
}

# fuzz NAME SECONDS
fuzz() {
  local found=$build/corpus/$1 failures=$build/failures
  mkdir -p "$found" "$failures"
  say "fuzzing $1 for $2 s"
  "$build/bin/fuzz_$1" -max_total_time="$2" -timeout=10 -rss_limit_mb=4096 \
    -print_final_stats=1 -artifact_prefix="$failures/$1-" \
    "$found" "tests/fuzz/corpus/$1"
}

main() {
  local name target=${1:-} seconds=${2:-60}
  if [[ $target =~ ^[0-9]+$ ]]; then seconds=$target target=''; fi
  target=${target#fuzz_}
  [[ $seconds =~ ^[0-9]+$ ]] || fail_usage "'$seconds' is no number of seconds"
  if [[ -n $target ]]; then
    [[ -x $build/bin/fuzz_$target ]] ||
      fail_usage "'$target' is no target; there are: $(names | paste -sd ' ')"
    fuzz "$target" "$seconds"
    return
  fi
  for name in $(names); do fuzz "$name" "$seconds"; done
}

main "${@:2}"
