# shellcheck shell=bash
# The page in web/: its packages from the npm registry. A build of Tercet needs
# none of this, for web/dist is committed.

readonly node_major=20

has_node() {
  command -v npm >/dev/null && command -v node >/dev/null &&
    (($(node --print 'process.versions.node.split(".")[0]') >= node_major))
}

# Installs what web/package-lock.json names, where it is not there yet.
install_web_modules() {
  local stamp=web/node_modules/.package-lock.json
  if [[ -e $stamp && ! web/package-lock.json -nt $stamp ]]; then return; fi
  say "installing the page's packages with npm in web/node_modules/"
  quietly npm ci --prefix web --no-audit --no-fund
}

# For the tests, which skip what cannot run.
prepare_web_tests() {
  if [[ -n ${TERCET_NO_INSTALL:-} ]]; then return; fi
  if ! has_node; then
    say "no npm with Node.js $node_major or later: the page is not tested"
  elif ! install_web_modules; then
    say "npm cannot install the page's packages: the page is not tested"
  fi
}
