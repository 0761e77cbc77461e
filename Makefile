# make run · make test · make lint · make bench
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
FLASK := $(BIN)/flask --app wsgi

.PHONY: run test lint bench docs pins env env-dev browser office messages collect clean

run: export CCHC_DEMO = 1
run: env messages
	@$(FLASK) db upgrade
	@$(FLASK) demo load --if-empty
	@$(FLASK) serve --port $(PORT)

test: env-dev browser office messages lint
	$(BIN)/python -m pytest -n 2 --dist loadgroup $(PYTEST_ARGS)

lint: env-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint templates --lint

# What people read, in English: collected from code and templates, kept in messages.po, compiled when it changed.
PO := cchc_portal/translations/en/LC_MESSAGES/messages.po

messages: $(PO:.po=.mo)

$(PO:.po=.mo): $(PO) | env
	@$(BIN)/pybabel -q compile -i $< -o $@ -l en

collect: env
	$(BIN)/pybabel -q extract -F babel.cfg -k _ -k N_ -k lazy_gettext --no-location --sort-output -o messages.pot .
	$(BIN)/pybabel -q update -i messages.pot -o $(PO) -l en --no-fuzzy-matching --ignore-obsolete --no-wrap
	@rm messages.pot

bench: env-dev
	$(BIN)/python -m bench

docs: env-dev
	$(BIN)/python -m tools.data_model

env: .venv/run.stamp
env-dev: .venv/dev.stamp

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/run.stamp: requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/dev.stamp: requirements-dev.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ .venv/run.stamp

browser:
	@command -v chromium >/dev/null || { echo "Installing chromium…"; apt-get update -qq && apt-get install -y -qq chromium fonts-liberation; }

# What the tests of official documents look at them with; without it those few are skipped.
office:
	@command -v soffice >/dev/null || { echo "Installing LibreOffice…"; apt-get update -qq && apt-get install -y -qq --no-install-recommends libreoffice-writer-nogui libreoffice-calc-nogui fonts-liberation fonts-liberation2; } || echo "LibreOffice could not be installed; the tests that print documents are skipped."

pins:
	uv pip compile -q --generate-hashes requirements-dev.in -o requirements-dev.txt
	uv pip compile -q --generate-hashes requirements.in -o requirements.txt -c requirements-dev.txt

clean:
	rm -rf .venv instance .mypy_cache .ruff_cache
