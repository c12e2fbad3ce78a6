# Everything that the README names, and nothing hidden: `make help` lists it.
#
# Flags for the program go in ARGS: make demo ARGS='--citizens 60'

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

export PATH := $(PATH):$(or $(CARGO_HOME),$(HOME)/.cargo)/bin
export override CARGO_TARGET_DIR := $(abspath $(or $(CARGO_TARGET_DIR),target))
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD := 1

# The folder that the server embeds; its build script reads this name.
export HAILONG_SITE := $(CARGO_TARGET_DIR)/site

CARGO := cargo
LOCKED := $(if $(CI),--locked)
WASM32 := wasm32-unknown-unknown
WASM := $(CARGO_TARGET_DIR)/$(WASM32)/wasm-release/app.wasm
BUNDLE := $(HAILONG_SITE)/pkg/hailong_bg.wasm
BUNDLE_BUDGET := 120000
BUILT := $(CARGO_TARGET_DIR)/release/hailong
BIN := $(CURDIR)/target/release/hailong
NPM := end2end/node_modules/.package-lock.json
POSTGRES := tests/postgres.sh
WATCHED := app server migrations style Cargo.toml
SEEN := $(CARGO_TARGET_DIR)/watch

.PHONY: help demo run test build bench coverage watch deny site fmt clippy doc rust fuzz-api bundle end2end pictures tools tools-test force

help: ## Lists the targets
	@sed -n 's/^\([a-z0-9-]*\):.*## /\1|/p' $(MAKEFILE_LIST) | while IFS='|' read -r name says; do \
	  printf '  make %-9s %s\n' "$$name" "$$says"; done

demo: build ## Starts the Tây Sơn sample; needs nothing installed before
	@$(BIN) demo $(ARGS)

run: build ## Starts the service on its own data (data/hailong.db)
	@$(BIN) serve $(ARGS)

build: tools site ## Leaves target/release/hailong, the site embedded
	$(CARGO) build $(LOCKED) --release -p server --bin hailong
	@cmp -s $(BUILT) $(BIN) || install -D $(BUILT) $(BIN)

test: tools-test fmt clippy doc rust fuzz-api bundle end2end ## Checks everything on SQLite, PostgreSQL and Chromium

bench: tools-test build ## Measures against the bare baseline, on both databases
	$(CARGO) build $(LOCKED) --release --config profile.release.package.tests.opt-level=3 -p tests --bin bench
	HAILONG_BIN=$(BIN) $(POSTGRES) $(CARGO_TARGET_DIR)/release/bench $(ARGS)

coverage: ## Simulates how often the interval holds the true value (writes tests/coverage/TABLE.md)
	$(CARGO) run $(LOCKED) -p tests --bin coverage > tests/coverage/TABLE.md

watch: tools ## Serves a debug build, anew after each change (ARGS='demo --citizens 0')
	@server=; trap 'kill $$server 2>/dev/null || :' EXIT; \
	while touch $(SEEN); do \
	  if $(MAKE) --no-print-directory site && $(CARGO) build -p server --bin hailong; then \
	    if kill $$server 2>/dev/null; then wait $$server || :; fi; \
	    $(CARGO_TARGET_DIR)/debug/hailong $(or $(ARGS),serve) & server=$$!; \
	  fi; \
	  until find $(WATCHED) -newer $(SEEN) -type f | grep -q .; do sleep 1; done; \
	done

deny: ## Checks licences, bans and sources of the dependencies
	@cargo deny --version >/dev/null 2>&1 || env -u CARGO_TARGET_DIR cargo install --locked cargo-deny
	cargo deny check licenses bans sources

# The steps of `make test`, each also a target of its own.

fmt: ## Checks the format of the Rust code
	$(CARGO) fmt --all --check

clippy: ## Lints on the host and on wasm32
	$(CARGO) clippy $(LOCKED) --release --workspace --all-targets -- -D warnings
	$(CARGO) clippy $(LOCKED) -p app --features hydrate --target $(WASM32) --profile wasm-release -- -D warnings

doc: ## Builds the documentation, warnings denied
	RUSTDOCFLAGS='-D warnings' $(CARGO) doc $(LOCKED) --release --workspace --no-deps

# The binary stands first, since the crash tests start it.
rust: site ## Runs the Rust tests on SQLite and PostgreSQL
	$(CARGO) build $(LOCKED) --release --workspace --all-targets
	HAILONG_BIN=$(BUILT) $(POSTGRES) $(CARGO) test $(LOCKED) --release --workspace

fuzz-api: tools-test build ## Holds the answers of the API against its description, by schemathesis
	HAILONG_BIN=$(BIN) tests/schemathesis.sh

bundle: site ## Checks the size of the island bundle
	node end2end/bundle.mjs $(HAILONG_SITE)/pkg $(BUNDLE_BUDGET)

end2end: tools-test build ## Runs Playwright against target/release/hailong
	HAILONG_BIN=$(BIN) CHROMIUM="$$(command -v chromium)" $(POSTGRES) npm --prefix end2end test -- $(ARGS)

pictures: build ## Leaves a picture of every page and state in end2end/output, to be looked at
	HAILONG_BIN=$(BIN) CHROMIUM="$$(command -v chromium)" PICTURES=1 npm --prefix end2end test -- $(ARGS)

# The island bundle. Cargo knows what is out of date; make goes on only where it wrote the file anew.

site: tools $(BUNDLE)

$(WASM): force
	$(CARGO) build $(LOCKED) -p app --lib --features hydrate --target $(WASM32) --profile wasm-release

# wasm-opt takes the allowed features from the wasm itself; --all-features would let it use some
# that only one browser has.
$(BUNDLE): $(WASM) $(NPM) Makefile
	wasm-bindgen --target web --no-typescript --out-name hailong --out-dir $(CARGO_TARGET_DIR)/bindgen $(WASM)
	end2end/node_modules/.bin/wasm-opt -Oz $(CARGO_TARGET_DIR)/bindgen/hailong_bg.wasm -o $(CARGO_TARGET_DIR)/bindgen/small.wasm
	mkdir -p $(@D)
	cp $(CARGO_TARGET_DIR)/bindgen/hailong.js $(@D)/hailong.js
	cp $(CARGO_TARGET_DIR)/bindgen/small.wasm $@

# What the steps need. Each script call looks first and installs only what is missing.

tools: $(NPM)
	@tests/install.sh build

tools-test: tools
	@tests/install.sh test

$(NPM): end2end/package.json end2end/package-lock.json
	@tests/install.sh node
	npm --prefix end2end ci --no-audit --no-fund
	@touch $@

force:
