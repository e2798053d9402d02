from odoo import fields, models


class LeerbedrijfCriterion(models.Model):
    """What every new cohort of a template asks of its candidates."""

    _name = "leerbedrijf.criterion"
    _description = "Criterion of a template"
    _inherit = ["leerbedrijf.criterion.mixin"]

    _write_once_columns = ("template_id",)

    template_id = fields.Many2one(
        "leerbedrijf.cohort.template", required=True, index=True, ondelete="cascade"
    )
    region_id = fields.Many2one(
        related="template_id.region_id", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(
        related="template_id.company_id", store=True, index=True, precompute=True
    )

    def _prepare_criterion_values(self):
        """What a cohort's criterion takes from this one: a whitelist to extend."""
        self.ensure_one()
        return {
            "sequence": self.sequence,
            "kind": self.kind,
            "skill": self.skill,
            "level": self.level,
            "number": self.number,
            "day_part_ids": self.day_part_ids.ids,
            "digital_skills": self.digital_skills,
        }
