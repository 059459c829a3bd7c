#!/usr/bin/env bash
# Generates the Python stubs from the protos into FOLDER:
#
#   apt install python3-grpcio protobuf-compiler protobuf-compiler-grpc
#   client/examples/python/generate.sh FOLDER
set -euo pipefail
protos=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../../proto" && pwd)
mkdir -p "$1"
protoc --proto_path="$protos" --python_out="$1" --grpc_python_out="$1" \
  --plugin=protoc-gen-grpc_python="$(command -v grpc_python_plugin)" \
  "$protos"/tercet/v1/*.proto
