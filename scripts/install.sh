#!/usr/bin/env bash
# Installs what is named and not yet there: compiler, lints, node, postgres, chromium, python. Quick when everything is.
# Only Debian's packages are used, and nothing that is installed is left running.
set -euo pipefail

say() { printf '%s\n' "$*" >&2; }

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    say "Installing needs root, and this is neither root nor a machine with sudo."
    say "Run this as root, then start again: $*"
    exit 1
  fi
}

refreshed=
apt_install() {
  if ! command -v apt-get >/dev/null; then
    say "Please install: $* (this is not a Debian machine, so it cannot be done for you)"
    exit 1
  fi
  if [ -z "$refreshed" ]; then
    as_root apt-get update -q
    refreshed=yes
  fi
  as_root env DEBIAN_FRONTEND=noninteractive UCF_FORCE_CONFFOLD=1 \
    apt-get install -y -q --no-install-recommends "$@"
}

need_compiler() {
  if ! command -v cargo >/dev/null; then
    say "Rust is missing: install it (rustup.rs), then start again."
    exit 1
  fi
  command -v cc >/dev/null || apt_install build-essential
}

# A toolchain installed with the smallest profile has neither.
need_lints() {
  cargo fmt --version >/dev/null 2>&1 && cargo clippy --version >/dev/null 2>&1 && return
  if ! command -v rustup >/dev/null; then
    say "rustfmt and Clippy are missing: install them beside your Rust, then start again."
    exit 1
  fi
  rustup component add rustfmt clippy
}

need_node() {
  if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    say "Node.js with npm is missing: install version 20.19 or newer, then start again."
    exit 1
  fi
  local version major minor
  version=$(node --version)
  IFS=. read -r major minor _ <<<"${version#v}"
  if [ "$major" -lt 20 ] || { [ "$major" = 20 ] && [ "$minor" -lt 19 ]; }; then
    say "Node.js here is $version; version 20.19 or newer is needed."
    exit 1
  fi
}

has_postgres() {
  command -v initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null
}

# Debian's package makes a cluster and starts it. The tests start private ones of their own, so that is switched off
# for the time of the install, and the setting put back as it was.
need_postgres() {
  has_postgres && return
  apt_install postgresql-common
  local setting=/etc/postgresql-common/createcluster.conf kept status=0
  kept=$(mktemp)
  [ ! -f "$setting" ] || cp "$setting" "$kept"
  printf '\ncreate_main_cluster = false\n' | as_root tee -a "$setting" >/dev/null
  apt_install postgresql || status=$?
  as_root cp "$kept" "$setting"
  rm -f "$kept"
  return "$status"
}

need_chromium() {
  if [ -n "${CHROMIUM:-}" ] && [ -x "$CHROMIUM" ]; then return; fi
  # Its headless shell draws the same pages a third quicker; not every release of Debian has it.
  [ -x /usr/bin/chromium-headless-shell ] || (apt_install chromium-headless-shell) ||
    [ -x /usr/bin/chromium ] || apt_install chromium
}

# The standard library of Debian's Python comes without what makes a virtual environment.
need_python() {
  if ! command -v python3 >/dev/null || ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
    apt_install python3 python3-venv
  fi
  if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    say "Python here is $(python3 --version); version 3.11 or newer is needed."
    exit 1
  fi
}

for thing in "$@"; do
  case "$thing" in
    compiler | lints | node | postgres | chromium | python) "need_$thing" ;;
    *) say "install.sh does not know '$thing'" && exit 2 ;;
  esac
done
