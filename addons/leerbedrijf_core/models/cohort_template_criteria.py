from odoo import fields, models


class LeerbedrijfCohortTemplate(models.Model):
    """What every new cohort of the template asks, and how many people may wait."""

    _inherit = "leerbedrijf.cohort.template"

    criterion_ids = fields.One2many(
        "leerbedrijf.criterion", "template_id", string="Criteria", copy=True
    )
    waiting_capacity = fields.Integer(
        string="Room on the waiting list", help="0: no limit."
    )

    _waiting_capacity_not_negative = models.Constraint(
        "CHECK(waiting_capacity >= 0)", "The room on a waiting list is not negative."
    )
