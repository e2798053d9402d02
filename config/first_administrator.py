"""Run once in `odoo shell` on a new database in production.

Odoo makes the log-in `admin` with the password `admin`. This gives it to a person:
`LEERBEDRIJF_ADMINISTRATOR` is the e-mail address, which becomes the log-in and gets
the code of the second step; `LEERBEDRIJF_ADDRESS` is the address that people type
(https://…), which stands in every mail. The password becomes one that nobody knows; a
mail tells how to choose another, so the mail server has to be there.
"""
# ruff: noqa: F821 (`env` comes from the shell)

import os
import secrets

address = os.environ["LEERBEDRIJF_ADDRESS"].rstrip("/")
mailbox = os.environ["LEERBEDRIJF_ADMINISTRATOR"]

parameters = env["ir.config_parameter"]
parameters.set_param("web.base.url", address)
# Odoo would take another address from whatever name an administrator's browser used.
parameters.set_param("web.base.url.freeze", "True")

administrator = env.ref("base.user_admin")
administrator.write(
    {"login": mailbox, "email": mailbox, "password": secrets.token_urlsafe(32)}
)
administrator.action_reset_password()
env.cr.commit()
