# Diwan. `make help` lists the targets. python3, make and git are enough: everything else is installed into .venv.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
PORT ?= 8000
# Modules in order: the unit tests, which are short, come last and end on every worker at about the same time.
PYTEST_ARGS ?= -n auto --dist loadgroup --no-loadscope-reorder

BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
# Settings that check what production would see, with values that are only good for checking.
AS_PRODUCTION := DJANGO_SETTINGS_MODULE=cms.settings.production ALLOWED_HOSTS=cms.example.org \
	WAGTAILADMIN_BASE_URL=https://cms.example.org DATABASE_URL=sqlite:///var/check.sqlite3 CACHE_URL=locmemcache:// \
	SECRET_KEY=only-for-make-check-7c1f0b7e9d5a4c6f8e2b3d4a5f60718293a4b5c6d7e8f901

# Every recipe's own tools come from .venv: a variable of another virtual environment must not redirect them.
unexport VIRTUAL_ENV PYTHONHOME PYTHONPATH
# Compiled modules are kept: each process that a recipe or a test starts would compile a thousand of them anew.
unexport PYTHONDONTWRITEBYTECODE

##@ Use
.PHONY: run
run: .venv/base.stamp ## Install, migrate, fill an empty database with the demo, and serve on http://127.0.0.1:8000 (PORT=…)
	@$(MANAGE) run_demo --port $(PORT) --stop-with-parent

.PHONY: test
test: .venv/dev.stamp ## Run every test on SQLite, or on DATABASE_URL (PYTEST_ARGS="-x tests/unit")
	@$(BIN)/python -m pytest $(PYTEST_ARGS)

##@ Check
.PHONY: check
check: format-check lint types imports migrations-check schema-check messages-check deploy-check conformance ## Everything CI checks, tests excepted

.PHONY: format-check
format-check: .venv/dev.stamp ## Is every file formatted?
	$(BIN)/ruff format --check

.PHONY: lint
lint: .venv/dev.stamp ## Look for mistakes (ruff)
	$(BIN)/ruff check

.PHONY: types
types: .venv/dev.stamp ## Check types (mypy with django-stubs)
	$(BIN)/mypy

.PHONY: imports
imports: .venv/dev.stamp ## Hold the import line cms → api → bulk → translations → travel → relations → missions → regions → home
	$(BIN)/lint-imports --no-logo

.PHONY: migrations-check
migrations-check: .venv/dev.stamp ## Does every model change have its migration?
	$(MANAGE) makemigrations --check --dry-run

.PHONY: schema-check
schema-check: .venv/dev.stamp ## Is api/schema.graphql the schema that is served, and does it break no client of the last release?
	$(MANAGE) export_schema --check
	$(MANAGE) schema_changes

.PHONY: messages-check
messages-check: .venv/dev.stamp ## Are the catalogues fr, ar and es complete, current and compiled?
	$(MANAGE) catalogues --check

.PHONY: deploy-check
deploy-check: .venv/dev.stamp ## Django's deployment checks under production settings, warnings counted as errors
	$(AS_PRODUCTION) $(MANAGE) check --deploy --fail-level WARNING

.PHONY: conformance
conformance: .venv/dev.stamp ## graphql-core's own execution tests against api/execution
	$(BIN)/python -m tests.conformance

##@ Check with Node (20 or newer), which nothing else needs
.PHONY: clients
clients: .venv/dev.stamp ## Apollo, urql, graphql-request, Relay and graphql-codegen against a served demo site
	@$(BIN)/python -m tests.clients clients

.PHONY: audit
audit: .venv/dev.stamp ## The public audits of GraphQL over HTTP, and the rest of its draft, against a served demo site
	@$(BIN)/python -m tests.clients audit

.PHONY: schema-lint
schema-lint: .venv/dev.stamp ## graphql-eslint's rules for schemas: recommended and relay
	@$(BIN)/python -m tests.clients lint

.PHONY: node-checks
node-checks: .venv/dev.stamp ## These three, against one served demo site
	@$(BIN)/python -m tests.clients lint audit clients

