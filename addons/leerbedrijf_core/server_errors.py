"""What a client learns of a mistake in the program: that there was one.

Odoo sends the traceback along with every error, and the text of the exception: source
lines, values, SQL. The log has both. See docs/decisions/0008.
"""

from werkzeug.exceptions import HTTPException

from odoo import _, http
from odoo.exceptions import RedirectWarning, UserError
from odoo.tools import config

#: exceptions whose text was written for the user
SENTENCES = (UserError, RedirectWarning, HTTPException, http.SessionExpiredException)

serialize_with_traceback = http.serialize_exception


def serialize_exception(exception, *, message=None, arguments=None):
    """In the place of `odoo.http.serialize_exception`; with `--dev` it tells all."""
    if config["dev_mode"]:
        return serialize_with_traceback(exception, message=message, arguments=arguments)
    if not isinstance(exception, SENTENCES):
        # There may be no environment any more: Odoo finds the language by the request.
        # pylint: disable-next=prefer-env-translation
        message = _("Something went wrong. The log of the server says what.")
        arguments = (message,)
    serialized = serialize_with_traceback(
        exception, message=message, arguments=arguments
    )
    return {**serialized, "debug": ""}


def keep_tracebacks_on_the_server():
    """Called once by each server process that loads this addon.

    Every controller that reports an error calls this one function of Odoo's.
    """
    http.serialize_exception = serialize_exception
