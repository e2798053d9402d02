"""Run in `odoo shell`: compile the web client's assets before somebody waits."""
# ruff: noqa: F821 (`env` comes from the shell)

env["ir.qweb"]._pregenerate_assets_bundles()
env.cr.commit()