##@ Change
.PHONY: format
format: .venv/dev.stamp ## Format the code and mend what ruff can mend
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

.PHONY: schema
schema: .venv/dev.stamp ## Write api/schema.graphql
	$(MANAGE) export_schema

.PHONY: messages
messages: .venv/dev.stamp ## Collect interface texts into locale/*.po and compile them
	$(MANAGE) catalogues

.PHONY: bench
bench: .venv/dev.stamp .venv-bench/bench.stamp ## Measure the endpoint beside others, and write docs/performance.md (needs PostgreSQL, Redis; BENCH_ARGS=…)
	@$(BIN)/python -W ignore -m benchmarks $(BENCH_ARGS)

.PHONY: bench-desk
bench-desk: .venv/dev.stamp ## Measure the translators' desk with 10,000 translations (needs PostgreSQL, or DATABASE_URL=sqlite:///…; DESK_ARGS=…)
	@$(BIN)/python -W ignore -m benchmarks.desk $(DESK_ARGS)

.PHONY: screenshots
screenshots: .venv/dev.stamp ## Take the pictures in docs/ from a demo site (needs Chromium, its languages and fonts: chromium-l10n fonts-liberation fonts-noto-color-emoji)
	$(BIN)/python -m tests.e2e.screenshots

# Locks hold versions and hashes, no index address: any mirror will do.
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-header --generate-hashes --no-emit-index-url
.PHONY: lock
lock: .venv/uv.stamp ## Compile pyproject.toml into requirements/*.txt (UPGRADE=--upgrade for newer versions)
	$(COMPILE) $(UPGRADE) pyproject.toml -o requirements/base.txt
	$(COMPILE) $(UPGRADE) pyproject.toml --group dev -c requirements/base.txt -o requirements/dev.txt
	$(COMPILE) $(UPGRADE) pyproject.toml --group bench -c requirements/base.txt -o requirements/bench.txt

.PHONY: clean
clean: ## Remove everything that is not in git, the demo database and .venv included
	rm -rf .venv .venv-bench .cache var tests/clients/node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: help
help: ## List the targets
	@awk 'BEGIN { FS = ":.*## " } /^##@/ { printf "\n%s\n", substr($$0, 5) } \
		/^[a-z-]+:.*## / { split($$1, target, ":"); printf "  %-18s %s\n", target[1], $$2 }' Makefile

# --- .venv --------------------------------------------------------------------------------------------------------
# A stamp is written last, so an interrupted installation is taken up again.
# uv does not read pip's configuration: an index that pip was told to use is handed on.
define install
	@echo "Installing $(1) into $(2) …"
	@index=$${UV_DEFAULT_INDEX:-$${PIP_INDEX_URL:-$$($(BIN)/pip config get global.index-url 2>/dev/null || true)}}; \
	if [ -n "$$index" ]; then export UV_DEFAULT_INDEX="$$index"; fi; \
	$(BIN)/uv pip install --quiet --python $(2)/bin/python --require-hashes -r $(1) || { \
		echo "uv could not; trying with pip, which may know another way out …"; \
		$(2)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1); }
	@touch $@
endef

.venv/uv.stamp: requirements/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Diwan needs Python 3.11 or newer as '$(PYTHON)'; name another with make PYTHON=…" >&2; exit 1; }
	@test -x $(BIN)/pip || { echo "Making .venv …"; $(PYTHON) -m venv .venv; } \
		|| { rm -rf .venv; echo "'$(PYTHON) -m venv' failed: on Debian and Ubuntu, apt install python3-venv" >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

.venv/base.stamp: .venv/uv.stamp requirements/base.txt
	$(call install,requirements/base.txt,.venv)

.venv/dev.stamp: .venv/base.stamp requirements/dev.txt
	$(call install,requirements/dev.txt,.venv)

# The benchmark's peers stand apart: what they need is never installed beside the product.
.venv-bench/bench.stamp: .venv/uv.stamp requirements/bench.txt
	@test -x .venv-bench/bin/pip || { rm -rf .venv-bench; $(PYTHON) -m venv .venv-bench; }
	$(call install,requirements/bench.txt,.venv-bench)
