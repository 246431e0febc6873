# make demo: set up and read the examples. make test: run the tests. make docs: write what is made from the code.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
EXAMPLES := $(sort $(wildcard examples/*.txt examples/*.html examples/*.jsonl))
# What a set-up environment is known by; newer lock files set it up again.
READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# One thread: the small model gains nothing from more.
export OMP_NUM_THREADS := 1

.PHONY: demo test check docs picture clean

demo: $(READY)
	@mkdir -p out
	@$(BIN)/dateline read $(EXAMPLES) --html out/demo.html
	@$(BIN)/dateline read $(EXAMPLES) --json > out/demo.jsonl
	@echo "The same as one page: out/demo.html; as JSON Lines: out/demo.jsonl"

test: $(READY_DEV)
	@$(BIN)/python -m pytest --cov=dateline --cov-report=term:skip-covered $(ARGS)

check: $(READY_DEV)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

docs: $(READY_DEV)
	@$(BIN)/python docs/generate.py

picture: $(READY_DEV)
	@$(BIN)/python docs/picture.py

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Dateline needs Python 3.11 or newer") if sys.version_info < (3, 11) else None'
	@$(PYTHON) -m venv $(VENV)

$(READY): requirements.lock pyproject.toml | $(VENV)/bin/python
	@$(BIN)/python -m pip install --quiet -r requirements.lock
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(READY_DEV): requirements-dev.lock $(READY)
	@$(BIN)/python -m pip install --quiet -r requirements-dev.lock
	@touch $@

clean:
	@rm -rf out .coverage .pytest_cache .mypy_cache .ruff_cache
