# shellcheck shell=bash
# The static checks behind ./dev check.

check_layout() {
  say "clang-format"
  git ls-files -z '*.h' '*.cc' | xargs -0r clang-format --dry-run -Werror
}

check_scripts() {
  say "shellcheck"
  git ls-files -z dev .ci/run '*.sh' deploy/debian/{postinst,prerm,postrm} |
    xargs -0r shellcheck --external-sources
}

# The rules that no tool knows: layers, comments in the API, documents.
check_rules() {
  local check
  for check in layers protos docs; do
    say "tools/check_$check.py"
    "tools/check_$check.py" --self-test
    "tools/check_$check.py"
  done
}

# check_tidy [FILE.cc...]; without files, all of service/ and client/.
check_tidy() {
  local files=("$@")
  if ((${#files[@]} == 0)); then
    mapfile -t files < <(git ls-files 'service/*.cc' 'client/*.cc')
  fi
  build_preset tidy build/tidy tercet_api_proto tercet_storage_proto
  say "clang-tidy over ${#files[@]} files; it takes some seconds for each"
  printf '%s\0' "${files[@]}" |
    xargs -0 -n 1 -P "$(nproc)" clang-tidy --quiet -p build/tidy 2>&1 |
    sed '/^[0-9]* warnings\{0,1\} generated\.$/d'
}

# Prints the sources of service/ and client/ that differ from origin/main, or
# are not committed; for a header, its .cc too.
changed_sources() {
  local base file
  base=$(git merge-base HEAD origin/main 2>/dev/null || echo HEAD)
  { git diff --name-only "$base" && git ls-files -o --exclude-standard; } |
    sed -En 's#^((service|client)/.*)\.(h|cc)$#\1.cc#p' | sort -u |
    while read -r file; do
      if [[ -e $file ]]; then echo "$file"; fi
    done
}
