#!/usr/bin/env bash
# The Debian package: built, installed, its server run as its unit says, asked
# by its command line, removed and purged; nothing but the data is left.
# Exits with 77, skipped, where a package cannot or must not be installed.
set -euo pipefail

build=$(dirname "${TERCET_BIN:?}")
readonly build unit=/usr/lib/systemd/system/tercetd.service
work=$(mktemp -d)
installed=''
server_pid=''

clean_up() {
  if [[ -n $server_pid ]]; then
    kill "$server_pid" 2>/dev/null || true
    wait "$server_pid" || true
  fi
  if [[ -n $installed ]]; then run_dpkg --purge tercet; fi
  rm -rf "$work"
}
trap clean_up EXIT

skip() {
  echo "skipped: $*"
  exit 77
}

fail() {
  echo "failed: $*" >&2
  exit 1
}

# dpkg does not wait for another package manager, so this does.
run_dpkg() {
  local output
  for _ in {1..120}; do
    if output=$(dpkg "$@" 2>&1 </dev/null); then return; fi
    [[ $output == *lock* ]] || break
    sleep 1
  done
  fail "dpkg $* said: $output"
}

check_it_can_run() {
  local tool
  ((EUID == 0)) || skip "only root installs packages"
  for tool in dpkg dpkg-shlibdeps file setpriv; do
    command -v "$tool" >/dev/null || skip "there is no $tool"
  done
  grep -qx 'CMAKE_BUILD_TYPE:STRING=Release' "$build/CMakeCache.txt" ||
    skip "only a release is packaged"
  ! dpkg-query -W tercet >/dev/null 2>&1 ||
    skip "a tercet package is known to this machine; it is left alone"
}

install_package() {
  (cd "$work" && cpack -G DEB --config "$build/CPackConfig.cmake") >/dev/null
  package=$(echo "$work"/tercet_*.deb)
  installed=yes
  run_dpkg --install "$package"
}

check_what_is_installed() {
  local changed
  changed=$(dpkg --verify tercet)
  [[ -z $changed ]] || fail "installed files differ: $changed"
  bash -n /usr/share/bash-completion/completions/tercet
  if command -v systemd-analyze >/dev/null; then
    systemd-analyze verify "$unit" || fail "the unit is wrong"
  fi
  [[ ! -e /etc/systemd/system/multi-user.target.wants/tercetd.service ]] ||
    fail "installing has enabled the service"
}

# Starts the server as the unit does: its ExecStart, as a user who owns nothing
# but the data.
start_server() {
  local command
  address=127.0.0.1:$(python3 -c 'import socket
s = socket.socket()
s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])')
  read -ra command < <(sed -n 's/^ExecStart=//p' "$unit")
  # shellcheck disable=SC2016  # systemd expands it, so the text is wanted.
  command=("${command[@]//'${STATE_DIRECTORY}'/$work/data}")
  chmod 755 "$work"
  install -d -o nobody -g nogroup "$work/data"
  setpriv --reuid=nobody --regid=nogroup --clear-groups --no-new-privs \
    "${command[@]}" --listen "$address" --http-listen none >"$work/log" 2>&1 &
  server_pid=$!
  for _ in {1..150}; do
    if ask info >/dev/null 2>&1; then return; fi
    kill -0 "$server_pid" 2>/dev/null || break
    sleep 0.1
  done
  fail "the server does not answer; it said: $(<"$work/log")"
}

ask() { /usr/bin/tercet --server "$address" "$@"; }

check_server() {
  local found
  ask import --memory press /usr/share/tercet/samples/press.tmx
  found=$(ask lookup --memory press --from en --to zh "In October alone, trade\
 amounted to 11.8 billion U.S. dollars, up 3.4 percent year on year.")
  [[ $found == *仅10月份* ]] || fail "the lookup found: $found"
}

stop_server() {
  local status=0
  kill -TERM "$server_pid"
  wait "$server_pid" || status=$?
  server_pid=''
  ((status == 0)) ||
    fail "the server exited with $status; it said: $(<"$work/log")"
}

check_removal() {
  local file
  run_dpkg --remove tercet
  [[ -e /etc/tercet/tercet.toml ]] || fail "removal took the configuration"
  run_dpkg --purge tercet
  installed=''
  while read -r file; do
    [[ ! -e $file ]] || fail "$file is left"
  done < <(dpkg-deb --fsys-tarfile "$package" | tar -t | grep -v '/$' |
    sed 's/^\.//')
  for file in /etc/tercet /usr/share/tercet /usr/share/doc/tercet; do
    [[ ! -e $file ]] || fail "$file is left"
  done
  [[ -n $(ls -A "$work/data") ]] || fail "the data is gone"
}

check_it_can_run
install_package
check_what_is_installed
start_server
check_server
stop_server
check_removal
echo "passed"
