"""Run in `odoo shell`: compile the web client's assets before somebody waits.

Odoo's own `_pregenerate_assets_bundles` compiles its test suites too, which takes
three times as long.
"""
# ruff: noqa: F821 (`env` comes from the shell)

BUNDLES = {
    "web.assets_frontend",
    "web.assets_frontend_lazy",
    "web.assets_frontend_minimal",
    "web.assets_web",
    "web.assets_web_print",
    "web.report_assets_common",
    "web.report_assets_pdf",
}

qweb = env["ir.qweb"]
scripts, styles = qweb._get_bundles_to_pregenarate()
for bundle in sorted(BUNDLES & scripts):
    qweb._get_asset_bundle(bundle, css=False, js=True).js()
for bundle in sorted(BUNDLES & styles):
    qweb._get_asset_bundle(bundle, css=True, js=False).css()
env.cr.commit()
