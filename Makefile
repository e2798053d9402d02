# Thin on purpose: the steps are in config/setup, one a file.
#
# Settings: PORT (of `make run`), PYTHON, ODOO_HOME (an Odoo 19 checkout of your
# own), PGHOST, PGPORT, PGUSER, PGPASSWORD or DATABASE_URL (a PostgreSQL server of
# your own), XDG_CACHE_HOME, ARGS (of `make pytest`, `make journeys`,
# `make production`, `make bench`, `make odoo`), SCALE (of `make bench`).

PYTHON ?= python3
SETUP = @$(PYTHON) -m config.setup
export PORT ARGS SCALE
# our files are UTF-8, whatever the terminal is
export PYTHONUTF8 = 1

.DEFAULT_GOAL := help

help: ## list the commands
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

run: ## set everything up and serve the demo region (PORT=8069)
	$(SETUP) run

test: ## set everything up and run all tests
	$(SETUP) test

lint: ## check the code's style and Odoo's conventions; needs no database
	$(SETUP) lint

pytest: ## run pytest on the test database: make pytest ARGS="addons/… -k name"
	$(SETUP) pytest

journeys: ## run the browser journeys only
	$(SETUP) journeys

production: ## run the tests of the server of production only
	$(SETUP) production

proof: ## what takes longer: 50 000 isolation probes, every guard taken away once
	$(SETUP) proof

bench: ## print the figures of the benchmarks (SCALE=0.1 for a small database)
	$(SETUP) bench

test-odoo: ## run the addons' tests under Odoo's own runner
	$(SETUP) test-odoo

demo: ## build the demo region anew, with dates relative to today
	$(SETUP) demo

shell: ## a Python shell on the demo region
	$(SETUP) shell

odoo: ## Odoo's command line: make odoo ARGS="i18n export -d leerbedrijf_demo …"
	$(SETUP) odoo

i18n: ## export the source texts to the .pot files and merge them into nl.po
	$(SETUP) i18n

clean: ## remove the databases and whatever else was made in this checkout
	$(SETUP) clean

distclean: ## clean, and remove the cache with Odoo and its requirements
	$(SETUP) distclean

.PHONY: help run test lint pytest journeys production proof bench test-odoo demo shell odoo i18n clean distclean
