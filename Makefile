# Python 3.11+ and make are all that must be on the machine; everything else is put in $(VENV).
#   make run                       the app on your own database     (ARGS="--today 2020-02-17" moves the clock)
#   make test PYTHON=python3.12    another Python                   (VENV=.venv312 keeps the two apart)

VENV ?= .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
PY := $(BIN)/python
# The first Python on the machine that is new enough; asked for only when $(VENV) has to be made.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$p"; break; }; done)
PYTEST_ARGS ?= -n auto
INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check --constraint constraints.txt \
	--config-settings editable_mode=compat --editable
# An environment whose making was interrupted may lack pip.
HAS_PIP := $(PY) -m pip --version >/dev/null 2>&1 || $(PY) -m ensurepip >/dev/null

.PHONY: help run demo test check format bench screenshot clean
.DELETE_ON_ERROR:

help:
	@echo "make run         start Rød tråd (laver .venv første gang)"
	@echo "make demo        start på de 20 fiktive demosager, 17. februar 2020"
	@echo "make test        stil, typer, håndbogens sider og alle test"
	@echo "make check       stil, typer og håndbogens sider alene"
	@echo "make format      ret linjer og importer til"
	@echo "make bench       mål hastigheden på denne maskine"
	@echo "make screenshot  tegn docs/screenshot.svg fra den rigtige app"
	@echo "make clean       fjern alt, der kan dannes igen (ikke .venv, ikke data)"

run: $(VENV)/.run
	@$(PY) -m guide $(ARGS)

demo: $(VENV)/.run
	@$(PY) -m guide demo $(ARGS)

test: check
	$(PY) -m pytest $(PYTEST_ARGS)

check: $(VENV)/.dev
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -m guide check
	$(PY) -m guide check handbook/eksempel_stevns

format: $(VENV)/.dev
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

bench: $(VENV)/.dev
	$(PY) -m bench $(ARGS)

screenshot: $(VENV)/.dev
	$(PY) -m tools.screenshot

clean:
	rm -rf build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name $(VENV) -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +

$(PY):
	@test -n "$(PYTHON)" || { echo "Fandt ingen Python 3.11 eller nyere. Skriv, hvor den er: make run PYTHON=python3.12"; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "$(PYTHON) findes ikke eller er ældre end Python 3.11."; exit 1; }
	@echo "Gør klar første gang; det tager et minut eller to ..."
	@"$(PYTHON)" -m venv $(VENV) || { rm -rf $(VENV); echo "Python kunne ikke lave et miljø. På Debian og Ubuntu: sudo apt install python3-venv"; exit 1; }

# Stamps: fast the second time, installed again when pyproject.toml or constraints.txt change.
$(VENV)/.run: pyproject.toml constraints.txt | $(PY)
	@$(HAS_PIP)
	@echo "Installerer det, programmet bruger ..."
	@$(INSTALL) .
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(PY)
	@$(HAS_PIP)
	@echo "Installerer det, programmet og dets test bruger ..."
	@$(INSTALL) ".[dev]"
	@touch $(VENV)/.run $@
