#!/usr/bin/env bash
# Training samples per second of a PKD student on SST-2 at batch 32: Decant, and the same step in Python over the same libtorch.
# usage: bench/training/run.sh [ROUNDS]      needs DECANT_DATA (default ../shared/data); the peer needs Debian's python3-torch
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
data=${DECANT_DATA:-$root/../shared/data}
rounds=${1:-3}
python=/usr/bin/python3
if ! "$python" -c 'import torch' 2>/dev/null; then
  apt-get install -y -qq python3-torch >/dev/null 2>&1 || echo "python3-torch cannot be installed here: the peer is skipped." >&2
fi
bench=("$root/artifacts/bin/Decant.Bench/release/Decant.Bench" training "$data/glue/SST-2" "$data/vocab")
export OMP_WAIT_POLICY=${OMP_WAIT_POLICY:-}
[[ -n $OMP_WAIT_POLICY ]] || unset OMP_WAIT_POLICY
for shape in "6 192 100" "3 192 100" "6 768 15"; do
  read -r layers hidden steps <<< "$shape"
  lengths=$(mktemp)
  "${bench[@]}" "$layers" "$hidden" "$steps" --lengths > "$lengths"
  for ((round = 1; round <= rounds; round++)); do
    "${bench[@]}" "$layers" "$hidden" "$steps"
    if "$python" -c 'import torch' 2>/dev/null; then
      "$python" "$root/bench/training/peer.py" "$layers" "$hidden" 0 < "$lengths"
      head -n $((steps / 5)) "$lengths" | "$python" "$root/bench/training/peer.py" "$layers" "$hidden" 128
    fi
  done
  rm -f "$lengths"
done
