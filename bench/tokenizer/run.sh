#!/usr/bin/env bash
# Decant's tokenizer and Hugging Face's (JavaScript, and Rust through Node) on the same text, side by side.
#   bench/tokenizer/run.sh [TEXT[.gz]] [seconds]
# The vocabulary and the text come from DECANT_DATA (default ../shared/data). Without npm only Decant is measured.
set -euo pipefail
cd "$(dirname "$0")/../.."
data=${DECANT_DATA:-../shared/data}
text=${1:-$data/text/reviews.txt.gz}
seconds=${2:-5}
work=artifacts/bench-tokenizer
vocabulary=$data/vocab/vocab.txt
for file in "$vocabulary" "$text"; do
  if [ ! -f "$file" ]; then
    echo "skipped: $file is not there; set DECANT_DATA or give a text"
    exit 0
  fi
done

dotnet build bench/Decant.Bench -c Release -v quiet --nologo
# Decant writes the files that the other library then reads.
dotnet artifacts/bin/Decant.Bench/release/Decant.Bench.dll tokenizer "$vocabulary" "$text" "$seconds" --save "$work/bert"

if ! command -v npm >/dev/null; then
  echo "skipped: Hugging Face's tokenizers, because npm is not there"
  exit 0
fi
if [ ! -d "$work/node_modules/@huggingface/tokenizers" ]; then
  echo '{ "private": true }' >"$work/package.json"
  if ! npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$work" @huggingface/tokenizers@0.2.0 tokenizers@0.23.2; then
    echo "skipped: Hugging Face's tokenizers could not be installed"
    exit 0
  fi
fi
node bench/tokenizer/huggingface.mjs "$work" "$work/bert" "$text" "$seconds"
