# make run · make test · make lint · make bench
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
FLASK := $(BIN)/flask --app wsgi

.PHONY: run test lint bench pins env env-dev browser services clean messages

run: export CCHC_DEMO = 1
run: env messages
	@$(FLASK) db upgrade
	@$(FLASK) demo load --if-empty
	@$(FLASK) serve --port $(PORT)

test: env-dev browser lint
	$(BIN)/python -m pytest -n 2 --dist loadgroup $(PYTEST_ARGS)

lint: env-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint templates --lint

messages: env
	@$(BIN)/pybabel -q compile --use-fuzzy -d cchc_portal/translations 2>/dev/null || true

bench: env-dev
	$(BIN)/python -m bench

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

pins:
	uv pip compile -q --generate-hashes requirements-dev.in -o requirements-dev.txt
	uv pip compile -q --generate-hashes requirements.in -o requirements.txt -c requirements-dev.txt

clean:
	rm -rf .venv instance .mypy_cache .ruff_cache
