"""Run in `odoo shell` on a new database, before any accounting is loaded.

The Dutch chart of accounts looks at the company's country, and a copy of the
database is only whole when its attachments lie inside it.
"""
# ruff: noqa: F821 (`env` comes from the shell)

parameters = env["ir.config_parameter"].sudo()
parameters.set_param("ir_attachment.location", "db")
env["ir.attachment"].force_storage()

euro = env.ref("base.EUR")
euro.active = True
netherlands = env.ref("base.nl")
env.ref("base.main_company").write(
    {"country_id": netherlands.id, "currency_id": euro.id}
)
users = env["res.users"].with_context(active_test=False).search([])
users.tz = "Europe/Amsterdam"
env.cr.commit()
