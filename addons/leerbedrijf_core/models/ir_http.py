import time

from werkzeug.exceptions import HTTPException, NotFound

from odoo import api, models
from odoo.http import STORED_SESSION_BYTES, request
from odoo.tools import config, str2bool

from odoo.addons.auth_timeout.models.ir_http import CheckIdentityException

SESSION_START = "leerbedrijf_session_start"
#: pages that stay up when `list_db` switches the manager off, and name the database
DATABASE_MANAGER = "/web/database/"
#: every call carries a password; leaves Odoo in version 20, `/json/2` stays
LEGACY_RPC = ("/xmlrpc/", "/jsonrpc")
#: for the job runner on the machine itself, which comes past no proxy
JOBS = "/queue_job/"
PROXY_HEADERS = {"X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto"}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Content-Security-Policy": (
        "frame-ancestors 'self'; base-uri 'self'; object-src 'none'"
    ),
    "Referrer-Policy": "same-origin",
}
#: files, at addresses that a visitor may ask too
FILES = ("/web/content", "/web/image")
YEAR = 365 * 24 * 60 * 60


class IrHttp(models.AbstractModel):
    """What the server answers to whom: closed addresses, an end to every session,
    headers and cookies that a browser keeps to itself."""

    _inherit = "ir.http"

    @classmethod
    def _match(cls, path_info):
        rule, args = super()._match(path_info)
        if cls._is_closed(rule.rule):
            raise NotFound()
        return rule, args

    @classmethod
    def _is_closed(cls, route):
        if route.startswith(DATABASE_MANAGER):
            return not config["list_db"]
        if route.startswith(JOBS):
            return bool(PROXY_HEADERS & set(request.httprequest.headers.keys()))
        if route.startswith(LEGACY_RPC):
            # Superuser: visitors read no system parameters.
            parameters = request.env["ir.config_parameter"].sudo()
            opened = parameters.get_param("leerbedrijf_core.legacy_rpc", "0")
            return not str2bool(opened, False)
        return False

    # Sessions

    @classmethod
    def _authenticate(cls, endpoint):
        """An ended session is none, a locked one reads no files.

        Odoo asks it at addresses for users alone: files and the client's start page,
        which are for visitors too, still knew the user.
        """
        problem = (request.session.uid and cls._must_check_identity()) or {}
        if problem.get("logout"):
            request.session.logout(keep_db=True)
            request.env = api.Environment(request.env.cr, None, request.session.context)
        elif problem and request.httprequest.path.startswith(FILES):
            raise CheckIdentityException("Files stay closed until the screen is open.")
        return super()._authenticate(endpoint)

    @classmethod
    def _must_check_identity(cls):
        """End the session its whole time after the log-in.

        Odoo measures that time from `create_time`, which it renews every three hours:
        a longer limit never came.
        """
        age = time.time() - cls._get_session_start()
        user = request.env(user=request.session.uid).user
        for timeout, second_factor in reversed(
            user._get_lock_timeouts()["lock_timeout"]
        ):
            if age >= timeout:
                return {"logout": True, "mfa": second_factor}
        return super()._must_check_identity()

    @classmethod
    def _get_session_start(cls):
        """When the user logged in (seconds since 1970)."""
        session = request.session
        # This half of the identifier is new with a log-in, and stays when Odoo renews
        # the other.
        login = session.sid[:STORED_SESSION_BYTES]
        known, start = session.get(SESSION_START) or (None, 0)
        if known != login:
            start = session["create_time"]
            session[SESSION_START] = [login, start]
        return start

    # Answers

    @classmethod
    def _post_dispatch(cls, response):
        result = super()._post_dispatch(response)
        cls._harden_response(response)
        return result

    @classmethod
    def _handle_error(cls, exception):
        response = super()._handle_error(exception)
        if isinstance(response, HTTPException):
            response = response.get_response(request.httprequest.environ)
        cls._harden_response(response)
        return response

    @classmethod
    def _get_exception_code_values(cls, exception):
        """Keep the traceback out of the page that `?debug=1` shows to any visitor."""
        code, values = super()._get_exception_code_values(exception)
        if not config["dev_mode"]:
            values["traceback"] = ""
            values.pop("qweb_exception", None)
        return code, values

    @classmethod
    def _harden_response(cls, response):
        secure = request.httprequest.scheme == "https"
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if request.session.uid:
            # What a colleague at the same computer must not find with the back button.
            response.headers.setdefault("Cache-Control", "no-store")
        if secure:
            response.headers.setdefault("Strict-Transport-Security", f"max-age={YEAR}")
        cookies = response.headers.getlist("Set-Cookie")
        for number, cookie in enumerate(cookies):
            attributes = {part.partition("=")[0] for part in cookie.lower().split("; ")}
            if "samesite" not in attributes:
                cookies[number] += "; SameSite=Lax"
            if secure and "secure" not in attributes:
                cookies[number] += "; Secure"
        response.headers.setlist("Set-Cookie", cookies)
