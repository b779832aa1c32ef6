# `make` alone lists the targets. All of them need Python 3.11 to 3.13 with venv, and make; nothing else.

FITS := import sys, venv; sys.exit(not (3, 11) <= sys.version_info < (3, 14))
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
            $$p -c '$(FITS)' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
READY := .venv/.ready
BRIEF ?= examples/luxury_watch.yaml
HOME_DIR := $(CURDIR)/.adgen
WORKERS ?= 3
PARALLEL := -n $(WORKERS) --dist loadgroup
SCHEDULES ?= 500
LAB := $(BIN)/python -m adgen_pipeline_tests.chaos
BENCH := $(BIN)/python -m benchmarks

.DEFAULT_GOAL := help
.PHONY: help ad draft up studio test test-all test-postgres compat chaos check format coverage bench bench-profile sbom audit \
  attacks clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

$(READY): pyproject.toml
	@$(or $(PYTHON),false) -c '$(FITS)' || \
	  { echo "Python 3.11, 3.12 or 3.13 with venv is needed; say which by: make PYTHON=/path/to/python3.12"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

ad: $(READY) ## Make a 30 s ad from BRIEF (default examples/luxury_watch.yaml) with the embedded studio
	$(BIN)/adgen make $(BRIEF)

draft: $(READY) ## The same as a quick look: 540 px, 15 fps
	$(BIN)/adgen make $(BRIEF) --draft

up: $(READY) ## Run everything: Dagster UI on http://127.0.0.1:3000, daemon, studio, API on port 8000
	$(BIN)/adgen up

studio: $(READY) ## Serve the four embedded services on ports 8001 to 8004
	$(BIN)/adgen studio

test: $(READY) ## Run the tests
	$(BIN)/pytest $(PARALLEL)

test-all: $(READY) ## The same with the dear ones: whole deployments and commands that others cover in part
	$(BIN)/pytest $(PARALLEL) --dear

test-postgres: $(READY) ## Run the same tests with ledger and Dagster on a Postgres that they start themselves
	$(BIN)/pytest $(PARALLEL) --database=postgres

compat: $(READY) ## Test what rests on Dagster's internals with the oldest and the newest dagster allowed
	$(BIN)/python -m adgen_pipeline_tests.compat

chaos: $(READY) ## Kill and mislead SCHEDULES=500 ads and count the money; SEED=n replays one
ifdef SEED
	$(LAB) replay $(SEED)
else
	$(LAB) run $(SCHEDULES) --json .adgen/chaos/schedules.json
	$(LAB) matrix --json .adgen/chaos/matrix.json
	$(LAB) storm --json .adgen/chaos/storm.json
	$(LAB) race
	$(LAB) taken-out
endif

check: $(READY) ## Format, lint, types, import rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY) ## Put the code into the house's format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

coverage: $(READY) ## Run the tests and write the HTML report to .adgen/coverage
	$(BIN)/pytest $(PARALLEL) --cov --cov-report=html --cov-report=term:skip-covered
	@echo "open .adgen/coverage/index.html"

bench: $(READY) ## 45 minutes: what the pipeline adds, under load, as it grows, and the studio; tables and JSON in .adgen/bench
	$(BENCH).overhead
	$(BENCH).load
	$(BENCH).pools
	$(BENCH).growth
	$(BENCH).studio

bench-profile: $(READY) ## Where the CPU of one ad goes, by layer, with a flame graph
	$(BENCH).profile

sbom: $(READY) ## Write sbom.cdx.json: what production is made of, with licences
	$(BIN)/python -m adgen_pipeline_tests.supply sbom sbom.cdx.json

audit: $(READY) ## Ask for known weaknesses of it: 0 none, 1 some, 3 could not be asked (no all-clear)
	$(BIN)/python -m adgen_pipeline_tests.supply audit

attacks: $(READY) ## Attack a whole deployment and search it for every secret; a line an attack
	$(BIN)/python -m adgen_pipeline_tests.attacks --json .adgen/attacks.json

clean: ## Remove the virtual environment and all state
	rm -rf .venv .adgen
