# shellcheck shell=bash
# Builds with CMake's presets and runs the tests.

# build_preset PRESET DIRECTORY TARGET... configures what is not configured yet
# (CMake itself sees later changes) and builds.
build_preset() {
  local preset=$1 directory=$2 stamp=$2/build.ninja
  shift 2
  if [[ ! -e $stamp || CMakePresets.json -nt $stamp ]]; then
    say "configuring the $preset build in $directory/"
    quietly cmake --preset "$preset" || fail "cmake --preset $preset failed"
    say "building; this first time takes some minutes"
  fi
  cmake --build "$directory" --parallel "$(nproc)" --target "$@"
}

build_release() { build_preset release build "$@"; }

# run_tests DIRECTORY [CTEST ARGUMENT...]; ctest's closing lines end the output.
run_tests() {
  local directory=$1
  shift
  say "running the tests"
  ctest --test-dir "$directory" --output-on-failure --no-tests=error \
    -j "$(nproc)" "$@"
}
