# Two commands for newcomers: `make demo` and `make test`. Each makes its own environment in .venv from the lock.
PYTHON ?= python3
VENV   := .venv
PY     := $(VENV)/bin/python
ARGS   ?=
TESTS  ?= tests

.PHONY: demo test soak lint docs lock clean

demo: $(VENV)/.run
	$(VENV)/bin/trialkin demo --library demo-library $(ARGS)

test: $(VENV)/.test
	@tools/browser.sh $(PY)
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(PY) -m pytest -n 2 --dist loadgroup -ra $(TESTS) $(ARGS)

# What takes hours: more kills, histories and damages, and tests that must notice named mutants.
soak: $(VENV)/.test
	TRIALKIN_TEST_KILLS=2000 TRIALKIN_TEST_SCALE=20 TRIALKIN_TEST_DAMAGES=3000 $(PY) -m pytest -n 2 -q \
	  tests/test_import_kill.py tests/registries/ctgov tests/indexes/test_damage.py tests/hostile $(ARGS)
	$(PY) tools/mutants.py

lint: $(VENV)/.test
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .
	$(VENV)/bin/mypy

# Writes the reference from the code.
docs: $(VENV)/.test
	$(PY) tools/reference.py

# Renews the locks; `uv` is the only tool needed.
lock:
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
	  pyproject.toml requirements/build.in --extra all --output-file requirements/all.txt
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
	  pyproject.toml requirements/build.in --extra test --constraint requirements/all.txt --output-file requirements/test.txt

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Trialkin needs Python 3.11 or newer; name one: make PYTHON=python3.12 …"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements/all.txt pyproject.toml | $(VENV)/bin/python
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements/all.txt
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: requirements/test.txt pyproject.toml | $(VENV)/bin/python
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements/test.txt
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/.run

clean:
	rm -rf $(VENV) demo-library
