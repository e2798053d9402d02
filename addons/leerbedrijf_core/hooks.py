from .log_privacy import keep_values_out_of_the_log
from .models.dossier_view import KEEP_VIEWS_FUNCTION
from .models.write_once_mixin import REFUSE_CHANGE_FUNCTION
from .server_errors import keep_tracebacks_on_the_server


def post_load():
    """What changes the server itself: once in each process that loads this addon."""
    keep_values_out_of_the_log()
    keep_tracebacks_on_the_server()


def uninstall_hook(env):
    """Drop the database objects that Odoo does not know of."""
    env.cr.execute(f"DROP FUNCTION IF EXISTS {REFUSE_CHANGE_FUNCTION}() CASCADE")
    env.cr.execute(f"DROP FUNCTION IF EXISTS {KEEP_VIEWS_FUNCTION}() CASCADE")
