# Every target sets up what it needs in .venv with Python 3.11 or newer and pip.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
export PIP_NO_INPUT := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test fuzz lint fresh generate package bench clean

.venv/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Comity needs Python 3.11 or newer: make PYTHON=/path/to/python")'
	@echo 'Setting up .venv ...'
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/.runtime: .venv/.made pyproject.toml
	@$(BIN)/python -m pip install --quiet --editable .
	@touch $@

.venv/.dev: .venv/.made pyproject.toml
	@$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@ .venv/.runtime

EXAMPLE := examples/ev-battery
STORY := --on 2031-08-18 --case $(EXAMPLE)/case.toml --trust $(EXAMPLE)/trust.toml
CHECK := check $(EXAMPLE) --market eu $(STORY)
ASK := ask eu-batt-art8-2-co $(EXAMPLE) $(STORY)

demo: .venv/.runtime ## the gaps of an example, then one rule with its proof
	@echo '$$ comity $(CHECK)'
	@$(BIN)/comity $(CHECK) < /dev/null || test $$? -eq 1
	@echo
	@echo '$$ comity $(ASK)'
	@$(BIN)/comity $(ASK) < /dev/null

test: .venv/.dev ## run the tests
	$(BIN)/python -m pytest -q -n auto < /dev/null

fuzz: .venv/.dev ## try 20,000 random worlds and publish what they show in docs/soundness.md
	$(BIN)/python -m tests.worlds.fuzz --worlds 20000 --page docs/soundness.md < /dev/null

lint: .venv/.dev ## ruff, mypy, import contracts, words of a sector, order of Turtle
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry src
	$(BIN)/python tools/check_sector_words.py
	$(BIN)/python tools/check_turtle.py

fresh: .venv/.dev ## compare generated files with what their generators write
	$(BIN)/python tools/generate_all.py --check

generate: .venv/.dev ## write the generated files
	$(BIN)/python tools/generate_all.py

.venv-bench/.made: pyproject.toml benchmarks/requirements.txt
	@echo 'Setting up .venv-bench ...'
	@$(PYTHON) -m venv .venv-bench
	@.venv-bench/bin/python -m pip install --quiet --editable '.[bulk]' --requirement benchmarks/requirements.txt
	@touch $@

bench: .venv-bench/.made ## measure beside peers, and write docs/benchmarks.md
	.venv-bench/bin/python -m benchmarks.run docs/benchmarks.md

package: .venv/.dev ## build, install elsewhere and compare
	$(BIN)/python tools/check_package.py

clean:
	rm -rf .venv .venv-bench build dist
