# The two commands of the README are `make demo` and `make test`; the rest are steps of those two.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

TARGET := $(or $(CARGO_TARGET_DIR),target)
LISTEN ?= 127.0.0.1:8080
BENCH_CHILDREN ?= 80000

.PHONY: help demo server test check formatting assets bench bench-census browser clean need-demo need-test

help:
	@echo 'make demo    build Kinfold, make an invented council and serve it on http://$(LISTEN)'
	@echo 'make test    every test: formatting, lints, Rust, both databases, programs of others, browser'
	@echo 'make server  the program for a machine that serves for long: slower to build, faster to run'
	@echo 'make check   formatting and lints only'
	@echo 'make assets  the style sheet, script and fonts, into assets/dist'
	@echo 'make bench   figures for $(BENCH_CHILDREN) children (BENCH_CHILDREN=…)'
	@echo 'make bench-census  how long a return takes to check, beside the validator in use today'
	@echo 'make clean   take away what was built; data is left alone'

demo: need-demo assets
	cargo build --release --locked -p kinfold
	$(TARGET)/release/kinfold demo --listen $(LISTEN) $(DEMO_ARGS)

server: need-demo assets
	cargo build --profile server --locked -p kinfold
	@echo 'The program is $(TARGET)/server/kinfold.'

# Clippy looks at every crate of ours as it is built for its tests, which spares a second compilation of everything.
test: export RUSTC_WORKSPACE_WRAPPER := $(CURDIR)/scripts/lint.sh
test: need-test formatting assets
	scripts/rust-tests.sh
	scripts/outside-checks.sh
	@$(MAKE) browser

# The program that the browser journeys start is the one just tested: with the examples it is built as for the tests, and
# so not a second time after them. A journey waits more than it works, so that one more at a time than there are cores
# keeps the cores busy.
browser: assets
	cargo build --locked --workspace --bins --examples
	node --test --test-reporter=spec --test-concurrency=$$(($$(nproc) + 1)) tests/browser/*.test.mjs

formatting:
	cargo fmt --all --check
	@# The rules of the return are listed by a macro, which cargo fmt does not look into.
	rustfmt --edition 2024 --check crates/census/src/rules/*.rs

check: formatting assets
	cargo clippy --workspace --all-targets --locked -- -D warnings

assets: node_modules/.package-lock.json
	node scripts/assets.mjs

bench: server
	$(TARGET)/server/kinfold bench --children $(BENCH_CHILDREN) --json

bench-census: need-demo assets
	cargo build --release --locked -p kinfold
	scripts/bench-census.sh

need-demo:
	@scripts/install.sh compiler node

need-test:
	@scripts/install.sh compiler lints node postgres chromium python

# npm writes this file last, so it also marks an install that came to its end.
node_modules/.package-lock.json: package.json package-lock.json .npmrc
	@scripts/install.sh node
	npm ci
	@touch $@

clean:
	cargo clean
	rm -rf node_modules assets/dist tests/browser/shots
