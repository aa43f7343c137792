#!/usr/bin/env bash
# Compiles the native door (native/) against the libtorch that LIBTORCH names, or the system's.
# Result: artifacts/native/libdecant.so. Does nothing when that is newer than its sources.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
out=$root/artifacts/native
target=$out/libdecant.so
stamp=$out/built-with

if [[ -n ${LIBTORCH:-} ]]; then
  includes=(-isystem "$LIBTORCH/include" -isystem "$LIBTORCH/include/torch/csrc/api/include") lib=$LIBTORCH/lib
  [[ -e $lib/libtorch_cpu.so ]] || { echo "LIBTORCH=$LIBTORCH holds no lib/libtorch_cpu.so; point it at an unpacked libtorch." >&2; exit 1; }
else
  includes=(-isystem /usr/include/torch/csrc/api/include)  # /usr/include itself is searched already
  found=$(ls /usr/lib/*/libtorch_cpu.so /usr/lib/libtorch_cpu.so /usr/local/lib/libtorch_cpu.so 2>/dev/null | head -n 1 || true)
  [[ -n $found ]] || { echo "libtorch was not found; install libtorch-dev, or set LIBTORCH to an unpacked libtorch." >&2; exit 1; }
  lib=$(dirname "$found")
fi

key="$lib $(stat -L -c %Y "$lib/libtorch_cpu.so")"
if [[ -e $target && -z $(find "$root/native" -newer "$target") && $(cat "$stamp" 2>/dev/null) == "$key" ]]; then
  exit 0
fi

mkdir -p "$out"
flags=(-std=c++20 -O2 -fPIC -shared -fvisibility=hidden -Wall)
# The pre-C++11 ABI of older wheels shows in the names that the library exports.
exported=$(nm -DC "$lib/libc10.so")
[[ $exported == *__cxx11* ]] || flags+=(-D_GLIBCXX_USE_CXX11_ABI=0)
libraries=(-ltorch_cpu -lc10)
if [[ -e $lib/libtorch_cuda.so ]]; then libraries=(-Wl,--no-as-needed -ltorch_cuda -lc10_cuda "${libraries[@]}"); fi

echo "Compiling the native door against $lib ..." >&2
"${CXX:-g++}" "${flags[@]}" "${includes[@]}" \
  "$root"/native/*.cpp -o "$target.tmp" -L"$lib" -Wl,-rpath,"$lib" "${libraries[@]}"
mv "$target.tmp" "$target"
echo "$key" > "$stamp"
