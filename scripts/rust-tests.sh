#!/usr/bin/env bash
# The workspace's tests: with cargo-nextest where it is installed (it runs tests of different crates side by side and
# each in a process of its own), else with cargo's own runner. Examples in the documentation are tests too, and only
# cargo's own runner knows them.
set -euo pipefail

if cargo nextest --version >/dev/null 2>&1; then
  cargo nextest run --workspace --locked --no-fail-fast --no-tests=fail
  cargo test --workspace --locked --doc --quiet
else
  cargo test --workspace --locked --no-fail-fast
fi
