from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import take_turns


class EmployerImport(models.TransientModel):
    """Many employers and their future jobs at once, from a spreadsheet."""

    _name = "leerbedrijf.employer.import"
    _description = "Import of employers"
    _inherit = ["leerbedrijf.import.mixin"]
    _transient_max_hours = 24.0
    _batch_size = 250  # rows a job
    _layout_model = "leerbedrijf.employer.import.layout"
    _limit_prefix = "employer_import"

    region_id = fields.Many2one(
        "leerbedrijf.region",
        string="Labour-market region",
        required=True,
        default=lambda self: self.env.company.leerbedrijf_region_ids[:1],
        domain=lambda self: [("id", "in", self.env.company.leerbedrijf_region_ids.ids)],
    )
    row_ids = fields.One2many("leerbedrijf.employer.import.row", "import_id")
    error_row_ids = fields.One2many(
        "leerbedrijf.employer.import.row",
        "import_id",
        domain=[("result", "=", "error")],
    )
    duplicate_row_ids = fields.One2many(
        "leerbedrijf.employer.import.row",
        "import_id",
        domain=[("result", "=", "duplicate")],
    )
    running_id = fields.Many2one(
        "leerbedrijf.employer.import",
        compute="_compute_running_id",
        help="What the user started before and has not finished.",
    )

    def _compute_running_id(self):
        running = self.search([("state", "=", "running")], order="id desc", limit=1)
        for record in self:
            record.running_id = running - record

    @api.constrains("region_id")
    def _check_region(self):
        for record in self:
            if record.region_id not in self.env.company.leerbedrijf_region_ids:
                raise ValidationError(
                    self.env._("Choose a region of your own organisation.")
                )

    def _get_title(self):
        return self.env._("Import employers")

    def _get_file_names(self):
        return self.env._("employers-to-import"), self.env._("employers-not-imported")

    def _lock(self):
        """One import in a region at a time."""
        take_turns(self.region_id)

    def _plan(self):
        rows = self.row_ids
        employers, forecasts = rows._plan(self.region_id)
        return [
            (employers, lambda due: rows._take_over_employers(due, self.region_id)),
            (forecasts, lambda due: rows._take_over_forecasts(due, self.region_id)),
        ]

    def _is_due(self, entry):
        """A future job waits until its employer is there."""
        waits = entry.employer and not entry.employer.row.is_done
        return not waits and super()._is_due(entry)

    def _get_left_message(self, entry):
        return self.env._("Left out together with its employer.")

    # In the background --------------------------------------------------------------

    def _take_all(self, strict):
        if self.row_count <= self._get_limit("background_rows"):
            super()._take_all(strict)
            return
        self.state = "running"
        self._delay(strict)

    def _delay(self, strict):
        self.with_delay(
            description=self.env._("Import of employers"),
            # The same step waits once.
            identity_key=f"leerbedrijf_employer_import-{self.id}-{self.done_count}",
        )._run(strict)

    def _run(self, strict):
        """The job: all rows at once, or a batch and then the next job."""
        if self.state != "running":
            return
        if strict:
            super()._take_all(strict)
        elif self._take_batch(strict, self._batch_size):
            self._delay(strict)
        if self.state == "done":
            self._tell_done()

    def _tell_done(self):
        """On the screen of who started it, wherever that user is by now."""
        self.create_uid._bus_send(
            "simple_notification",
            {
                "type": "success",
                "sticky": True,
                "message": self.env._(
                    "%(file)s: %(done)s of %(all)s rows have been taken over.",
                    file=self.display_name,
                    done=self.done_count,
                    all=self.row_count,
                ),
            },
        )

    def _job_failed(self, exc_name=None, exc_message=None, **failure):
        """Called by queue_job when the job failed for good: show it on the screen."""
        known = exc_name and exc_name.startswith("odoo.exceptions")
        reason = exc_message if known else exc_name
        self.write(
            {
                "state": "checked",
                "problem": self.env._(
                    "The import stopped: %(reason)s What was taken over before stays; "
                    "press the button again for the rest.",
                    reason=reason or "",
                ),
            }
        )

    # Looking ------------------------------------------------------------------------

    def action_open_running(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.running_id.id,
            "views": [(False, "form")],
        }

    def action_refresh(self):
        """Nothing but a reload of the form: the jobs work in the background."""
        return True

    def action_view_employers(self):
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "leerbedrijf_core.employer_action"
        )
        partners = self.row_ids.filtered("is_done").partner_id
        return {**action, "domain": [("id", "in", partners.ids)]}
