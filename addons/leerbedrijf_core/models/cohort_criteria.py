from odoo import api, fields, models


class LeerbedrijfCohort(models.Model):
    """The criteria of the template, copied when the cohort is made: who changes the
    template later does not change what was asked of people already."""

    _inherit = "leerbedrijf.cohort"

    criterion_ids = fields.One2many(
        "leerbedrijf.cohort.criterion", "cohort_id", string="Criteria"
    )

    @api.model_create_multi
    def create(self, vals_list):
        cohorts = super().create(vals_list)
        cohorts.filtered(lambda cohort: not cohort.criterion_ids)._copy_criteria()
        return cohorts

    def _copy_criteria(self):
        # Superuser: who may make the cohort gets the template's criteria with it, also
        # for another member of the region that will run it.
        self.env["leerbedrijf.cohort.criterion"].sudo().create(
            [
                {"cohort_id": cohort.id, **criterion._prepare_criterion_values()}
                for cohort in self
                for criterion in cohort.template_id.criterion_ids
            ]
        )
