#!/usr/bin/env bash
# The curves of "Marginal Utility Diminishes" on SST-2: dev score against kept hidden-state knowledge, in depth, length, width and jointly.
# The teacher runs five times in all, once for each knowledge store; then 90 students of 3 layers are trained from the stores.
#   bench/curves/run.sh            about 45 minutes on one core; goes on where it was stopped
# Needs DECANT_DATA and DECANT_MODELS (default ../shared/…); writes below DECANT_RUNS (default runs). Tables and charts: $DECANT_RUNS/sweeps/small/sst-2.
set -euo pipefail
cd "$(dirname "$0")/../.."
runs=${DECANT_RUNS:-runs}
recipe=recipes/small/sst-2/mud-full-3.yaml
states=stages.hsk.objectives.hiddenStates
limit=(--set task.limit.train=4000)
store() { ./decant teach "$recipe" --store "$runs/knowledge/sst-2/$1" "${limit[@]}" "${@:2}"; }

[ -d "$runs/small/sst-2/teacher" ] || ./decant run recipes/small/sst-2/teacher.yaml --set 'seeds=[1]'
store top12-all --set $states.layers=t_top12
store top10-all --set $states.layers=t_top10
store top8-all --set $states.layers=t_top8
store top10-attention --set $states.layers=t_top10 --set "$states.tokens=attention 64"
store top10-attentionNoSep --set $states.layers=t_top10 --set "$states.tokens=attentionNoSep 64"

./decant run recipes/small/sst-2/mud-soft-labels-3.yaml "${limit[@]}" --set stages.hsk.epochs=1 --set stages.prediction.epochs=1 --set knowledge="$runs/knowledge/sst-2/top10-all" --resume
for cut in joint width depth length; do ./decant sweep recipes/sweeps/small/mud-$cut.yaml; done
