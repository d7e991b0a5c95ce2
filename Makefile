# Commands of the workspace. `make` alone lists them.
# Needs: GNU make, git, Python >= 3.11 with venv. Everything else is fetched into this folder.

PYTHON ?= python3
BIN := .venv/bin
SETUP := $(PYTHON) scripts/setup.py

.DEFAULT_GOAL := help
.PHONY: help run dev test e2e lint fmt bench wheels release audit

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

run: ## prepare everything and serve the demo at http://127.0.0.1:8000 (PORT changes it)
	@$(SETUP) && exec $(BIN)/python manage.py serve

dev: ## the same with reload when code changes
	@$(SETUP) --dev && PORTAL_MODE=development exec $(BIN)/python manage.py serve --reload

test: ## run every test; PYTEST_ARGS passes more arguments
	@$(SETUP) --dev && exec $(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)

e2e: ## run the journeys in a browser only
	@$(SETUP) --dev && exec $(BIN)/python -m pytest -m e2e tests/e2e $(PYTEST_ARGS)

lint: ## check style, arrows between packages, templates, migrations, texts and deployment settings
	@$(SETUP) --dev && exec $(BIN)/python scripts/lint.py

fmt: ## format the Python code
	@$(SETUP) --dev && $(BIN)/ruff check --fix --quiet . ; exec $(BIN)/ruff format .

bench: ## measure in small; results go to benchmarks/results/, larger sizes by benchmarks/README.md
	@$(SETUP) --dev && exec $(BIN)/python -m benchmarks

wheels: ## build the three distributions into dist/
	@$(SETUP) --dev && for member in regiokit ehrenamt coworking; do \
		$(BIN)/python -m build --no-isolation --outdir dist plugins/$$member >/dev/null || exit 1; done; ls -1 dist

release: ## build, install in an empty environment, look inside; adds bill of materials and licences to dist/
	@$(SETUP) --dev && exec $(BIN)/python scripts/release.py

audit: ## ask whether a locked package has a known weakness (exit status 3: the advisers do not answer)
	@$(SETUP) --dev && exec $(BIN)/python scripts/audit.py
