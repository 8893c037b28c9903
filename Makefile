# The one entry, for people and for CI alike: `make` lists what there is.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help setup run test pins

help: ## list these targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{ printf "make %-8s %s\n", $$1, $$2 }'

setup: ## prepare .venv, with .venv/bin/terrain, and nothing else
	@PYTHON="$(PYTHON)" scripts/setup run

run: setup ## start Terrain with the demo company, and print the address to open
	@TERRAIN_HOME="$${TERRAIN_HOME:-./var}" exec $(BIN)/terrain up --demo

test: ## linters, types, import rules, tests, and all they need; some alone: make test ARGS=tests/config
	@PYTHON="$(PYTHON)" scripts/setup test
	@scripts/browser
	@scripts/mail-servers
	@scripts/check $(ARGS)

pins: ## compile requirements/ anew, to the newest versions that pyproject.toml allows
	@PYTHON="$(PYTHON)" scripts/pins
