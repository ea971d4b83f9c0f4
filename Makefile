.RECIPEPREFIX = >
.DEFAULT_GOAL := run
.PHONY: run test e2e ui bench faults fuzz check lock doku graph golden bilder new-check new-mart beispiel-koeln beispiel-berlin

PYTHON ?= python3
BIN := .venv/bin
export MONITORING_DATA ?= $(CURDIR)/data
# Compiled code is kept: a command starts faster for it, and the suites start hundreds.
export PYTHONDONTWRITEBYTECODE =

# Everything a fresh machine needs: Python ≥ 3.11, make, git. All packages come from the hashed lock.
.venv/.fertig: requirements.lock requirements-uv.lock pyproject.toml
> $(PYTHON) -m venv .venv
> $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.lock
> $(BIN)/uv pip sync --compile-bytecode --quiet --python $(BIN)/python --require-hashes requirements-uv.lock requirements.lock
> $(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
> touch $@

run: .venv/.fertig
> $(BIN)/monitoring demo
> $(BIN)/monitoring refresh

# The suite: rooms, statements, figures. Whole refreshes that go wrong take longer and are a suite of their own.
test: .venv/.fertig
> $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m "not e2e and not langsam"

e2e: .venv/.fertig
> $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m "e2e or langsam"

ui: .venv/.fertig
> $(BIN)/monitoring serve

bench: .venv/.fertig
> $(BIN)/python -m tests.bench

# Every file call of a refresh fails once, or the process dies there (hours; STEP=50 tries every fiftieth); planted mistakes are found.
STEP ?= 1
faults: .venv/.fertig
> notes=$$(mktemp); $(BIN)/python -m tests.faults.long $(STEP) $$notes; well=$$?; \
> $(BIN)/python -m tests.faults.planted --notes $$notes || well=1; \
> $(BIN)/python -m tests.faults.reader demo >> $$notes || well=1; \
> $(BIN)/python -m tests.faults.page $$notes; rm $$notes; exit $$well

# Damaged deliveries and configurations by the thousand, from a seed.
COUNT ?= 10000
fuzz: .venv/.fertig
> $(BIN)/python -m tests.fuzz.run $(COUNT)

# Every linter, two at a time, all failures at once.
LINTERS := "mypy" "sqlfluff lint --processes 2 --disable-progress-bar sql" "ruff check ." "ruff format --check ." \
  "python -m schemas.dictionary_page --pruefen" "python -m pipelines.pages.definitionen --pruefen" \
  "python -m tests.spec.lieferungen.tabelle --pruefen" "python -m pipelines.pages.meldungen --pruefen" \
  "python -m pipelines.pages.indikatoren --pruefen" "python -m tests.spec.indikatoren.tabelle --pruefen"
check: .venv/.fertig
> @printf '%s\n' $(LINTERS) | xargs -P 2 -I LINTER sh -c 'said=$$($(BIN)/LINTER 2>&1); well=$$?; printf "== %s\n%s\n" "LINTER" "$$said"; exit $$well'

# The data dictionary from the vocabulary, definitions from the profiles and the persona table, faulty files and their twins.
doku: .venv/.fertig
> $(BIN)/python -m schemas.dictionary_page
> $(BIN)/python -m pipelines.pages.definitionen
> $(BIN)/python -m tests.spec.lieferungen.tabelle
> $(BIN)/python -m pipelines.pages.indikatoren
> $(BIN)/python -m pipelines.pages.meldungen
> $(BIN)/python -m tests.spec.indikatoren.tabelle

# Worked examples from real published files (not in this repository): laid out by ready sources, published, held against the printed
# totals. DATEN is the folder of the files, BEISPIELE where the data folders are written (left out of version control).
DATEN ?= ../shared/daten
BEISPIELE ?= .beispiele
beispiel-koeln: .venv/.fertig
> $(BIN)/python -m tests.worked koeln $(DATEN) $(BEISPIELE)/koeln

beispiel-berlin: .venv/.fertig
> $(BIN)/python -m tests.worked berlin $(DATEN) $(BEISPIELE)/berlin

# Pictures of the first steps (docs/erste_schritte.md), from its own commands in an empty folder; needs Chromium.
bilder: .venv/.fertig
> $(BIN)/python -m tests.handbook

# The reviewed asset graph, written anew: the first test writes it and fails, the second compares. Review the difference.
graph: .venv/.fertig
> rm -f tests/defs/asset_graph.json
> @$(BIN)/python -m pytest -q tests/defs/test_asset_graph.py -k reviewed > /dev/null 2>&1 || true
> $(BIN)/python -m pytest -q tests/defs/test_asset_graph.py
> git --no-pager diff --stat tests/defs/asset_graph.json

# What `make run` published, taken as reviewed: content hashes of every table. Review the difference.
golden: .venv/.fertig
> $(BIN)/python -m tests.golden.published_content write $(MONITORING_DATA)
> git --no-pager diff --stat tests/golden/published_content.json

# New versions: resolved for every platform, with hashes and without any address.
lock: .venv/.fertig
> $(BIN)/uv pip compile pyproject.toml --extra dev --universal --generate-hashes --no-emit-index-url --quiet --upgrade -o requirements.lock
> echo 'uv==0.13.9' | $(BIN)/uv pip compile - --universal --generate-hashes --no-emit-index-url --no-header --quiet -o requirements-uv.lock

# Skeletons: make new-check NAME=anteil_plausibel ASSET=marts/migrationshintergrund; make new-mart NAME=altersaufbau
new-check: .venv/.fertig
> $(BIN)/python -m pipelines.scaffold.new_files check $(NAME) $(ASSET)

new-mart: .venv/.fertig
> $(BIN)/python -m pipelines.scaffold.new_files mart $(NAME)
