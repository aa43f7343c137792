#!/usr/bin/env bash
# Decant and ONNX Runtime (npm onnxruntime-node 1.30) on the same student, in turns: one text of 32 word pieces, and the dev sets of
# SST-2 and MRPC in batches of 32.
#   bench/inference/run.sh [MODEL | LAYERSxHIDDEN] [rounds] [seconds] [threads]
# MODEL is a model folder or a run; 4x312 or 6x768 makes one with random weights. Needs DECANT_DATA (default ../shared/data) and npm.
set -euo pipefail
cd "$(dirname "$0")/../.."
data=${DECANT_DATA:-../shared/data}
model=${1:-6x768}
rounds=${2:-5}
seconds=${3:-2}
threads=${4:-$(nproc)}
work=artifacts/bench-inference
bench=artifacts/bin/Decant.Bench/release/Decant.Bench
mkdir -p "$work"

if [ ! -d "$data/glue/SST-2" ]; then
  echo "skipped: $data/glue is not there; set DECANT_DATA"
  exit 0
fi
if [ ! -d "$work/node_modules/onnxruntime-node" ]; then
  echo '{ "private": true }' >"$work/package.json"
  if ! npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$work" onnxruntime-node@1.30.0; then
    echo "skipped: onnxruntime-node could not be installed"
    exit 0
  fi
fi

dotnet build bench/Decant.Bench -c Release -v quiet --nologo
dotnet build src/Decant.Cli -c Release -v quiet --nologo
if [[ $model =~ ^([0-9]+)x([0-9]+)$ ]]; then
  folder=$work/$model
  [ -f "$folder/config.json" ] || "$bench" inference --random "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}" "$data/vocab" "$folder"
  model=$folder
fi
onnx=$work/$(printf %s "$model" | tr -c 'A-Za-z0-9' -).onnx
[ -f "$onnx" ] || artifacts/bin/Decant.Cli/release/decant-cli export "$model" --to onnx -o "$onnx"
export OMP_WAIT_POLICY=passive
NODE_PATH=$work/node_modules node bench/inference/compare.mjs "$onnx" "$rounds" "$seconds" "$threads" -- "$bench" inference "$model" "$data/glue"
