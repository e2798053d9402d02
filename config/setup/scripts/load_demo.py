"""Run in `odoo shell`: load the demo data of our own addons, and of no other.

Odoo's `--with-demo` would fill the region with Odoo's stock contacts and projects.
The addons are marked as having demo data, so that updates keep it up to date.
"""
# ruff: noqa: F821 (`env` comes from the shell)

from odoo.modules.loading import load_data
from odoo.modules.module_graph import ModuleGraph

env["ir.default"].set("res.partner", "lang", "nl_NL")
env.ref("base.user_admin").lang = "nl_NL"

installed = env["ir.module.module"].search([("state", "=", "installed")])
graph = ModuleGraph(env.cr, mode="load")
graph.extend(installed.mapped("name"))
for package in graph:
    if package.name.startswith("leerbedrijf_"):
        load_data(env(su=True), {}, "init", kind="demo", package=package)
        env["ir.module.module"].browse(package.id).demo = True
env.cr.commit()
