#!/usr/bin/env bash
# Installs what is missing on a fresh Debian 12 with rustup's 1.95, Node.js 20 and apt.
#
#   tests/install.sh node    looks for Node.js, which it does not install
#   tests/install.sh build   what building the site and the program needs
#   tests/install.sh test    what `make test` needs besides
#
# A command that is there already is left alone, so a second run is quick and needs no network.
set -euo pipefail
cd "$(dirname "$0")/.."

fail() {
  echo "make: $*" >&2
  exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

# debian PACKAGE... installs Debian packages, as root or through sudo.
debian() {
  (($#)) || return 0
  local why="cannot install by itself here; as root: apt-get install $*"
  local root=()
  has apt-get || fail "$why"
  if [ "$(id -u)" != 0 ]; then
    has sudo || fail "$why"
    root=(sudo)
  fi
  local apt=("${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=600)
  echo "Installing Debian packages: $*"
  # Old lists may do: only the installation itself decides.
  "${apt[@]}" update </dev/null || :
  "${apt[@]}" install -y --no-install-recommends "$@" </dev/null || fail "$why"
}

node() {
  if ! has node || ! has npm; then fail "install Node.js 20 or newer with npm first"; fi
  command node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' ||
    fail "install Node.js 20 or newer: $(command node --version) is too old"
}

# The tool must be of the same version as the crate, and the lock says which that is.
bindgen() {
  local version
  version=$(sed -n '/^name = "wasm-bindgen"$/{n;s/^version = "\(.*\)"$/\1/p}' Cargo.lock)
  [ "$(wasm-bindgen --version 2>/dev/null)" = "wasm-bindgen $version" ] && return
  # Without --locked, as its own lock names a withdrawn crate.
  env -u CARGO_TARGET_DIR CARGO_RESOLVER_INCOMPATIBLE_RUST_VERSIONS=fallback \
    cargo install wasm-bindgen-cli --version "=$version" --force ||
    fail "install wasm-bindgen-cli $version first: cargo install wasm-bindgen-cli --version =$version"
}

build() {
  has cargo || fail "install Rust 1.95 with rustup first"
  node
  local packages=()
  has cc || packages+=(gcc libc6-dev)
  debian "${packages[@]}"
  if [ ! -d "$(rustc --print target-libdir --target wasm32-unknown-unknown)" ]; then
    { has rustup && rustup target add wasm32-unknown-unknown; } ||
      fail "install the wasm32 target first: rustup target add wasm32-unknown-unknown"
  fi
  bindgen
}

# In an environment of its own: what it needs is not the system's. Debian keeps the means apart.
schemathesis() {
  local version=4.32.5 dir=${CARGO_TARGET_DIR:-target}/schemathesis
  [ "$("$dir/bin/schemathesis" --version 2>/dev/null)" = "schemathesis, version $version" ] && return
  python3 -c 'import ensurepip, venv' 2>/dev/null || debian python3 python3-venv
  rm -rf "$dir"
  python3 -m venv "$dir"
  "$dir/bin/pip" install --quiet --disable-pip-version-check "schemathesis==$version" ||
    fail "cannot install schemathesis $version"
}

tests() {
  if ! cargo fmt --version >/dev/null 2>&1 || ! cargo clippy --version >/dev/null 2>&1; then
    { has rustup && rustup component add rustfmt clippy; } ||
      fail "install rustfmt and clippy first: rustup component add rustfmt clippy"
  fi
  local packages=()
  has initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || packages+=(postgresql)
  has chromium || packages+=(chromium)
  has zbarimg || packages+=(zbar-tools)
  has pdftotext || packages+=(poppler-utils)
  { has fc-list && fc-list :lang=vi | grep -q .; } || packages+=(fontconfig fonts-dejavu-core)
  # Reports for Word and Excel are opened as an office opens them, in letters as wide as Times New Roman's.
  has soffice || packages+=(libreoffice-writer-nogui libreoffice-calc-nogui)
  { has fc-list && fc-list | grep -q LiberationSerif; } || packages+=(fonts-liberation)
  debian "${packages[@]}"
  schemathesis
}

case "${1-}" in
  node | build) "$1" ;;
  test) tests ;;
  *) fail "tests/install.sh node|build|test" ;;
esac
