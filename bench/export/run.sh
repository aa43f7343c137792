#!/usr/bin/env bash
# A model exported in three precisions: sizes and accuracy as `decant export` measures them, then accuracy and time in ONNX Runtime.
#   bench/export/run.sh MODEL [SST-2 dev.tsv]
set -euo pipefail
cd "$(dirname "$0")/../.."
model=$1
data=${2:-${DECANT_DATA:-../shared/data}/glue/SST-2/dev.tsv}
work=artifacts/bench-export
eng/node-peers.sh
./decant export "$model" --to hf --dtype float16 int8 --task sst-2 --data "$(dirname "$data")" -o "$work/model" --overwrite
if [[ -d ${DECANT_NODE_MODULES:-artifacts/node/node_modules} ]]; then
  node bench/export/onnxruntime.mjs "${DECANT_NODE_MODULES:-artifacts/node/node_modules}" "$work/model" "$data"
fi
