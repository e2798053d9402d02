from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.placement import JOB_KINDS


class LeerbedrijfFallbackChoice(models.TransientModel):
    """Ask what a chosen possibility needs: where, from when, how many hours.

    What is filled in is computed as the user: a client can name any possibility.
    """

    _name = "leerbedrijf.fallback.choice"
    _description = "Choose a possibility"

    option_id = fields.Many2one(
        "leerbedrijf.fallback.option", required=True, readonly=True
    )
    kind = fields.Selection(related="option_id.kind", related_sudo=False)
    region_id = fields.Many2one(
        related="option_id.enrolment_id.cohort_id.region_id", related_sudo=False
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Employer",
        compute="_compute_job",
        compute_sudo=False,
        store=True,
        readonly=False,
        domain="[('is_employer', '=', True), ('region_id', '=', region_id)]",
    )
    job_kind = fields.Selection(
        selection=lambda self: self._selection_job_kind(),
        string="Kind of job",
        compute="_compute_job",
        compute_sudo=False,
        store=True,
        readonly=False,
    )
    date_start = fields.Date(
        string="Start", required=True, default=fields.Date.context_today
    )
    hours_per_week = fields.Float(
        string="Hours a week",
        compute="_compute_job",
        compute_sudo=False,
        store=True,
        readonly=False,
    )

    def _selection_job_kind(self):
        kinds = self.env["leerbedrijf.placement"]._fields["kind"]
        return [k for k in kinds._description_selection(self.env) if k[0] in JOB_KINDS]

    @api.depends("option_id")
    def _compute_job(self):
        for choice in self:
            option = choice.option_id
            pledge = option.pledge_id
            choice.partner_id = pledge.partner_id
            choice.job_kind = "bbl"
            choice.hours_per_week = (
                pledge.hours_per_week or option.fallback_id.hours_max
            )

    def action_choose(self):
        self.ensure_one()
        option = self.option_id
        employer = option.pledge_id.partner_id or self.partner_id
        if option.kind == "study":
            option._choose()
        elif not employer:
            raise UserError(self.env._("Choose the employer of the BBL job."))
        else:
            option._choose(
                kind=self.job_kind if option.kind == "place" else "bbl",
                partner_id=employer.id,
                date_start=self.date_start,
                hours_per_week=self.hours_per_week,
            )
        return {"type": "ir.actions.act_window_close"}
