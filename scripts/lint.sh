#!/usr/bin/env bash
# Stands in for the compiler of the workspace's own crates (RUSTC_WORKSPACE_WRAPPER): Clippy looks at what it compiles,
# and a warning is an error. So `make test` compiles everything once, where linting first would compile it twice.
exec clippy-driver "$@" -D warnings
