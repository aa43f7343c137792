#!/usr/bin/env bash
# Training beside the teacher against training from its knowledge store, on SST-2; and beside the teacher in Python as the released code does it.
# usage: bench/offline/run.sh GLUE_SST2 VOCABULARY [sequences] [steps] [peer's steps] [rounds]      the peer needs Debian's python3-torch
# SIZES names other models: "TEACHER_WIDTH STUDENT_LAYERS STUDENT_WIDTH", separated by semicolons
set -euo pipefail
cd "$(dirname "$0")/../.."
data=$1 vocabulary=$2 sequences=${3:-2000} steps=${4:-40} peer_steps=${5:-8} rounds=${6:-2}
dotnet build bench/Decant.Bench -c Release -v q --nologo
bench=artifacts/bin/Decant.Bench/release/Decant.Bench
python=/usr/bin/python3
if ! "$python" -c 'import torch' 2>/dev/null; then
  python=
  echo "python3-torch is missing: the loop in Python is skipped (apt-get install python3-torch)." >&2
fi
store=$(mktemp -d)
trap 'rm -rf "$store"' EXIT
IFS=';' read -ra all <<< "${SIZES:-768 4 312;768 6 768;192 4 78;192 6 192}"
for sizes in "${all[@]}"; do
  rm -rf "${store:?}/knowledge"
  "$bench" offline teach $sizes "$sequences" "$steps" "$data" "$vocabulary" "$store/knowledge"
  "$bench" offline lengths $sizes "$sequences" "$peer_steps" "$data" "$vocabulary" - > "$store/lengths"
  for ((round = 1; round <= rounds; round++)); do
    for way in online offline; do
      "$bench" offline $way $sizes "$sequences" "$steps" "$data" "$vocabulary" "$store/knowledge"
    done
    [[ -z $python ]] || "$python" bench/offline/official.py $sizes < "$store/lengths"
  done
done
