"""Run in `odoo shell`: uninstall the addon that the environment names."""
# ruff: noqa: F821 (`env` comes from the shell)

import os

name = os.environ["LEERBEDRIJF_UNINSTALL"]
module = env["ir.module.module"].search([("name", "=", name)])
module.button_immediate_uninstall()
