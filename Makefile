# `make serve` and `make test` set up everything they need; only Python 3.11+ and make (and apt, for the browser tests) are assumed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INTEROP := build/interop
DATA ?= data
PORT ?= 8000
export PYTHONDONTWRITEBYTECODE = 1

.PHONY: serve test bench lint soak interop pictures clean

$(VENV)/runtime: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Sagsgraf needs Python 3.11 or newer; try: make PYTHON=python3.12") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

$(VENV)/development: $(VENV)/runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[dev]"
	touch $@

serve: $(VENV)/runtime
	$(BIN)/sagsgraf build examples/minutes examples/more --municipality examples/minutes/elmested.toml --data $(DATA)
	$(BIN)/sagsgraf serve --data $(DATA) --port $(PORT)

test: $(VENV)/development
	.ci/browser
	$(MAKE) --no-print-directory lint
	$(BIN)/python -m pytest -m "not soak"

lint: $(VENV)/development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/development
	.ci/engines
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[dev,bench]"
	for bench in tests/benchmarks/bench_*.py; do $(BIN)/python $$bench || exit 1; done

soak: $(VENV)/development
	.ci/engines
	$(BIN)/python -m pytest -m soak

# What others' tools say of what we publish; they drag in much, so they have an environment of their own.
$(INTEROP)/ready: tests/interop/requirements.txt
	$(PYTHON) -m venv $(INTEROP)
	$(INTEROP)/bin/python -m pip install --quiet --disable-pip-version-check -r tests/interop/requirements.txt
	touch $@

interop: $(INTEROP)/ready
	for check in tests/interop/check_*.py; do $(INTEROP)/bin/python $$check || exit 1; done

pictures: $(VENV)/development
	.ci/browser
	$(BIN)/python tests/pictures.py examples/pictures

clean:
	rm -rf $(VENV) $(DATA) build dist
