from odoo import api, fields, models


class LeerbedrijfCohortParty(models.Model):
    """A party of one cohort, with its role and what it does."""

    _name = "leerbedrijf.cohort.party"
    _description = "Party of a cohort"
    _inherit = ["leerbedrijf.party.mixin"]

    _write_once_columns = ("cohort_id",)
    _parent_field = "cohort_id"

    cohort_id = fields.Many2one(
        "leerbedrijf.cohort", required=True, index=True, ondelete="cascade"
    )
    region_id = fields.Many2one(
        related="cohort_id.region_id", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(
        related="cohort_id.company_id", store=True, index=True, precompute=True
    )
    partner_ids = fields.Many2many(relation="leerbedrijf_cohort_party_partner_rel")
    contact_id = fields.Many2one(
        compute="_compute_contact_id", store=True, readonly=False
    )

    def _get_partners_of_source(self):
        if self.source == "employer":
            return self.cohort_id.employer_ids
        return super()._get_partners_of_source()

    @api.depends("role_id", "cohort_id.employer_ids", "cohort_id.training_partner_ids")
    def _compute_partner_ids(self):
        return super()._compute_partner_ids()

    @api.depends("role_id", "cohort_id.coordinator_id")
    def _compute_contact_id(self):
        """The coordinator speaks for the leerwerkbedrijf."""
        for party in self.filtered(lambda party: party.source == "leerbedrijf"):
            party.contact_id = party.cohort_id.coordinator_id.partner_id

    @api.model_create_multi
    def create(self, vals_list):
        parties = super().create(vals_list)
        parties._sync_todos()
        return parties

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"role_id", "contact_id"}:
            self._sync_todos()
        return result

    def unlink(self):
        cohorts = self.cohort_id
        result = super().unlink()
        cohorts.task_ids._sync_todos()
        return result

    def _sync_todos(self):
        """The tasks of a role are to-dos of whom it now is."""
        self.cohort_id.task_ids._sync_todos()

    def _get_user(self):
        """The first of these who is a colleague; empty if they do not work here."""
        users = self.contact_id.user_ids.filtered(
            lambda user: (
                not user.share and self.region_id in user.leerbedrijf_region_ids
            )
        )
        return users[:1]
