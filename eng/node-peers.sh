#!/usr/bin/env bash
# Installs what exports are checked against, into artifacts/node, once: ONNX Runtime and Hugging Face's transformers for Node.
# Called by ./test. Where it cannot, it says so, and the tests that need it are skipped. DECANT_NODE_MODULES names a folder
# that has them already.
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
# shellcheck source=eng/setup.sh
source "$root/eng/setup.sh"

packages=(onnxruntime-node@1.30.0 @huggingface/transformers@4.3.1)
folder=$root/artifacts/node
stamp=$folder/installed
[[ -z ${DECANT_NODE_MODULES:-} ]] || exit 0
[[ -e $stamp && $(<"$stamp") == "${packages[*]}" ]] && exit 0

skip() { say "$1 The tests that compare exports with ONNX Runtime are skipped."; exit 0; }

if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  missing=()
  command -v node >/dev/null || missing+=(nodejs)
  command -v npm >/dev/null || missing+=(npm)
  command -v apt-get >/dev/null || skip "Node.js with npm was not found."
  (install_packages "${missing[@]}") || skip "Node.js could not be installed."
fi
mkdir -p "$folder"
echo '{ "private": true }' >"$folder/package.json"
say "Installing ${packages[*]} with npm (about half a minute, once)."
# Their install scripts only fetch GPU libraries.
npm install --silent --no-audit --no-fund --ignore-scripts --fetch-retries 1 --prefix "$folder" "${packages[@]}" >"$folder/npm.log" 2>&1 </dev/null ||
  skip "npm could not install ${packages[*]}; see $folder/npm.log."
printf '%s\n' "${packages[*]}" >"$stamp"
