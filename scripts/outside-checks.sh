#!/usr/bin/env bash
# Asks programs of other people whether Kinfold is right: growth (rcpchgrowth, of the Royal College of Paediatrics and
# Child Health), identifiers (python-stdnum) and FHIR bundles (fhir.resources). They are installed from PyPI at the
# versions in outside-checks/requirements.txt, under the folder of builds, and are no part of Kinfold.
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

# One of our own programs for these checks.
ours() {
    "${CARGO_TARGET_DIR:-target}/debug/examples/$1" "${@:2}"
}

growth() {
    "$work/venv/bin/python" "$here/growth.py" reference "$work/uk90.csv"
    "$work/venv/bin/python" "$here/growth.py" vectors "$work/growth.csv" "$work/curves.csv"
    ours outside_growth "$work"
}

identifiers() {
    "$work/venv/bin/python" "$here/identifiers.py" "$work/identifiers.csv"
    ours outside_identifiers "$work/identifiers.csv"
}

# HL7's published examples of R4 (CC0), of the types that Kinfold serves.
examples() {
    local package=hl7.fhir.r4.examples version=4.0.1
    # Made again when the list of types below changes.
    [ "$work/fhir/$version" -nt scripts/outside-checks.sh ] && return
    rm -rf "$work/fhir"
    mkdir -p "$work/fhir/examples"
    (cd "$work/fhir" && npm pack --silent "$package@$version" >/dev/null)
    local kind
    for kind in Patient RelatedPerson CareTeam CarePlan Condition AllergyIntolerance Immunization Observation \
        QuestionnaireResponse ServiceRequest Consent Task DocumentReference MedicationStatement Provenance \
        CapabilityStatement OperationOutcome; do
        tar xzf "$work/fhir/$package-$version.tgz" -C "$work/fhir/examples" --strip-components 1 \
            --wildcards "package/$kind-*.json"
    done
    rm "$work/fhir/$package-$version.tgz"
    touch "$work/fhir/$version"
}

fhir() {
    examples
    rm -rf "$work/fhir/ours" "$work/fhir/again" "$work/fhir/children"
    ours outside_fhir "$work/fhir"
    ours outside_children "$work/fhir"
    "$work/venv/bin/python" "$here/bundles.py" validate "$work/fhir/ours"
    "$work/venv/bin/python" "$here/bundles.py" validate "$work/fhir/children"
    "$work/venv/bin/python" "$here/bundles.py" same "$work/fhir/examples" "$work/fhir/again"
}

prepare
# All of them as for the tests, so that after those nothing is built again.
cargo build --quiet --locked --workspace --bins --examples
[ $# -gt 0 ] || set -- growth identifiers fhir
for check in "$@"; do
    case "$check" in
        growth | identifiers | fhir) "$check" ;;
        *) echo "outside-checks.sh does not know '$check'" >&2 && exit 2 ;;
    esac
done
