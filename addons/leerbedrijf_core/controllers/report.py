import json

from werkzeug.exceptions import BadRequest, NotFound

from odoo.http import request, route

from odoo.addons.report_xlsx.controllers.main import ReportController

MAX_ID = 2**31 - 1


class LeerbedrijfReportController(ReportController):
    """A question for a document that makes no sense, or about a record that is gone or
    of another, gets an answer that says so instead of a server error."""

    @route(auth="user")
    def report_routes(self, reportname, docids=None, converter=None, **data):
        for name in ("options", "context"):
            if data.get(name):
                _check_is_object(data[name])
        ids = _read_ids(docids)
        report = request.env["ir.actions.report"]._get_report_from_name(reportname)
        if not report:
            raise NotFound()
        if ids and report.model in request.env:
            request.env[report.model].browse(ids).check_access("read")
        return super().report_routes(reportname, docids, converter, **data)


def _check_is_object(text):
    try:
        value = json.loads(text)
    except ValueError as error:
        raise BadRequest() from error
    if not isinstance(value, dict):
        raise BadRequest()


def _read_ids(docids):
    """The ids of `1,2`; a question with anything else is refused."""
    ids = [part.strip() for part in docids.split(",")] if docids else []
    if not all(part.isdecimal() and int(part) <= MAX_ID for part in ids):
        raise BadRequest()
    return [int(part) for part in ids]
