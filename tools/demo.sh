#!/usr/bin/env bash
# Shows Tercet at work with the sample memory, in a directory that is removed
# afterwards: tools/demo.sh FOLDER_OF_THE_BINARIES. Fails when a step does not
# do what its heading says.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=tools/dev/ui.sh
source tools/dev/ui.sh

bin=${1:?usage: tools/demo.sh FOLDER_OF_THE_BINARIES}
readonly sample=deploy/samples/press.tmx
directory=$(mktemp -d)
server_pid=''

clean_up() {
  if [[ -n $server_pid ]]; then
    kill "$server_pid" 2>/dev/null || true
    wait "$server_pid" || true
  fi
  rm -rf "$directory"
}
trap clean_up EXIT

free_port() {
  python3 -c 'import socket
s = socket.socket()
s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])'
}

tercet() { "$bin/tercet" --server "$address" "$@"; }

start_server() {
  address=127.0.0.1:$(free_port)
  say "starting tercetd at $address with an empty data directory"
  "$bin/tercetd" --data "$directory/data" --listen "$address" \
    --http-listen none >"$directory/log" 2>&1 &
  server_pid=$!
  for _ in {1..100}; do
    if tercet info >/dev/null 2>&1; then return; fi
    if ! kill -0 "$server_pid" 2>/dev/null; then break; fi
    sleep 0.1
  done
  fail "the server does not answer; it said:"$'\n'"$(<"$directory/log")"
}

stop_server() {
  local status=0
  say "stopping the server"
  kill -TERM "$server_pid"
  wait "$server_pid" || status=$?
  server_pid=''
  ((status == 0)) ||
    fail "the server exited with $status; it said:"$'\n'"$(<"$directory/log")"
}

# lookup HEADING FROM TO TEXT, which must find something; see `miss`.
lookup() { expect 0 "$@"; }

# miss HEADING FROM TO TEXT, which must find nothing.
miss() { expect 1 "$@"; }

expect() {
  local expected=$1 heading=$2 from=$3 to=$4 text=$5 status=0
  echo
  say "$heading"
  echo "\$ tercet lookup --memory press --from $from --to $to --max 2 '$text'"
  tercet lookup --memory press --from "$from" --to "$to" --max 2 "$text" ||
    status=$?
  ((status == expected)) ||
    fail "tercet lookup exited with $status and not with $expected"
}

show_lookups() {
  lookup "English, exact" en zh,es \
    "In October alone, trade amounted to 11.8 billion U.S. dollars, up 3.4\
 percent year on year."
  lookup "Spanish, fuzzy: other words" es en,zh \
    "Más de 2.300 expositores de 46 países y regiones participan en la feria,\
 que se prolongará hasta el miércoles."
  lookup "Chinese, fuzzy: other words" zh en,es \
    "来自46个国家和地区的2300多家企业参加了本次展会，展会将持续至周二。"
  lookup "Chinese, two characters put in front" zh en,es \
    "目前电气设备、汽车零部件和电子元器件占总额的一半以上。"
  lookup "English, only the numbers changed" en zh,es \
    "Exports grew 6.1 percent to 70.2 billion U.S. dollars, while imports rose\
 7.4 percent to 43.9 billion U.S. dollars."
  miss "English, a miss" en zh,es \
    "Beat two eggs with a pinch of salt and leave the dough to rest overnight."
  lookup "Chinese, exact" zh en,es \
    "她还表示，自6月以来，海运成本已下降约12%。"
}

say_what_is_next() {
  echo
  say "that was all; the demo's data is gone. What to type next:"
  cat <<NEXT
  $bin/tercetd                                start a server with data of your own
  $bin/tercet import --memory NAME FILE.tmx   fill a memory (TMX, TSV, JSON lines)
  $bin/tercet lookup --from en --to zh TEXT   ask all memories
  $bin/tercet --help                          see all commands
NEXT
}

start_server
echo
say "importing $sample"
tercet import --memory press "$sample"
show_lookups
echo
stop_server
say_what_is_next
