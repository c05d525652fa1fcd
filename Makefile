# Two targets do all the set-up on a machine with Python 3.11 to 3.13, make and a package index:
#   make run    builds the graph and answers a first question
#   make test   runs the tests that need Python packages alone
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin

.PHONY: run build check format test test-all lint types clean

run: $(VENV)/installed
	@$(BIN)/kg build
	@echo
	@COLUMNS=$${COLUMNS:-100} $(BIN)/kg query cross-border-chains

$(VENV)/installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
	  || { echo "Python 3.11 to 3.13 is needed; name one: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/installed-tests: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@

build check: $(VENV)/installed
	$(BIN)/kg $@

format: $(VENV)/installed-tests
	$(BIN)/kg format
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format --quiet .

lint: $(VENV)/installed-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/installed-tests
	$(BIN)/mypy

test: $(VENV)/installed-tests lint types
	$(BIN)/python -m pytest

# Nothing needs other real parts yet; what will need them is added here.
test-all: test

clean:
	rm -rf $(VENV) .kg dist .pytest_cache .mypy_cache .ruff_cache
