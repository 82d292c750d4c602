#!/usr/bin/env bash
# Times `kinfold census check` on invented returns, and beside it the validator that councils use today, installed from
# PyPI in a virtual environment of its own. Each program is started afresh: the time is that of the whole process.
#
#   SIZES="500 5000" PEER=no RUNS=3 scripts/bench-census.sh
set -euo pipefail
cd "$(dirname "$0")/.."

sizes=${SIZES:-500 5000 80000}
runs=${RUNS:-3}
kinfold=$(realpath "${KINFOLD:-${CARGO_TARGET_DIR:-target}/release/kinfold}")
work=$(realpath -m "${BENCH_DIR:-${CARGO_TARGET_DIR:-target}/bench-census}")
here=$PWD/scripts/bench-census
mkdir -p "$work"

# The peer's numpy has no build for Python 3.12 and later.
python_for_peer() {
    local name
    for name in python3.11 python3.10 python3.9 python3; do
        if command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(not (3, 9) <= sys.version_info < (3, 12))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
}

peer=
if [ "${PEER:-yes}" != no ]; then
    python=$(python_for_peer)
    if [ -z "$python" ]; then
        echo "No Python from 3.9 to 3.11 was found, so the peer is not timed." >&2
    else
        [ -x "$work/peer/bin/python" ] || "$python" -m venv "$work/peer"
        "$work/peer/bin/pip" install --quiet --disable-pip-version-check csc-validator-be-903==0.1.17
        peer=$work/peer/bin/python
    fi
fi

# Wall time in seconds, largest memory in MB, and what it said last, of one run.
timed() {
    python3 - "$@" <<'PY'
import resource, subprocess, sys, time
start = time.perf_counter()
done = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
took = time.perf_counter() - start
memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
# 1 means that something was found.
if done.returncode not in (0, 1):
    sys.exit(f"{sys.argv[1]} failed:\n{done.stderr[-2000:]}")
lines = done.stdout.strip().splitlines()
print(f"{took:8.2f} s {memory:7.0f} MB   {lines[-1] if lines else ''}")
PY
}

echo "$(nproc) processors; load before: $(cut -d' ' -f1-3 /proc/loadavg 2>/dev/null || echo 'not known')"
for size in $sizes; do
    data=$work/$size
    [ -f "$data/postcodes.csv" ] || python3 "$here/make.py" "$data" "$size" >/dev/null
    rows=$(cat "$data"/2025/*.csv "$data"/2026/*.csv | wc -l)
    echo "$size children, $((rows - 24)) rows in two years"
    for _ in $(seq "$runs"); do
        printf '  kinfold '
        timed "$kinfold" census check "$data/2026" --previous "$data/2025" --providers "$data/providers.csv" \
            --postcodes "$data/postcodes.csv" --authority E10000016
    done
    if [ -n "$peer" ]; then
        printf '  peer    '
        timed "$peer" "$here/peer.py" "$data"
    fi
done
