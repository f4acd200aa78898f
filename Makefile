# make workbooks   sets up and writes the built-in deal's workbooks under out/
# make test        sets up and passes every test
# make benchmark   sets up and times the writers and the schedules
# make trials      sets up and types random inputs into every workbook, 50 times each; makes up a
#                  thousand deals and searches each lender's workbooks for the others; kills a
#                  hundred batches and two hundred senders, and counts what was lost or twice
# make clean       removes what those above made
#
# Needs Python 3.11 or newer and make; another interpreter: make test PYTHON=python3.12

PYTHON ?= python3
ENVIRONMENT := .venv
RUN := $(ENVIRONMENT)/bin
PIP_INSTALL := $(RUN)/python -m pip install --quiet --disable-pip-version-check
PACKAGE_DEFINITION := setup.cfg pyproject.toml
# olevba, which reads the built add-in back. Without what it names itself: that pulls in pcodedmp,
# under the GPL, which it loads for P-code alone; the rest stands in the extra `test`.
VBA_READER := oletools==0.60.2

.PHONY: workbooks test benchmark trials clean system_packages
.DELETE_ON_ERROR:

workbooks: $(ENVIRONMENT)/installed-for-workbooks
	$(RUN)/lexp workbooks

test: $(ENVIRONMENT)/installed-for-tests system_packages
	$(RUN)/ruff check .
	$(RUN)/python -m pytest -n auto

benchmark: $(ENVIRONMENT)/installed-for-tests
	@for program in benchmarks/*.py; do \
	  [ -e "$$program" ] || { echo "no benchmark in benchmarks/" >&2; exit 1; }; \
	  echo "$$program"; $(RUN)/python "$$program" || exit 1; \
	done

trials: $(ENVIRONMENT)/installed-for-tests system_packages
	$(RUN)/python scripts/verify_flips.py
	$(RUN)/python scripts/search_for_other_lenders.py --deals 1000 --jobs 2
	$(RUN)/python scripts/kill_batches.py --trials 100
	$(RUN)/python scripts/kill_senders.py --kills 200

system_packages:
	@bash scripts/install_system_packages.sh

# A stamp is older than the package definition only when that has changed, so an
# environment that stands is used as it is.
$(ENVIRONMENT)/installed-for-workbooks: $(PACKAGE_DEFINITION) | $(RUN)/python
	$(PIP_INSTALL) --editable .
	@touch $@

# What the tests need holds what the workbooks need: one install serves both.
$(ENVIRONMENT)/installed-for-tests: $(PACKAGE_DEFINITION) | $(RUN)/python
	$(PIP_INSTALL) --editable '.[all]'
	$(PIP_INSTALL) --no-deps $(VBA_READER)
	@touch $(ENVIRONMENT)/installed-for-workbooks $@

$(RUN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "lexp needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) --version 2>/dev/null || echo not there)." >&2; \
	  echo "Install one and name it: make PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv $(ENVIRONMENT) || { rm -rf $(ENVIRONMENT); exit 1; }

clean:
	rm -rf $(ENVIRONMENT) out build dist node_modules lexp.egg-info
	rm -rf .pytest_cache .hypothesis .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
