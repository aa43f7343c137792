# Sourced by ./decant and ./test with `root` set to the repository: what both need before they can start.
# Messages go to stderr: stdout belongs to the program that follows.
# shellcheck shell=bash

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
export DOTNET_GENERATE_ASPNET_CERTIFICATE=false DOTNET_CLI_UI_LANGUAGE=en
# A build server that outlives the build would keep the caller's pipes open.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 UseSharedCompilation=false
# Waiting OpenMP threads sleep instead of spinning against each other. libgomp reads this when it loads.
export OMP_WAIT_POLICY=${OMP_WAIT_POLICY:-passive}

say() { printf '%s\n' "$@" >&2; }
fail() { say "$@"; exit 1; }

find_dotnet() {
  local candidate
  for candidate in "$(command -v dotnet || true)" ${DOTNET_ROOT:+"$DOTNET_ROOT/dotnet"} "$HOME/.dotnet/dotnet" \
    /usr/share/dotnet/dotnet /usr/lib/dotnet/dotnet /usr/local/share/dotnet/dotnet; do
    if [[ -n $candidate && -x $candidate ]]; then dotnet=$candidate; return; fi
  done
  fail "The .NET SDK 10 was not found. Get it from https://dotnet.microsoft.com/download/dotnet/10.0, or unpack it into ~/.dotnet;" \
    "then run this again. An SDK in another folder is found through DOTNET_ROOT."
}

require_sdk() {
  local version said
  said=$(cd "$root" && "$dotnet" --version 2>&1) || fail "$dotnet cannot be used:" "$said" "Decant needs the .NET SDK 10: https://dotnet.microsoft.com/download/dotnet/10.0."
  version=$(tail -n 1 <<<"$said")
  [[ ${version%%.*} -ge 10 ]] ||
    fail "Decant needs the .NET SDK 10; $dotnet is version $version." "Get it from https://dotnet.microsoft.com/download/dotnet/10.0."
}

# The Debian packages that are missing, one word each. With LIBTORCH set, libtorch and its BLAS are the user's own.
missing_packages() {
  command -v "${CXX:-g++}" >/dev/null || echo g++
  command -v nm >/dev/null || echo binutils
  [[ -z ${LIBTORCH:-} ]] || return 0
  local base found=
  for base in /usr /usr/local; do
    if [[ -e $base/include/ATen/core/dispatch/Dispatcher.h ]] && compgen -G "$base/lib/*/libtorch_cpu.so" "$base/lib/libtorch_cpu.so" >/dev/null; then found=yes; fi
  done
  [[ -n $found ]] || echo libtorch-dev
  [[ -e /usr/include/gloo/context.h || -e /usr/local/include/gloo/context.h ]] || echo libgloo-dev
  has_fast_blas || echo libopenblas0-openmp
}

# False only for Debian's reference BLAS, which is tens of times slower; another BLAS that the user chose stays.
has_fast_blas() {
  local library
  for library in /usr/lib/*/libblas.so.3; do
    [[ $(readlink -f "$library") != */blas/libblas.so.3* ]] && [[ -e $library ]] && return 0
  done
  return 1
}

explain_manual_setup() {
  say "Decant needs libtorch 1.13 or newer (with its headers), a C++20 compiler and binutils. This system has no apt-get, so please install them yourself:" \
    "" \
    "  Fedora:      dnf install gcc-c++ binutils" \
    "  Arch:        pacman -S gcc binutils" \
    "  openSUSE:    zypper install gcc-c++ binutils" \
    "" \
    "  libtorch:    download the 'LibTorch' C++ archive for your system (CPU or CUDA) from https://pytorch.org/get-started/locally/," \
    "               unpack it and say where it is, e.g." \
    "" \
    "                 unzip libtorch-*.zip -d \"\$HOME\" && export LIBTORCH=\"\$HOME/libtorch\"" \
    "" \
    "               The torch package of a Python environment serves as well:" \
    "" \
    "                 export LIBTORCH=\$(python3 -c 'import torch, os; print(os.path.dirname(torch.__file__))')" \
    "" \
    "Missing here: $*"
}

install_packages() {
  local as_root=() log
  if [[ $(id -u) -ne 0 ]]; then
    command -v sudo >/dev/null || fail "Missing: $*" "Install them as root with: apt-get install -y --no-install-recommends $*"
    as_root=(sudo)
    [[ -t 0 ]] || as_root+=(-n)  # nobody is there to type a password
  fi
  log=$(mktemp)
  say "Installing $* with apt-get (about a minute, once)."
  if ! {
    "${as_root[@]}" apt-get update -qq || true  # an unreachable extra source need not matter
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 apt-get install -y -qq --no-install-recommends \
      -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@"
  } >"$log" 2>&1 </dev/null; then
    cat "$log" >&2
    rm -f "$log"
    fail "" "apt-get could not install: $*" "Try: ${as_root[*]:+sudo }apt-get update && ${as_root[*]:+sudo }apt-get install -y --no-install-recommends $*"
  fi
  rm -f "$log"
}

install_what_is_missing() {
  local packages
  # shellcheck disable=SC2207  # package names have no blanks, and macOS' bash has no mapfile
  packages=($(missing_packages))
  [[ ${#packages[@]} -gt 0 ]] || return 0
  if [[ $(uname -s) != Linux ]] || ! command -v apt-get >/dev/null; then
    explain_manual_setup "${packages[*]}"
    exit 1
  fi
  install_packages "${packages[@]}"
}

# For the tests alone: without a browser those that look at the server's page are skipped, so that a system without apt-get can do without.
install_browser() {
  local name
  for name in chromium chromium-browser google-chrome; do
    if [[ -e ${browsers:-/usr/bin}/$name ]]; then return 0; fi
  done
  command -v apt-get >/dev/null || return 0
  (install_packages chromium) || say "The tests that need a browser will be skipped."
}

# Whether the build that left this stamp is older than a source, or was made against another libtorch.
is_stale() {
  local stamp=$1
  [[ -e $stamp && $(<"$stamp") == "${LIBTORCH:-system}" ]] || return 0
  [[ -n $(cd "$root" && find "${sources[@]}" -newer "$stamp" -print -quit) ]]
}

# build TARGET STAMP SOURCE...: builds a project or the solution in Release form, when a source is newer than the last build.
build() {
  local target=$1 stamp=$root/artifacts/$2 log=$root/artifacts/$2.log sources=("${@:3}") started lock
  is_stale "$stamp" || return 0
  mkdir -p "$root/artifacts"
  if command -v flock >/dev/null; then  # two first calls at once build once
    exec {lock}>"$root/artifacts/.lock"
    flock "$lock"
    if ! is_stale "$stamp"; then exec {lock}>&-; return 0; fi
  fi
  require_sdk
  say "Building Decant ..."
  started=$(mktemp "$root/artifacts/.started.XXXXXX")
  printf '%s\n' "${LIBTORCH:-system}" >"$started"  # its time is before any edit that is made during the build
  if ! (cd "$root" && "$dotnet" build "$target" -c Release -v quiet -nologo -clp:NoSummary) >"$log" 2>&1 </dev/null; then
    rm -f "$started"
    cat "$log" >&2
    fail "" "The build failed; the lines above say why. They are also in $log."
  fi
  mv "$started" "$stamp"
  if [[ -n ${lock:-} ]]; then exec {lock}>&-; fi
}
