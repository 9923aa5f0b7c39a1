PYTHON ?= python3
PORT ?= 8501
PY := .venv/bin/python
# What calculates and needs nothing around it: minutes become seconds.
FAST := tests/test_rooms.py tests/test_catalogue.py tests/layers \
	$(addprefix tests/geodata/,core geography people planning reading register rules simulation)
# HG_TEST_ALL=1: a real browser and a third more examples of a property too; benchmarks need the machine
# for themselves. What is not run is not loaded either.
SOME := --ignore=tests/benchmarks $(if $(HG_TEST_ALL),,--ignore=tests/browser)
# A worker more than two cores: a seventh of its time a test waits, for a browser, a disk or a database.
# Files in their order, the long ones of the browser first, so that no worker ends long after the others.
SPREAD := -n 3 --dist loadfile --no-loadscope-reorder

# pytest writes its assertions anew, for every worker in every run unless it may keep them.
unexport PYTHONDONTWRITEBYTECODE

# What checks the types of the scripts: where there is npm; .ci/run sees to it that there is.
TYPES := $(if $(shell command -v npm),.venv/types/.installed)

.PHONY: run site steward style lint check test browser bench coverage mutation imports pictures contact lock drill sbom \
	audit faults

run: .venv/.run
	@$(PY) -m geodata init
	@$(PY) -m geodata doctor --port $(PORT)
	@$(PY) -m streamlit run app.py --server.port $(PORT)

# The public map as a folder of static pages, seen as any web server would show it.
site: .venv/.run
	@$(PY) -m geodata init
	@$(PY) -m geodata publish var/site --verify
	@$(PY) -m http.server $(PORT) --bind 127.0.0.1 --directory var/site

steward: .venv/.run
	@$(PY) -m geodata init
	@$(PY) -m geodata doctor --port $(PORT)
	@HG_MODE=steward HG_LOCAL_ACCOUNTS=$${HG_LOCAL_ACCOUNTS:-yes} \
		$(PY) -m streamlit run app.py --server.address 127.0.0.1 --server.port $(PORT)

style: .venv/.test $(TYPES)
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	.venv/bin/lint-imports --no-logo

lint: style
	$(PY) -m mypy

check: lint
	$(PY) -m pytest $(SPREAD) $(FAST)

# Without its cache mypy takes one core for most of a minute: the tests go on beside it. Both must be right.
test: style
	@types=$$(mktemp); $(PY) -m mypy >$$types 2>&1 & mypy=$$!; \
		$(PY) -m pytest $(SPREAD) $(SOME); tests=$$?; \
		wait $$mypy; mypy=$$?; cat $$types; rm $$types; exit $$((tests | mypy))
	$(if $(HG_TEST_ALL),$(MAKE) bench)

bench: .venv/.test
	HG_TEST_ALL=1 $(PY) -m pytest tests/benchmarks

coverage: .venv/.test
	$(PY) -m pytest $(SPREAD) $(SOME) --cov=geodata --cov=layers --cov=pages --cov-report=term:skip-covered

# Can the store be got back? A backup made now, put back elsewhere, compared by seal and figures.
drill: .venv/.run
	@$(PY) -m geodata drill

# All that goes wrong, 200 times each and another way each time; the tests do it 5 times.
FAULTS := tests/faults tests/browser/test_cut.py tests/pages/test_broken.py \
	$(addprefix tests/geodata/store/test_,kills.py stopped.py file.py writers.py migrations.py) \
	$(addprefix tests/geodata/intake/,test_mutated.py test_attachments.py judging/test_days.py) \
	tests/geodata/geography/test_notation.py tests/geodata/reading/test_view.py
faults: .venv/.test
	HG_TEST_ALL=1 HG_TEST_RANDOM=1 HG_FAULT_ROUNDS=200 $(PY) -m pytest $(FAULTS)

# Every rule changed in small ways: which change does no test notice? Hours; docs/testing.md.
# One module: make mutation ONLY='geodata.rules.pace*'.
mutation: .venv/.test
	nice -n 15 .venv/bin/mutmut run --max-children 1 $(if $(ONLY),'$(ONLY)')
	.venv/bin/mutmut results

imports: .venv/.test
	PYTHONPATH=. $(PY) docs/imports.py

pictures: .venv/.test
	PYTHONPATH=. $(PY) docs/pictures.py

# Every page and slide, small; one kind: make contact ONLY=docx.
contact: .venv/.test
	PYTHONPATH=. $(PY) docs/contact.py

# Written beside the lists, for who installs from hashes: pip install --require-hashes -r …
lock: .venv/.run
	$(PY) -m pip install --quiet --disable-pip-version-check pip-tools
	$(PY) -m piptools compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url \
		--no-emit-find-links --no-header --output-file requirements.lock requirements.txt
	$(PY) -m piptools compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url \
		--no-emit-find-links --no-header --output-file tests/requirements.lock requirements.txt tests/requirements.txt

# What is in it, for whoever must know: CycloneDX, from the locked list.
sbom: .venv/.run
	$(PY) -m pip install --quiet --disable-pip-version-check cyclonedx-bom==7.5.0
	.venv/bin/cyclonedx-py requirements requirements.lock --output-format JSON --output-file var/sbom.json

# Known weaknesses in it; asks the package index, so not a part of the tests.
audit: .venv/.run
	$(PY) -m pip install --quiet --disable-pip-version-check pip-audit==2.10.1
	.venv/bin/pip-audit --requirement requirements.lock --require-hashes --disable-pip

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Cần Python 3.11 trở lên (python3 --version)." if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv

.venv/.run: requirements.txt | .venv/bin/python
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/types/.installed: tests/layers/types/package-lock.json
	@mkdir -p .venv/types
	@cp tests/layers/types/package.json tests/layers/types/package-lock.json .venv/types/
	@cd .venv/types && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

# Both lists in one call; of what they bring the tests use a third, so it is compiled when it is used.
.venv/.test: requirements.txt tests/requirements.txt | .venv/bin/python
	$(PY) -m pip install --quiet --disable-pip-version-check --no-compile \
		-r requirements.txt -r tests/requirements.txt
	@touch .venv/.run $@
