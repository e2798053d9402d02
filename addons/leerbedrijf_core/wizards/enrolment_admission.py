from markupsafe import Markup

from odoo import api, fields, models


class LeerbedrijfEnrolmentAdmission(models.TransientModel):
    """Accept candidates when something has to be decided first: who waits if there are
    not enough seats, and why somebody is admitted who does not meet a criterion."""

    _name = "leerbedrijf.enrolment.admission"
    _description = "Accept candidates"

    enrolment_ids = fields.Many2many(
        "leerbedrijf.enrolment", string="Candidates", required=True
    )
    seats_note = fields.Text(compute="_compute_seats_note")
    has_seats = fields.Boolean(compute="_compute_seats_note")
    advice_html = fields.Html(
        string="What the cohort asks", compute="_compute_advice_html"
    )
    needs_reason = fields.Boolean(compute="_compute_advice_html")
    reason = fields.Text(
        string="Why admit all the same",
        help="Kept with the enrolment; both sides read it. No diagnosis.",
    )

    @api.depends("enrolment_ids")
    def _compute_seats_note(self):
        for admission in self:
            # On a dialog a selection has no ids of its own yet.
            candidates = admission.enrolment_ids._origin
            seated = candidates._get_seated()
            admission.has_seats = bool(seated)
            if seated == candidates:
                admission.seats_note = False
            elif seated:
                admission.seats_note = self.env._(
                    "There is a seat for %(seated)s of these %(all)s candidates: for "
                    "who was proposed first. The others go on the waiting list.",
                    seated=len(seated),
                    all=len(candidates),
                )
            else:
                admission.seats_note = self.env._(
                    "All seats are taken. The coordinator is told when one comes free."
                )

    @api.depends("enrolment_ids")
    def _compute_advice_html(self):
        for admission in self:
            # Who waits is looked at when a seat comes free.
            unsettled = admission.enrolment_ids._origin._get_seated()._get_unsettled()
            admission.needs_reason = "unmet" in unsettled.mapped("criteria_state")
            admission.advice_html = Markup("").join(
                Markup("<strong>%s</strong>%s")
                % (
                    enrolment.display_name,
                    enrolment._render_criteria(("unmet", "unknown")),
                )
                for enrolment in unsettled
            )

    def action_confirm(self):
        """A seat for whom there is one, the waiting list for the others."""
        self.ensure_one()
        candidates = self.enrolment_ids
        seated = candidates._get_seated()
        waiting = (candidates - seated).filtered(lambda e: e.state == "proposed")
        if not seated | waiting:
            candidates._check_seats()
        seated._accept(self.reason)
        waiting._wait()
        return {"type": "ir.actions.act_window_close"}
