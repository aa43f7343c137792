#!/usr/bin/env bash
# Requests a second and latency of `decant serve` on the sentences of SST-2 dev, with and without dynamic batching; then its memory over a long load.
# usage: bench/serving/run.sh MODEL GLUE/SST-2 [SECONDS] [SECONDS OF THE LONG LOAD]      on this machine alone
set -euo pipefail
model=$(realpath "$1") data=$(realpath "$2") seconds=${3:-8} long=${4:-120}
cd "$(dirname "$0")/../.."
dotnet build bench/Decant.Bench -c Release -v q --nologo
dotnet build src/Decant.Cli -c Release -v q --nologo
bench=artifacts/bin/Decant.Bench/release/Decant.Bench
log=$(mktemp)
trap 'kill "${server:-}" 2>/dev/null || true; rm -f "$log"' EXIT

# with_server "OPTIONS OF SERVE" CLIENTS SECONDS [REPORTS]
with_server() {
  local options url
  read -r -a options <<< "$1"
  : > "$log"
  dotnet artifacts/bin/Decant.Cli/release/decant-cli.dll serve "student=$model" --urls http://127.0.0.1:0 "${options[@]}" 2> "$log" &
  server=$!
  until url=$(grep -o 'http://127.0.0.1:[0-9]*' "$log"); do
    kill -0 "$server" 2>/dev/null || { cat "$log" >&2; exit 1; }
    sleep 0.1
  done
  "$bench" serving "$url" student "$data" "${@:2}"
  kill -TERM "$server"
  wait "$server" || true
}

sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1
for clients in 1 8 32 128; do
  for options in "--max-batch 1" "--max-batch 32" "--max-batch 32 --max-delay 2"; do
    printf '%-32s' "$options"
    with_server "$options" "$clients" "$seconds"
  done
done
echo "Long load:"
with_server "--max-batch 32" 32 "$long" 6
