from .models.write_once_mixin import REFUSE_CHANGE_FUNCTION


def uninstall_hook(env):
    """Drop the one database object that Odoo does not know of."""
    env.cr.execute(f"DROP FUNCTION IF EXISTS {REFUSE_CHANGE_FUNCTION}() CASCADE")
