PYTHON ?= python3
PORT ?= 8501
PY := .venv/bin/python

.PHONY: run steward test

run: .venv/.run
	@mkdir -p static
	@$(PY) -m geodata init
	@$(PY) -m geodata doctor --port $(PORT)
	@$(PY) -m streamlit run app.py --server.port $(PORT)

steward: .venv/.run
	@mkdir -p static
	@$(PY) -m geodata init
	@$(PY) -m geodata doctor --port $(PORT)
	@HG_MODE=steward HG_LOCAL_ACCOUNTS=$${HG_LOCAL_ACCOUNTS:-yes} \
		$(PY) -m streamlit run app.py --server.address 127.0.0.1 --server.port $(PORT)

test: .venv/.test
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -m pytest -n 2 --dist loadfile -m "not benchmark"
	$(PY) -m pytest -m benchmark

.venv/.run: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit("Cần Python 3.11 trở lên (python3 --version)." if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/.test: .venv/.run tests/requirements.txt
	$(PY) -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	@touch $@
