#!/usr/bin/env bash
# Builds the OmegaT plugin with nothing but a JDK (8 or newer):
#
#   client/omegat/build_plugin.sh [OUTPUT.jar]        tercet-omegat.jar
#
# OMEGAT is the folder with OmegaT.jar and its libraries; Debian's by default.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
output=$(realpath -m "${1:-tercet-omegat.jar}")
omegat=${OMEGAT:-/usr/share/omegat}

[[ -e $omegat/OmegaT.jar ]] || {
  echo "there is no $omegat/OmegaT.jar: install omegat, or set OMEGAT" >&2
  exit 1
}
classes=$(mktemp -d)
trap 'rm -rf "$classes"' EXIT
cat >"$classes/manifest" <<'MANIFEST'
OmegaT-Plugins: tercet.omegat.TercetPlugin
Plugin-Name: Tercet
Plugin-Version: 0.1.0
Plugin-Author: Tercet
Plugin-Description: Shows the matches of a Tercet server
Plugin-Category: miscellaneous
Plugin-License: Apache-2.0
MANIFEST
path=$omegat/OmegaT.jar:/usr/share/java/vldocking.jar
for jar in "$omegat"/lib/*.jar; do path+=:$jar; done
mkdir "$classes/out"
javac -encoding UTF-8 --release 8 -Xlint:all,-options,-path -Werror \
  -classpath "$path" -d "$classes/out" "$here"/plugin/tercet/omegat/*.java
jar --create --file "$output" --manifest "$classes/manifest" -C "$classes/out" .
