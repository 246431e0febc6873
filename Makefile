# make demo: set up, read the examples, keep and join them, write a release. make desk: build what the desk serves to the browser.
# make serve: open the examples' record at the desk (RECORD=… for another). make test: run the tests. make docs: write what is made from the code.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
EXAMPLES := $(sort $(wildcard src/dateline/desk/sample/*))
# What a set-up environment is known by; newer lock files set it up again.
READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev
# What the desk's built files are known by: the last of them to be copied.
DESK := src/dateline/desk
READY_DESK := $(DESK)/static/vendor/.ready
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# One thread: the small model gains nothing from more.
export OMP_NUM_THREADS := 1

.PHONY: demo desk serve test check docs picture clean

demo: $(READY)
	@mkdir -p out
	@$(BIN)/dateline read $(EXAMPLES) --html out/demo.html
	@$(BIN)/dateline read $(EXAMPLES) --json > out/demo.jsonl
	@rm -rf out/record out/releases
	@$(BIN)/dateline add --record out/record $(EXAMPLES)
	@$(BIN)/dateline link --record out/record
	@$(BIN)/dateline events --record out/record --limit 12
	@$(BIN)/dateline release "Examples" --record out/record --into out/releases
	@echo "The readings as one page: out/demo.html; as JSON Lines: out/demo.jsonl; the release: out/releases/0001-examples/index.html"
	@echo "Look at the record in the browser, with all that was read in it: make serve (or, after make desk: $(BIN)/dateline serve out/record)"

desk: $(READY_DESK)

RECORD ?= out/record
serve: $(READY) $(READY_DESK)
	@$(BIN)/dateline serve $(RECORD)

test: $(READY_DEV) $(READY_DESK)
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

$(READY_DESK): $(DESK)/frontend/package-lock.json $(DESK)/assets.py tools/build_desk.py | $(READY)
	@$(BIN)/python tools/build_desk.py
	@touch $@

clean:
	@rm -rf out $(DESK)/static/vendor $(DESK)/frontend/node_modules .coverage .pytest_cache .mypy_cache .ruff_cache
