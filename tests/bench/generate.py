"""Run in `odoo shell` on a database with our addons: fill it for the benchmark."""
# ruff: noqa: F821 (`env` comes from the shell)

import sys

sys.path.insert(0, "tests/bench")

import region

region.generate(env)
