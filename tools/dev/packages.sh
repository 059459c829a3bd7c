# shellcheck shell=bash
# Finds and installs the Debian packages of tools/packages.txt.

# ensure_packages VERB GROUP... installs what is missing of the groups.
ensure_packages() {
  local verb=$1 missing
  shift
  if [[ -n ${TERCET_NO_INSTALL:-} || $# == 0 ]]; then return; fi
  command -v dpkg-query >/dev/null ||
    fail "this is no Debian system: install what tools/packages.txt lists," \
      "then set TERCET_NO_INSTALL=1"
  mapfile -t missing < <(missing_packages "$@")
  if ((${#missing[@]} == 0)); then return; fi
  say "./dev $verb needs Debian packages that are not installed:"
  list_reasons "${missing[@]}"
  install_packages "${missing[@]}"
}

# Prints the packages of the groups, one a line.
packages_of() {
  local wanted=" $* " package groups group
  while read -r package groups _; do
    if [[ $package == '#'* ]]; then continue; fi
    for group in ${groups//,/ }; do
      if [[ $wanted == *" $group "* ]]; then
        echo "$package"
        break
      fi
    done
  done <tools/packages.txt
}

# Prints those of them that are not installed.
missing_packages() {
  local package packages installed
  mapfile -t packages < <(packages_of "$@")
  installed=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' \
    "${packages[@]}" 2>/dev/null || true)
  for package in "${packages[@]}"; do
    grep -qxF "installed $package" <<<"$installed" || echo "$package"
  done
}

# Prints each package with what it is for.
list_reasons() {
  local wanted=" $* " package reason
  while read -r package _ reason; do
    if [[ $wanted == *" $package "* ]]; then
      printf '      %-22s  %s\n' "$package" "$reason"
    fi
  done <tools/packages.txt
}

install_packages() {
  local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -y
    -o DPkg::Lock::Timeout=300)
  local install=(install --no-install-recommends "$@")
  if ((EUID != 0)); then
    sudo -n true 2>/dev/null ||
      fail "they can only be installed by root, or with a sudo that asks for" \
        "no password. As root: apt-get update && apt-get ${install[*]}"
    apt=(sudo -n "${apt[@]}")
  fi
  say "installing them with apt-get; this can take some minutes"
  if lists_know "$@" && quietly "${apt[@]}" "${install[@]}" 2>/dev/null; then
    return
  fi
  quietly "${apt[@]}" update || fail "apt-get update failed as shown above"
  quietly "${apt[@]}" "${install[@]}" ||
    fail "apt-get install failed as shown above"
}

# Whether apt's lists have all of the packages; when not, they must be fetched.
lists_know() { apt-cache show --no-all-versions "$@" >/dev/null 2>&1; }

# Runs a command; shows its output only when it fails.
quietly() {
  local output
  if ! output=$("$@" 2>&1 </dev/null); then
    printf '%s\n' "$output" >&2
    return 1
  fi
}
