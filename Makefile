# `make demo` and `make test` set up everything they need: a Python 3.10 or later with venv is enough.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PACKAGES := novu_framework novu_framework_testing

.PHONY: demo test browser lowest fuzz mutants lint docs package servers bench record clean help

help:  ## Show what there is to make
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## /  make \1\t/'

$(VENV)/.installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' || \
		{ echo "Python 3.10 or later is needed; name one with: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing the packages into $(VENV) (once) ..."
	@$(BIN)/python -m pip install --quiet --upgrade --disable-pip-version-check 'pip>=25.1'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[all]' --group dev
	@touch $@

demo: $(VENV)/.installed  ## Dry-run an example from trigger to inbox, and serve it to Novu over HTTP
	@$(BIN)/python examples/demo.py

# some environments say that nothing compiled is kept, and each of hundreds of processes would compile it again
test browser: export PYTHONDONTWRITEBYTECODE :=
test: $(VENV)/.installed  ## Run the tests, with a smoke test of what needs Chromium
	$(BIN)/python -m pytest -n auto --dist worksteal -m "smoke or not (browser or types or slow)"
	@echo 'Left out: most of the tests that need Chromium, and what takes long or tries more of the same (make browser), and what type checkers say of users'"'"' code (make lint)'

browser: $(VENV)/.installed  ## Run what `make test` leaves out: pages, pictures and hostile scripts in Chromium, and what takes longest
	$(BIN)/python -m pytest -n auto --dist worksteal -m "(browser or slow) and not smoke"

LOWEST := .venv-lowest/bin
$(LOWEST)/.installed: pyproject.toml
	@test -x $(LOWEST)/python || $(PYTHON) -m venv .venv-lowest
	@$(LOWEST)/python -m pip install --quiet --disable-pip-version-check 'uv>=0.5'
	@$(LOWEST)/uv pip compile --quiet --python $(LOWEST)/python --resolution lowest-direct --extra all --extra browser --extra starlette --extra litestar --extra django --extra flask \
		pyproject.toml --output-file .venv-lowest/versions.txt
	@$(LOWEST)/uv pip install --quiet --python $(LOWEST)/python --constraints .venv-lowest/versions.txt \
		--editable '.[all]' --group test
	@touch $@

# old packages warn of their neighbours; the type checkers, novu-py and the agent libraries need newer ones, and pydantic 2.11 makes no schema
# of dates while freezegun has replaced them
lowest: export PYTHONWARNINGS := ignore::DeprecationWarning,ignore::PendingDeprecationWarning,ignore::ResourceWarning
lowest: $(LOWEST)/.installed  ## Run the tests with the lowest versions allowed: make lowest PYTHON=python3.10
	$(LOWEST)/python -m pytest -n auto --dist worksteal -m "not browser" \
		-W ignore::DeprecationWarning -W ignore::PendingDeprecationWarning -W ignore::ResourceWarning \
		--ignore tests/unit/test_typing.py --ignore tests/docs/test_sample_types.py --ignore tests/integration/test_novu_py.py --ignore tests/integration/test_novu_py_operations.py --ignore tests/agents \
		--deselect "tests/docs/test_documentation.py::test_code_blocks_run[docs/how-to/agents-with-libraries.md]" \
		--deselect "tests/docs/test_documentation.py::test_code_blocks_run[docs/how-to/migrate-from-an-api-client.md]" \
		--deselect "tests/docs/test_documentation.py::test_code_blocks_run[docs/how-to/test-time.md]" \
		--deselect "tests/docs/test_documentation.py::test_every_exported_name_is_in_the_reference" \
		--deselect "tests/docs/test_documentation.py::test_the_reference_shows_what_the_docstrings_say" \
		--deselect "tests/suites/test_suites.py::test_a_suite_is_green_and_warns_of_nothing" \
		--deselect "tests/unit/test_network.py::test_a_call_fails_at_once_and_names_the_fixtures_and_the_key[others: novu-py]"

fuzz: $(VENV)/.installed  ## Run the fuzzing harnesses and the properties for longer (NOVU_FUZZ=50 times as long)
	NOVU_FUZZ=$${NOVU_FUZZ:-50} $(BIN)/python -m pytest -n auto tests/fuzz tests/unit/runtime/test_secrets.py tests/unit/test_data_kinds.py
	NOVU_FUZZ=$${NOVU_FUZZ:-50} $(BIN)/python -m pytest -n auto tests/unit -m hypothesis

# make mutants MODULES="novu_framework/cron.py novu_framework/npm/*.py" SEED=7 MUTANTS=15 TESTS=tests/unit
mutants: $(VENV)/.installed  ## Change the code at random and see whether the tests notice (COUNT=8 SEED=1 MUTANTS=15)
	$(BIN)/python -m tests.mutants --count $${COUNT:-8} --seed $${SEED:-1} --mutants $${MUTANTS:-15} \
		--tests $(TESTS) --modules $(MODULES) $(if $(AGAIN),--again)

lint: $(VENV)/.installed  ## Check style, layers, and types: of the packages, of code that uses them, of the samples in the docs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	PYRIGHT_PYTHON_IGNORE_WARNINGS=1 $(BIN)/pyright --pythonpath $(BIN)/python
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q -n 2 -m types tests/unit/test_typing.py tests/docs/test_sample_types.py

docs: $(VENV)/.installed  ## Build the documentation into site/
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group docs
	$(BIN)/sphinx-build --fail-on-warning --keep-going -q -b html docs site
	@echo "The documentation is at site/index.html"

package: $(VENV)/.installed  ## Build wheel and sdist, and try both in empty environments (PYTHON=python3)
	.ci/package $(PYTHON)

servers: $(VENV)/.installed  ## Try the bridge under the servers of production: gunicorn, granian, hypercorn, nginx, ...
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group servers
	$(BIN)/python -m tests.integration.servers

bench: $(VENV)/.installed  ## Measure beside the npm package (needs Node)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group bench
	$(BIN)/python tests/performance/bench.py

record:  ## Ask the npm package again for the contract fixtures (needs Node)
	tests/contract/record.sh

clean:  ## Remove everything that was built or installed here
	rm -rf .venv .venv-* .mutants build dist site .mypy_cache .ruff_cache .pytest_cache .hypothesis .novu
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find . -name node_modules -type d -prune -exec rm -rf {} +
