#!/usr/bin/env bash
# Asks programs of other people whether Kinfold is right: growth (rcpchgrowth, of the Royal College of Paediatrics and
# Child Health), identifiers (python-stdnum) and FHIR bundles (fhir.resources). They are installed from PyPI at the
# versions below, under the folder of builds, and are no part of Kinfold.
#
#   scripts/outside-checks.sh [growth] [identifiers] [fhir]     all of them when none is named
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(realpath -m "${CARGO_TARGET_DIR:-target}/outside-checks")
here=$PWD/scripts/outside-checks
mkdir -p "$work"

# The venv is made again whenever the versions change.
prepare() {
    cmp -s "$here/requirements.txt" "$work/installed.txt" && return
    scripts/install.sh python
    rm -rf "$work/venv" "$work/installed.txt"
    python3 -m venv "$work/venv"
    "$work/venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"
    cp "$here/requirements.txt" "$work/installed.txt"
}

growth() {
    "$work/venv/bin/python" "$here/growth.py" reference "$work/uk90.csv"
    "$work/venv/bin/python" "$here/growth.py" vectors "$work/growth.csv" "$work/curves.csv"
    cargo run --quiet --locked -p kinfold-health --example outside_growth -- "$work"
}

identifiers() {
    "$work/venv/bin/python" "$here/identifiers.py" "$work/identifiers.csv"
    cargo run --quiet --locked -p kinfold-health --example outside_identifiers -- "$work/identifiers.csv"
}

prepare
[ $# -gt 0 ] || set -- growth identifiers
for check in "$@"; do
    case "$check" in
        growth | identifiers) "$check" ;;
        *) echo "outside-checks.sh does not know '$check'" >&2 && exit 2 ;;
    esac
done
