# Everything that `make` needs is Python >= 3.11; it installs into .venv here and nowhere else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo compiled test end-to-end lint prove spark cluster clean
.DEFAULT_GOAL := demo
# Compiled modules are kept: the many commands in the tests would each compile them anew.
export PYTHONDONTWRITEBYTECODE :=

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[pictures]' \
		|| $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(VENV)/developed: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $(VENV)/installed $@

demo: $(VENV)/installed  ## the main job on the sample logs
	@$(BIN)/cjmine demo

# An S3-compatible server, for tests that skip with a reason where it cannot be installed.
$(VENV)/store/served: tests/object_store.txt
	$(PYTHON) -m venv $(VENV)/store && $(VENV)/store/bin/python -m pip install --quiet \
		--disable-pip-version-check --no-deps -r tests/object_store.txt && touch $@ \
		|| rm -rf $(VENV)/store

compiled: $(VENV)/developed
	@$(BIN)/python -m compileall -q -j 2 cjmine

test: compiled  ## the tests of all parts, and some of the whole: under five minutes
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "not prove and not end_to_end"

end-to-end: compiled $(VENV)/store/served  ## the others: commands, browser, databases, Spark
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "not prove and end_to_end"

lint: $(VENV)/developed  ## style, types, import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

prove: $(VENV)/developed  ## the slow proofs and the benchmarks
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[bench]'
	$(MAKE) spark || true  # half a gigabyte; without it the proofs on Spark are skipped
	$(BIN)/python -m pytest -m prove
	$(BIN)/python -m pytest -n 2 --dist worksteal -m hypothesis --hypothesis-profile=many
	$(BIN)/python benchmarks/alignments.py
	$(BIN)/python benchmarks/identity.py
	$(BIN)/python benchmarks/loading.py
	$(BIN)/python benchmarks/databases.py
	$(BIN)/python benchmarks/many_files.py
	$(BIN)/python benchmarks/pictures.py
	$(BIN)/python benchmarks/checking.py
	$(BIN)/python benchmarks/chunks.py
	$(BIN)/python benchmarks/scale.py
	$(BIN)/python benchmarks/verbs.py
	$(BIN)/python benchmarks/portfolio.py
	$(BIN)/python benchmarks/compare.py

$(VENV)/sparked: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[spark]'
	touch $@

spark: $(VENV)/sparked  ## pyspark, for the tests on Spark

cluster: spark  ## a Spark master and two workers on this machine, until Ctrl-C
	@$(BIN)/python tests/cluster.py

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
