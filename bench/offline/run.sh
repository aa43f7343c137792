#!/usr/bin/env bash
# Training beside the teacher against training from its knowledge store, on SST-2.
# usage: bench/offline/run.sh GLUE_SST2 VOCABULARY [sequences] [steps]
set -euo pipefail
cd "$(dirname "$0")/../.."
data=$1 vocabulary=$2 sequences=${3:-2000} steps=${4:-40}
dotnet build bench/Decant.Bench -c Release -v q --nologo
bench=artifacts/bin/Decant.Bench/release/Decant.Bench
store=$(mktemp -d)
trap 'rm -rf "$store"' EXIT
for sizes in "768 4 312" "768 6 768" "192 4 78" "192 6 192"; do
  rm -rf "${store:?}/knowledge"
  "$bench" offline teach $sizes "$sequences" "$steps" "$data" "$vocabulary" "$store/knowledge"
  for way in online offline online offline; do
    "$bench" offline $way $sizes "$sequences" "$steps" "$data" "$vocabulary" "$store/knowledge"
  done
done
