# shellcheck shell=bash
# The page in web/, and the examples for Node.js: their packages from the npm
# registry. A build of Tercet needs none of this, for web/dist is committed.

readonly node_major=20

has_node() {
  command -v npm >/dev/null && command -v node >/dev/null &&
    (($(node --print 'process.versions.node.split(".")[0]') >= node_major))
}

# Installs what FOLDER/package-lock.json names, where it is not there yet.
install_modules() {
  local folder=$1 stamp=$1/node_modules/.package-lock.json
  if [[ -e $stamp && ! $folder/package-lock.json -nt $stamp ]]; then return; fi
  say "installing packages with npm in $folder/node_modules/"
  quietly npm ci --prefix "$folder" --no-audit --no-fund
}

install_web_modules() { install_modules web; }

# For the tests, which skip what cannot run.
prepare_web_tests() {
  if [[ -n ${TERCET_NO_INSTALL:-} ]]; then return; fi
  if ! has_node; then
    say "no npm with Node.js $node_major or later: the page is not tested"
    return
  fi
  install_web_modules ||
    say "npm cannot install the page's packages: the page is not tested"
  install_modules client/examples/node ||
    say "npm cannot install the packages of client/examples/node: not tested"
}
