.RECIPEPREFIX = >
PYTHON ?= python3
BIN := .venv/bin
export DAGSTER_HOME := $(CURDIR)
export MONITORING_LAUFZUSTAND := $(CURDIR)/.dagster

.venv/.fertig: requirements.lock requirements-uv.lock pyproject.toml
> $(PYTHON) -m venv .venv
> $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.lock
> $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
> $(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
> touch $@
