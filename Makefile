# The whole set-up: Python 3.11 and make. `make demo` shows sayso at work, `make test` checks it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READERS := packages/sayso-reader-en packages/sayso-reader-en-fast
ARTICLES := $(wildcard examples/[01]*)

.PHONY: demo test setup check docs floors lock wheel licences seal clean help

help: ## what can be done here
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

demo: setup ## read the example articles, print the ledger, write the dossier
	@$(BIN)/sayso read $(ARTICLES) --format html -o out/dossier.html
	@$(BIN)/sayso read $(ARTICLES)
	@echo
	@echo "The dossier, for a browser: $(CURDIR)/out/dossier.html"

test: setup check ## all checks and tests
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

check: setup
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

docs: setup ## write the documentation site to out/site
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --group docs
	@NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --quiet
	@echo "The site, for a browser: $(CURDIR)/out/site/index.html (its search wants a server: python -m http.server -d out/site)"

floors: setup ## measure on the public corpora and compare with eval/floors.toml
	$(BIN)/python -m eval.floors

setup: $(VENV)/.ready

$(VENV)/.ready: requirements.lock pyproject.toml $(READERS:=/pyproject.toml)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "sayso needs Python 3.11 or later: make PYTHON=python3.11 …"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "python's venv module is missing: on Debian, apt install python3-venv"; exit 1; }
	@echo "setting up $(VENV) (once)"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-build-isolation --no-deps $(READERS:%=-e %) -e .
	@mkdir -p out && touch $@

lock: ## write requirements.lock anew from pyproject.toml
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --group dev --no-header --no-emit-index-url --no-emit-package sayso-reader-en --no-emit-package sayso-reader-en-fast --python-version 3.11 pyproject.toml -o requirements.lock

wheel: setup ## build the wheels into dist/, each twice: two builds that are not the same to the byte fail
	$(BIN)/python packages/wheels.py dist

licences: setup ## write docs/licences.md and docs/sbom.json anew, after the lock changed
	$(BIN)/python packages/licences.py

seal: setup ## write the hashes of the readers' files anew, after one of them was replaced
	$(BIN)/python packages/seal.py

clean:
	rm -rf $(VENV) out
