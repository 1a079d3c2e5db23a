# make demo and make test need nothing beforehand but Python >= 3.11, Node and apt.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ROOMS := server kiosk display counter evaluator
CATALOGUES := $(shell find $(ROOMS) -path '*/LC_MESSAGES/*.po')

.PHONY: setup setup-test demo test explore check bench pictures words clean

setup: $(VENV)/.runtime $(VENV)/.browser $(VENV)/.voice $(CATALOGUES:.po=.mo)

setup-test: setup $(VENV)/.test

demo: setup
	$(BIN)/jiaohao demo

# Three workers: half of a run is waiting, for a voice to end or a printer to answer. One file's tests stay together.
test: setup-test
	$(BIN)/pytest -n 3 --dist loadfile $(PYTEST)

# The property tests with new examples, drawn at random; `make test` draws the same ones each time.
explore: setup-test
	$(BIN)/pytest -n 2 --dist loadfile --hypothesis-profile=explore $$(grep -rl "^from hypothesis" tests --include='test_*.py')

# What can be said of the code without running it.
check: setup-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	npm run --silent check
	$(BIN)/python scripts/words.py check
	$(BIN)/jiaohao check-config config.yaml

bench: setup-test
	$(BIN)/python tests/bench/run.py

# Takes docs/images anew from a running demo.
pictures: setup-test
	$(BIN)/python scripts/pictures.py

# Collects new messages into the catalogues, for somebody to translate.
words: setup-test
	$(BIN)/python scripts/words.py collect

clean:
	rm -rf $(VENV) node_modules build dist

$(VENV)/.runtime: pyproject.toml
	scripts/packages.sh run $(PYTHON)
# An environment made where ensurepip was missing, or moved since, has a python but no pip.
	$(BIN)/python -m pip --version > /dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --editable '.[postgresql]'
	touch $@

$(VENV)/.test: $(VENV)/.runtime
	scripts/packages.sh test $(PYTHON)
	$(BIN)/python -m pip install --quiet --editable '.[postgresql,dev]'
# It asks for Python 3.13, and tests/support/other_printer.py reads it with an older one; its needs are among ours.
	$(BIN)/python -m pip install --quiet --no-deps --ignore-requires-python emupos==0.4.0
	touch $@

$(VENV)/.browser: $(VENV)/.runtime package.json package-lock.json scripts/vendor.mjs
	npm ci --silent --no-audit --no-fund
	npm run --silent vendor
	touch $@

$(VENV)/.voice: $(VENV)/.runtime $(addprefix server/voice/,clip_set.py building.py synthesis.py sound.py)
	$(BIN)/jiaohao voice build
	touch $@

%.mo: %.po $(VENV)/.runtime
	$(BIN)/pybabel --quiet compile --input-file $< --output-file $@
