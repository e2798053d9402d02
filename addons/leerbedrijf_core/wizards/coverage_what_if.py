from odoo import api, fields, models

from ..calc.coverage import Pledge


class LeerbedrijfCoverageWhatIf(models.TransientModel):
    """What more pledges or a withdrawal would do to the coverage of a cohort.

    Nothing of the cohort, its pledges or its employers changes.
    """

    _name = "leerbedrijf.coverage.what.if"
    _description = "What if"

    cohort_id = fields.Many2one("leerbedrijf.cohort", required=True, readonly=True)
    participants = fields.Integer(
        compute="_compute_participants", store=True, readonly=False
    )
    extra_intentions = fields.Integer(string="More intended places")
    extra_guarantees = fields.Integer(string="More guaranteed places")
    employer_ids = fields.Many2many(
        "res.partner", compute="_compute_employer_ids", string="Employers"
    )
    withdrawn_ids = fields.Many2many(
        "res.partner",
        "leerbedrijf_what_if_withdrawn_rel",
        string="Employers that withdraw",
        domain="[('id', 'in', employer_ids)]",
    )
    coverage_now = fields.Text(string="Now", related="cohort_id.coverage_sentence")
    coverage_sentence = fields.Text(string="Then", compute="_compute_coverage")
    coverage_graph = fields.Char(compute="_compute_coverage")

    @api.depends("cohort_id")
    def _compute_participants(self):
        for what_if in self:
            what_if.participants = what_if.cohort_id._get_participants_expected()

    @api.depends("cohort_id")
    def _compute_employer_ids(self):
        for what_if in self:
            what_if.employer_ids = what_if.cohort_id._get_promises().partner_id

    @api.depends(
        "cohort_id",
        "participants",
        "extra_intentions",
        "extra_guarantees",
        "withdrawn_ids",
    )
    @api.depends_context("lang")
    def _compute_coverage(self):
        for what_if in self:
            cohort = what_if.cohort_id
            pledges, _participants, completion = cohort._get_coverage_input()
            values = cohort._get_coverage_values(
                what_if._change_pledges(pledges),
                max(what_if.participants, 0),
                completion,
            )
            what_if.coverage_sentence = values["coverage_sentence"]
            what_if.coverage_graph = values["coverage_graph"]

    def _change_pledges(self, pledges):
        withdrawn = set(self.withdrawn_ids._origin.ids)
        changed = [pledge for pledge in pledges if pledge.employer not in withdrawn]
        for force, places in (
            ("intention", self.extra_intentions),
            ("guarantee", self.extra_guarantees),
        ):
            rate = self.cohort_id._get_parameter(f"realisation_prior_{force}") / 100
            # Each of an employer that nobody knows yet.
            changed += [Pledge(False, 1, rate) for _place in range(max(places, 0))]
        return changed
