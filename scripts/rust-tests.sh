#!/usr/bin/env bash
# The workspace's tests: with cargo-nextest where it is installed (it runs tests of different crates side by side and
# each in a process of its own), else with cargo's own runner. Examples in the documentation are tests too, and only
# cargo's own runner knows them.
set -euo pipefail

if cargo nextest --version >/dev/null 2>&1; then
  # Tests wait for disks and databases: one more at a time than there are cores keeps the cores busy.
  cargo nextest run --workspace --locked --no-fail-fast --no-tests=fail --test-threads "$(($(nproc) + 1))"
  cargo test --workspace --locked --doc --quiet
else
  cargo test --workspace --locked --no-fail-fast
fi
