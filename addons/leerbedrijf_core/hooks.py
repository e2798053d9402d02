from .models.dossier_view import KEEP_VIEWS_FUNCTION
from .models.write_once_mixin import REFUSE_CHANGE_FUNCTION


def uninstall_hook(env):
    """Drop the database objects that Odoo does not know of."""
    env.cr.execute(f"DROP FUNCTION IF EXISTS {REFUSE_CHANGE_FUNCTION}() CASCADE")
    env.cr.execute(f"DROP FUNCTION IF EXISTS {KEEP_VIEWS_FUNCTION}() CASCADE")
