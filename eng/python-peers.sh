#!/usr/bin/env bash
# Finds or installs what Decant's model folders are for: Python with Hugging Face's transformers and PyTorch.
# artifacts/python/python starts it. An interpreter that has both serves: DECANT_PYTHON names it, or it is python3.
# Else, on Debian, the packages of the release that has them are unpacked there; the system stays as it is.
# Called by ./test. Where it cannot, it says so, and the tests that need it are skipped.
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
# shellcheck source=eng/setup.sh
source "$root/eng/setup.sh"

release=forky  # the first Debian with python3-transformers
folder=$root/artifacts/python
unpacked=$folder/$release
apt=$folder/apt
[[ -z ${DECANT_PYTHON:-} && ! -x $folder/python ]] || exit 0

skip() {
  rm -rf "$apt" "$unpacked"
  say "$1" "The tests that load Decant's folders in Python are skipped. To run them: pip install torch transformers," \
    "or set DECANT_PYTHON to an interpreter that has both."
  exit 0
}

# launch LINE...: makes the starter of these lines, if they start a Python that has what is needed.
launch() {
  printf '%s\n' '#!/bin/sh' "$@" >"$folder/starter"
  chmod +x "$folder/starter"
  "$folder/starter" -c 'import torch, transformers; transformers.BertForSequenceClassification' >"$folder/python.log" 2>&1 &&
    mv "$folder/starter" "$folder/python"
}

# The address of the system's own Debian mirror.
mirror() {
  [[ -r /etc/os-release ]] && command -v apt-get >/dev/null || return 1
  (. /etc/os-release && [[ $ID == debian ]] &&
    apt-get indextargets --format '$(CODENAME) $(REPO_URI)' 'Identifier: Packages' | sed -n "s/^$VERSION_CODENAME //p" | head -n 1 | grep .)
}

# Fetches a package with all that it needs by an apt of its own, which believes that nothing is installed.
fetch() {
  mkdir -p "$apt"/{state/lists/partial,cache/archives/partial,etc}
  : >"$apt/status"
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $address $release main" >"$apt/etc/sources.list"
  cat >"$apt/apt.conf" <<END
Dir::State "$apt/state";
Dir::State::status "$apt/status";
Dir::Cache "$apt/cache";
Dir::Etc "$apt/etc";
Debug::NoLocking "true";
APT::Install-Recommends "false";
APT::Sandbox::User "";
Acquire::Languages "none";
Acquire::Check-Valid-Until "false";  # a mirror may lag behind; what is signed stays signed
END
  APT_CONFIG=$apt/apt.conf apt-get update -q && APT_CONFIG=$apt/apt.conf apt-get install -y -q --download-only "$@"
}

mkdir -p "$folder"
if command -v python3 >/dev/null && launch 'exec python3 "$@"'; then exit 0; fi
address=$(mirror) || skip "python3 has no torch and transformers."

say "Unpacking Python with transformers from Debian $release into $unpacked (295 MB to fetch, 1.3 GB; about a minute, once)."
fetch python3-transformers >"$folder/fetch.log" 2>&1 </dev/null || skip "python3-transformers could not be fetched; see $folder/fetch.log."
rm -rf "$unpacked"
mkdir "$unpacked"
for package in "$apt"/cache/archives/*.deb; do
  dpkg-deb --fsys-tarfile "$package" | tar -x -C "$unpacked" --exclude='./usr/share/doc/*' --exclude='./usr/share/man/*' --exclude='./usr/share/locale/*' ||
    skip "$(basename "$package") could not be unpacked into $unpacked."
done
rm -rf "$apt"

# Its own loader starts it, since its C library is newer than the system's.
libraries=$unpacked/usr/lib/$(uname -m)-linux-gnu
launch "export PYTHONHOME='$unpacked/usr' PYTHONNOUSERSITE=1" 'unset PYTHONPATH PYTHONDONTWRITEBYTECODE' \
  "exec '$(compgen -G "$unpacked/usr/lib*/ld-linux-*.so.*" | head -n 1)' --argv0 \"\$0\" --library-path '$unpacked/usr/lib:$libraries:$libraries/blas:$libraries/lapack' '$(compgen -G "$unpacked/usr/bin/python3.[0-9]*" | head -n 1)' \"\$@\"" ||
  skip "Python of Debian $release does not start; see $folder/python.log."
