#!/usr/bin/env bash
# The curves of "Marginal Utility Diminishes": dev score against kept hidden-state knowledge, in depth, length, width and jointly.
# The teacher runs five times in all, once for each knowledge store; then 60 (RTE) or 90 students of 3 layers are trained from the stores.
#   bench/curves/run.sh [sst-2|rte]      about 45 minutes on one core; goes on where it was stopped
# Needs DECANT_DATA and DECANT_MODELS (default ../shared/…); writes below DECANT_RUNS (default runs). Tables and charts: $DECANT_RUNS/sweeps/small/TASK.
set -euo pipefail
cd "$(dirname "$0")/../.."
task=${1:-sst-2}
runs=${DECANT_RUNS:-runs}
recipe=recipes/small/$task/mud-full-3.yaml
knowledge=$runs/knowledge/$task
states=stages.hsk.objectives.hiddenStates
data=() short=()
case $task in
  sst-2)
    data=(--set task.limit.train=4000)
    short=(--set stages.hsk.epochs=1 --set stages.prediction.epochs=1)
    ;;
  rte)
    [ -d "$runs/small/pairs/adapt" ] || ./decant run recipes/small/pairs/adapt.yaml
    ;;
  *)
    echo "usage: bench/curves/run.sh [sst-2|rte]" >&2
    exit 2
    ;;
esac
store() { ./decant teach "$recipe" --store "$knowledge/$1" "${data[@]}" "${@:2}"; }

[ -d "$runs/small/$task/teacher" ] || ./decant run "recipes/small/$task/teacher.yaml" --set 'seeds=[1]'
store top12-all --set $states.layers=t_top12
store top10-all --set $states.layers=t_top10
store top8-all --set $states.layers=t_top8
store top10-attention --set $states.layers=t_top10 --set "$states.tokens=attention 64"
store top10-attentionNoSep --set $states.layers=t_top10 --set "$states.tokens=attentionNoSep 64"

./decant run "recipes/small/$task/mud-soft-labels-3.yaml" "${data[@]}" "${short[@]}" --set knowledge="$knowledge/top10-all" --resume
for cut in joint width depth length; do ./decant sweep "recipes/sweeps/small/$task/mud-$cut.yaml"; done
